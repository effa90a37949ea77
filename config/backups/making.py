"""A backup: the database as it was in one moment, with what is kept outside it, and how to tell that it is whole."""

import hashlib
import subprocess
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from config.backups import programs
from config.backups.archive import PIECE, Writer
from coordination.use_log import heads
from coordination.use_log.models import Seal

DUMP, HEADS, LEDGER = "database.dump", "use_log_heads.txt", "erasures.jsonl"
# Sessions and what was typed under a lock end with the installation that is lost; the cache fills itself again.
NOT_KEPT = ("django_session", "cache", "coordination_draft", "usersessions_usersession")


class Failed(Exception):
    """A backup or a restore can't go on. The text is a sentence for the person at the keyboard."""


def make(path: Path, *, key: bytes | None, say=lambda words: None) -> dict:
    """Write a backup to `path` and give back its manifest. Raises Failed, programs.Missing."""
    dump_program = programs.find("pg_dump", at_least=programs.server_major())
    with Writer(path, key) as archive:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
                cursor.execute("SELECT pg_export_snapshot()")
                [snapshot] = cursor.fetchone()
            outside = {HEADS: _heads_up_to_now(), LEDGER: _bytes_of(settings.ERASURE_LEDGER_FILE)}
            tables = count_rows()
            say(f"{sum(tables.values()):,} rows in {len(tables)} tables")
            size = archive.add(DUMP, _dump(dump_program, snapshot))
            say(f"Database written: {size / 1e6:,.1f} MB")
            manifest = {
                "made_at": timezone.now().isoformat(),
                "public_url": settings.PUBLIC_URL,
                "server": connection.pg_version,
                "dumped_by": programs.major(dump_program),
                "tables": tables,
                "migrations": sorted(map(list, MigrationRecorder(connection).applied_migrations())),
                "seal": _last_seal(),
                "keys": fingerprints(),
            }
        for name, content in outside.items():
            if content is not None:
                archive.add(name, [content])
        archive.finish(manifest)
    return manifest


def count_rows() -> dict[str, int]:
    """Rows of every table that a backup keeps, by name."""
    names = [name for name in connection.introspection.table_names() if name not in NOT_KEPT]
    counted = {}
    with connection.cursor() as cursor:
        for name in sorted(names):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(name)}")
            [counted[name]] = cursor.fetchone()
    return counted


def fingerprints() -> dict[str, list[str]]:
    """By which a restore knows whether it has the keys, without the keys: each has 256 bits, so no guess leads back."""

    def of(key):
        return hashlib.sha256(b"rinnalla key" + key).hexdigest()[:16]

    index_keys = [*settings.BLIND_INDEX_KEYS, *filter(None, [settings.BLIND_INDEX_KEY_NEXT])]
    return {
        "fields": [f"{version}:{of(key)}" for version, key in sorted(settings.ENCRYPTION_KEYS.items())],
        "indexes": [of(key) for key in index_keys],
    }


def _dump(program, snapshot):
    left_out = [f"--exclude-table-data=public.{name}" for name in NOT_KEPT]
    how = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
    with tempfile.TemporaryFile() as errors:
        # Written nowhere but into the archive.
        process = subprocess.Popen(
            [program, *how, *left_out], stdout=subprocess.PIPE, stderr=errors, env=programs.environment(), cwd="/"
        )
        try:
            while piece := process.stdout.read(PIECE):
                yield piece
        finally:
            process.stdout.close()
            status = process.wait()
        if status:
            errors.seek(0)
            raise Failed(f"pg_dump failed: {errors.read().decode(errors='replace').strip()}")


def _last_seal():
    seal = Seal.objects.defer("rows").order_by("-number").first()
    return {"number": seal.number, "head": seal.head} if seal else None


def _heads_up_to_now():
    """The lines of seals that the dump has; the file may have got more while this was being read."""
    content, seal = _bytes_of(heads.path()), _last_seal()
    if content is None:
        return None
    kept = []
    for line in content.decode("ascii", "replace").splitlines(keepends=True):
        head = heads.parse(line.removesuffix("\n"))
        if head and head.number > (seal["number"] if seal else 0):
            break
        kept.append(line)
    return "".join(kept).encode()


def _bytes_of(path):
    try:
        return Path(path).read_bytes()
    except FileNotFoundError:
        return None
