"""From a backup to a database that may be opened: everything that must be done again stands here, in its order.

It goes into a database that is empty, never over one that isn't, so nothing can be lost by it. Until the last step is
done nobody should be let in; the sentence at the end says so.
"""

import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone
from django.utils.crypto import get_random_string

from config.backups import programs
from config.backups.archive import Reader
from config.backups.making import DUMP, HEADS, LEDGER, NOT_KEPT, Failed, count_rows, fingerprints
from coordination.outbox.commands import doubt_after_restore
from coordination.support.commands.replaying import untick_all
from coordination.use_log import heads
from coordination.use_log.verification import Verification

REPORTED = 5


def check(path: Path, *, key: bytes | None, say) -> None:
    """Prove that this backup can be restored: into a database of its own, counted, seals verified, dropped again.

    Raises Failed, archive.Unreadable, programs.Missing.
    """
    reader = _opened(path, key, say)
    scratch = f"{connection.settings_dict['NAME']}_check_{get_random_string(6, 'abcdefghijkmnpqrstuvwxyz')}"
    _create(scratch)
    try:
        with pointed_at(scratch):
            _fill(reader, say)
            _compare(reader, say)
            _migrate()
            with tempfile.TemporaryDirectory() as folder, _heads_file(Path(folder) / HEADS, reader):
                _verify_use_log(say)
    finally:
        _on_the_server(f"DROP DATABASE {connection.ops.quote_name(scratch)}")


def restore(path: Path, *, key: bytes | None, into: str | None, say) -> None:
    """Restore into the configured database, or the one named `into` on its server; it is made if there is none.

    Raises Failed where it isn't empty or something doesn't agree, archive.Unreadable, programs.Missing. Lines of the
    ledger that can't be done keep no other step from being done; it ends with Failed then, too.
    """
    reader = _opened(path, key, say)
    name = into or connection.settings_dict["NAME"]
    if not _exists(name):
        _create(name)
    with pointed_at(name):
        _check_empty(name)
        _fill(reader, say)
        _compare(reader, say)
        _migrate()
        with tempfile.TemporaryDirectory() as folder, _heads_file(Path(folder) / HEADS, reader):
            _verify_use_log(say)
        _bring_up_to_date(say)
        problem = _replay(reader, say)
        say(f"{untick_all():,} own pages list nothing until the young person ticks it anew")
        say(f"{doubt_after_restore():,} mails that may have left since wait for a person (administration, mails)")
        call_command("rebuild_access", verbosity=0)
        say("Rights follow the grounds")
        _go_on_with_heads(reader, say)
        _verify_use_log(say)
    if problem:
        raise Failed(
            f"Every other step of the restore is done, but nobody may be let in: {problem} "
            "See docs/operations.md, Restore."
        )


@contextmanager
def pointed_at(name: str):
    """Let the default connection lead to another database of the same server for a while."""
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


def _opened(path, key, say):
    reader = Reader(path, key)
    reader.check(lambda name: say(f"{name} is whole"))
    _check_keys(reader.manifest["keys"])
    _check_versions(reader.manifest)
    return reader


def _check_keys(needed):
    here = fingerprints()
    if missing := [one.partition(":")[0] for one in needed["fields"] if one not in here["fields"]]:
        raise Failed(f"ENCRYPTION_KEYS lacks what the backup was made with: version {', '.join(missing)}.")
    if here["indexes"][: len(needed["indexes"])] != needed["indexes"]:
        raise Failed("BLIND_INDEX_KEY is not what the backup was made with: nobody would be found.")


def _check_versions(manifest):
    made_by = manifest["server"] // 10_000
    if programs.server_major() < made_by:
        raise Failed(f"The backup comes from PostgreSQL {made_by}; this server is {programs.server_major()}.")
    known = {tuple(migration) for migration in MigrationLoader(None).disk_migrations}
    if unknown := [f"{app} {name}" for app, name in manifest["migrations"] if (app, name) not in known]:
        raise Failed(f"The backup was made by a newer release of Rinnalla: {', '.join(unknown[:REPORTED])}.")


def _on_the_server(sql):
    """One statement outside any database of ours: making and dropping databases."""
    with pointed_at("postgres"), connection.cursor() as cursor:
        cursor.execute(sql)


def _exists(name):
    with pointed_at("postgres"), connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return cursor.fetchone() is not None


