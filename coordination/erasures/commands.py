"""Writing down what must not come back from a backup, and counting what goes."""

import json
import logging
import os
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from coordination.erasures import queries
from coordination.erasures.models import LedgerLine, Tally
from coordination.interface.lasting import append
from coordination.interface.wake import wake

log = logging.getLogger(__name__)

# A transaction's advisory lock: this number means writing the ledger, and nothing else in this database uses it.
WRITING_LOCK = 7_411_002
LINES_AT_ONCE = 1000

_replaying = ContextVar("replaying", default=False)


def note(what, **ids):
    """Let the ledger know, in the transaction of the deed, that something was erased or revoked.

    `what` is a code of `config.replaying`; `ids` are random ids (UUIDs) and codes, never a name. A worker writes the
    line outside after the commit.
    """
    if _replaying.get():
        return
    LedgerLine.objects.create(what=what, ids={name: str(value) for name, value in ids.items() if value is not None})
    wake("coordination.write_ledger")


@contextmanager
def replaying():
    """Let nothing that is done inside be noted: the ledger says it already, and told once more with the moment of its
    replaying it would undo what is given between now and the next restore."""
    before = _replaying.set(True)
    try:
        yield
    finally:
        _replaying.reset(before)


def write_ledger():
    """Append every line that waits to the file outside, and let it go here; says how many were written.

    A line is deleted in the transaction that follows its writing, so a crash between the two writes it twice, which
    replaying doesn't mind, and never loses it. Where the file can't be written the lines wait, and the log says so.
    Must not run in a transaction.
    """
    written = 0
    while batch := _write_batch():
        written += batch
    return written


@transaction.atomic(durable=True)
def _write_batch():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [WRITING_LOCK])
        if not cursor.fetchone()[0]:
            return 0
    lines = list(LedgerLine.objects.order_by("pk")[:LINES_AT_ONCE])
    if not lines:
        return 0
    try:
        _append("".join(f"{_text(line)}\n" for line in lines))
    except OSError as error:
        log.error("The ledger of erasures could not be written: %s.", type(error).__name__)
        return 0
    LedgerLine.objects.filter(pk__in=[line.pk for line in lines]).delete()
    return len(lines)


def _text(line):
    return json.dumps({"at": line.at.astimezone(UTC).isoformat(), "what": line.what, **line.ids})


def _append(text):
    path = queries.path()
    append(path, f"\n{text}" if _is_torn(path) else text)


def _is_torn(path):
    """Whether the file ends within a line, as a power cut leaves it."""
    if not path.exists() or not path.stat().st_size:
        return False
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) != b"\n"


def count(kind, *, area, at, origin="", contacted="", outcome=""):
    """Add one to the anonymous count of what was erased. Called last in its transaction: the row is others' too."""
    month = timezone.localtime(at).date().replace(day=1)
    row, _is_new = Tally.objects.get_or_create(
        area=area, month=month, kind=kind, origin=origin, contacted=contacted, outcome=outcome
    )
    Tally.objects.filter(pk=row.pk).update(count=F("count") + 1)
