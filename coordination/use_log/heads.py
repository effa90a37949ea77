"""The file outside the database: one line for each seal, in order, written once and never changed.

A line is ``number, time (UTC), rows, last id, head``, separated by tabs, followed by ``late`` when a later seal had to
write it (the process died between the commit and the file, or the file was begun anew). The file is worth as much as
the place it is kept in: whoever may change both it and the database can hide what they did. Only the holder of
`sealing_lock` writes here.

After a restore a line begins with ``restored``: since when, the last seal that is lost, and the file in which the lost
lines are kept. Numbers go on from the last seal that the restored database has.
"""

import logging
import re
from contextlib import contextmanager
from datetime import UTC
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core.mail import send_mail
from django.db import connection

from coordination.interface import lasting
from coordination.use_log.models import Seal

log = logging.getLogger(__name__)

LATE = "late"
LINE = re.compile(r"([1-9][0-9]*)\t[^\t]+\t[0-9]+\t-?[0-9]+\t([0-9a-f]{64})(\tlate)?", re.ASCII)
RESTORED = re.compile(r"restored\t([^\t]+)\t([0-9]+)\t([^\t]+)", re.ASCII)
# Longer than any line, so that the end of the file holds at least one whole line.
TAIL_BYTES = 1024
# Lines written at once, where many are missing.
LINES_AT_ONCE = 1000
# A session's advisory lock: this number means sealing the use log, and nothing else in this database uses it.
SEALING_LOCK = 7_411_001


@contextmanager
def sealing_lock(*, wait):
    """Hold the lock of the one sealer; gives whether it was got. With `wait` it always is, after a while.

    A session's lock and not a transaction's: it spans the commit of a seal and the line written outside after it, and
    PostgreSQL lets go of it when the process dies.
    """
    with connection.cursor() as cursor:
        if wait:
            cursor.execute("SELECT pg_advisory_lock(%s)", [SEALING_LOCK])
            got = True
        else:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [SEALING_LOCK])
            [got] = cursor.fetchone()
    try:
        yield got
    finally:
        if got:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [SEALING_LOCK])


class Head(NamedTuple):
    """One line of the file."""

    number: int
    head: str
    late: bool


class Restored(NamedTuple):
    """The line of a restore: when, the last seal that is lost, and where the lines of the lost ones are."""

    at: str
    lost: int
    kept_in: str


def path():
    return Path(settings.USE_LOG_HEADS_FILE)


def line_of(seal):
    """What the file says of `seal`, without the end of the line."""
    at = seal.at.astimezone(UTC).isoformat(timespec="seconds")
    return f"{seal.number}\t{at}\t{seal.count}\t{seal.last_id}\t{seal.head}"


def parse(line):
    """The Head (or Restored) that `line` tells of; None when it can't be read."""
    if note := RESTORED.fullmatch(line):
        return Restored(note[1], int(note[2]), note[3])
    found = LINE.fullmatch(line)
    return Head(int(found[1]), found[2], bool(found[3])) if found else None


def size():
    """Bytes in the file; None when there is no file."""
    try:
        return path().stat().st_size
    except FileNotFoundError:
        return None


def read(up_to):
    """(line number, Head or None) for each line in the first `up_to` bytes, in constant memory."""
    with path().open("rb") as file:
        number = 0
        while up_to > 0 and (raw := file.readline(up_to)):
            up_to -= len(raw)
            number += 1
            yield number, parse(raw.decode("ascii", "replace").removesuffix("\n"))


def _end():
    """The last readable Head (or None), and whatever follows the last whole line."""
    length = size()
    if not length:
        return None, ""
    with path().open("rb") as file:
        begin = max(0, length - TAIL_BYTES)
        file.seek(begin)
        *whole, torn = file.read().decode("ascii", "replace").split("\n")
    if begin:
        # Most likely half a line.
        whole = whole[1:]
    return next((found for found in map(parse, reversed(whole)) if isinstance(found, Head)), None), torn


def append(*, on_time):
    """Write the line of every seal that the file lacks; those numbered below `on_time` are marked late.

    When the file knows another history than the database (it was rolled back or rewritten) nothing is written: the
    file stays as the evidence it is, and each call says so in the log until a person has looked.
    """
    last, torn = _end()
    if last and not Seal.objects.filter(number=last.number, head=last.head).exists():
        log.error("The use log differs from its heads file, which is left as it is. Run verify_use_log.")
        return
    missing = Seal.objects.defer("rows").filter(number__gt=last.number if last else 0).order_by("number")
    lines = []
    for seal in missing.iterator():
        line = line_of(seal)
        if seal.number < on_time:
            line += f"\t{LATE}"
        if torn:
            # A line torn by a power cut is completed when it is this one; anything else stays, as a line of its own.
            line = line.removeprefix(torn) if line.startswith(torn) else f"\n{line}"
            torn = ""
        lines.append(f"{line}\n")
        if len(lines) == LINES_AT_ONCE:
            lasting.append(path(), "".join(lines))
            lines = []
    if lines:
        lasting.append(path(), "".join(lines))


def begin_after_restore(*, at):
    """The database was restored: let the file go on from its last seal, with a line that says what is lost.

    The file as it was is kept beside it, and its path given back; None when it knows nothing that the database lacks.
    `at` is the moment of the restore (aware).
    """
    last_seal = Seal.objects.defer("rows").order_by("-number").values_list("number", flat=True).first() or 0
    end, _torn = _end()
    if end is None or end.number <= last_seal:
        return None
    stamp = at.astimezone(UTC)
    kept = path().with_name(f"{path().name}.before-restore-{stamp:%Y%m%dT%H%M%SZ}")
    path().rename(kept)
    with kept.open(encoding="ascii", errors="replace") as old:
        known = [
            line for line in old if not isinstance(head := parse(line.rstrip("\n")), Head) or head.number <= last_seal
        ]
    note = f"restored\t{stamp.isoformat(timespec='seconds')}\t{end.number}\t{kept.name}\n"
    lasting.append(path(), "".join(known) + note)
    return kept


def send(seal):
    """Mail the head of `seal` to `settings.USE_LOG_HEADS_MAIL` (one address or several), when set.

    A head says nothing of anybody. Never raises: a mail that fails is told in the log, and the next one covers it,
    because each head stands for all before it.
    """
    to = getattr(settings, "USE_LOG_HEADS_MAIL", None)
    if not to:
        return
    try:
        send_mail(f"Use log, seal {seal.number}", f"{line_of(seal)}\n", None, [to] if isinstance(to, str) else list(to))
    except Exception:
        log.warning("The head of use-log seal %s could not be mailed.", seal.number, exc_info=True)