def _create(name):
    try:
        _on_the_server(f"CREATE DATABASE {connection.ops.quote_name(name)}")
    except DatabaseError:
        owner = connection.settings_dict["USER"]
        raise Failed(
            f"The role {owner} may not make the database {name}. As PostgreSQL's administrator: "
            f"createdb --owner {owner} {name}"
        ) from None


def _check_empty(name):
    if connection.introspection.table_names():
        raise Failed(
            f"The database {name} is not empty, and nothing is restored over anything. Name another one with --into, "
            "or drop it first and make it anew."
        )


def _fill(reader, say):
    dumped_by = max(reader.manifest["dumped_by"], programs.server_major())
    program = programs.find("pg_restore", at_least=dumped_by)
    size, done, told = reader.manifest["parts"][DUMP]["bytes"], 0, 0
    command = [
        program,
        "--no-owner",
        "--no-privileges",
        "--exit-on-error",
        "--dbname",
        connection.settings_dict["NAME"],
    ]
    environment = programs.environment()
    connection.close()
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=errors, env=environment, cwd="/")
        try:
            for piece in reader.pieces(DUMP):
                process.stdin.write(piece)
                done += len(piece)
                if done * 10 // size > told:
                    told = done * 10 // size
                    say(f"Database: {told * 10} % read")
            process.stdin.close()
        except BrokenPipeError:
            pass  # it says why on its standard error
        except BaseException:
            # It would wait for the rest, connected, and the database could not be dropped.
            process.kill()
            process.wait()
            raise
        if process.wait():
            errors.seek(0)
            raise Failed(f"pg_restore failed: {errors.read().decode(errors='replace').strip()}")


def _compare(reader, say):
    expected, found = reader.manifest["tables"], count_rows()
    wrong = [
        f"{name} {found.get(name)} instead of {expected.get(name)}"
        for name in sorted(expected.keys() | found.keys())
        if expected.get(name) != found.get(name)
    ]
    if wrong:
        raise Failed(f"Rows differ from the backup's count: {'; '.join(wrong[:REPORTED])}.")
    say(f"{sum(found.values()):,} rows in {len(found)} tables, as the backup counted them")


@contextmanager
def _heads_file(path, reader):
    """Let the use log be verified against the heads as they were at the backup."""
    before = settings.USE_LOG_HEADS_FILE
    if HEADS in reader.names():
        path.write_bytes(b"".join(reader.pieces(HEADS)))
    settings.USE_LOG_HEADS_FILE = path
    try:
        yield
    finally:
        settings.USE_LOG_HEADS_FILE = before


def _verify_use_log(say):
    verification = Verification()
    if findings := list(verification.findings()):
        raise Failed(f"The use log is not in order: {'; '.join(findings[:REPORTED])}.")
    say(f"Use log in order: {verification.looks:,} rows in {verification.seals:,} seals")


def _migrate():
    """A backup of an earlier release: its tables become those of this one."""
    call_command("migrate", verbosity=0, interactive=False)


def _bring_up_to_date(say):
    call_command("createcachetable", verbosity=0)
    with connection.cursor() as cursor:
        # Left out of a backup; emptied all the same, should a dump have come another way.
        for name in set(NOT_KEPT) & set(connection.introspection.table_names()):
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(name)}")
        cursor.execute("ANALYZE")
    call_command("load_reference_data", verbosity=0)
    say("Tables and reference data are of this release; nobody is signed in")


def _replay(reader, say):
    """The ledger in its own place knows what went since the backup; the backup's copy only what went before. Gives back
    a sentence where not all of it could be done."""
    ledger = Path(settings.ERASURE_LEDGER_FILE)
    if not ledger.exists():
        if LEDGER not in reader.names():
            say("No ledger of erasures, here or in the backup: nothing had been erased, or it is lost")
            return None
        ledger.parent.mkdir(parents=True, exist_ok=True)
        ledger.write_bytes(b"".join(reader.pieces(LEDGER)))
        say(f"CAREFUL: no ledger at {ledger}; the backup's own copy knows nothing of what was erased since")
    try:
        call_command("replay_erasures", verbosity=0)
    except CommandError as problem:
        say(f"CAREFUL: {problem}")
        return str(problem)
    say("Erased and revoked again what the ledger knows")
    return None


def _go_on_with_heads(reader, say):
    if not heads.path().exists() and HEADS in reader.names():
        heads.path().parent.mkdir(parents=True, exist_ok=True)
        heads.path().write_bytes(b"".join(reader.pieces(HEADS)))
    if kept := heads.begin_after_restore(at=timezone.now()):
        say(f"The heads file knew more than the backup: it is kept as {kept.name}, and a new one says so")
