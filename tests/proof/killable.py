"""Web, worker, broker, database and mail server as processes of their own, each of which can be killed and started
again."""

import contextlib
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psycopg

from config import embedded
from config.management.commands.run import web_command, worker_command
from tests.conftest import free_port
from tests.house.source import ROOT

PATIENCE = 60


class Process:
    """One program with everything it starts; killed by -9 all together."""

    def __init__(self, name, command, environment, is_up, folder):
        self.name, self.command, self.environment, self.is_up = name, command, environment, is_up
        self.log, self.child = folder / f"{name.replace(' ', '_')}.log", None

    def start(self):
        """Start it and wait until it answers."""
        with open(self.log, "ab") as log:
            self.child = subprocess.Popen(
                self.command, cwd=ROOT, env=self.environment, start_new_session=True, stdout=log, stderr=log
            )
        wait_until(self.is_up, f"{self.name} does not answer")

    def kill(self):
        """kill -9, the program and whatever it started."""
        os.killpg(self.child.pid, signal.SIGKILL)
        self.child.wait()

    def stop(self):
        """End it; nothing of it is left."""
        if self.child and self.child.poll() is None:
            self.kill()


class Database:
    """A PostgreSQL cluster of its own on a socket, run by the programs of the server that is being proved."""

    name = "database"

    def __init__(self, folder, programs):
        self.folder, self.programs = folder / "cluster", Path(programs)
        self.folder.mkdir(mode=0o700)
        self.sockets = embedded._socket_folder(folder)
        self.url = f"postgresql://postgres@/postgres?host={self.sockets}"
        self.as_user = embedded._as_system_user()
        embedded._lend_to_system_user(folder)
        embedded._lend_to_system_user(self.folder)
        flags = ("--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
        self._run("initdb", "-D", self.folder, "-U", "postgres", *flags)

    def start(self):
        """Start it, through recovery where it was killed."""
        for _ in range(PATIENCE):
            # A killed postmaster's children may still hold its memory for a moment.
            with contextlib.suppress(subprocess.CalledProcessError):
                options = f"-h '' -k {self.sockets}"
                self._run("pg_ctl", "-D", self.folder, "-w", "-l", self.folder / "log", "-o", options, "start")
                return
            time.sleep(1)
        raise AssertionError("the database does not start again")

    def kill(self):
        """kill -9 of the postmaster: its processes end, whatever they were doing."""
        os.kill(int((self.folder / "postmaster.pid").read_text().split("\n", 1)[0]), signal.SIGKILL)

    def kill_one(self):
        """kill -9 of one process that works for somebody; PostgreSQL then ends all others and recovers by itself."""
        with contextlib.suppress(psycopg.Error, ProcessLookupError), psycopg.connect(self.url) as line:
            busy = "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
            found = line.execute(f"{busy} ORDER BY state = 'idle', random() LIMIT 1").fetchone()
            if found:
                os.kill(found[0], signal.SIGKILL)

    def stop(self):
        """Stop it."""
        with contextlib.suppress(subprocess.CalledProcessError, FileNotFoundError):
            self._run("pg_ctl", "-D", self.folder, "-m", "immediate", "-w", "stop")

    def is_up(self):
        """Whether it takes connections."""
        with contextlib.suppress(psycopg.Error), psycopg.connect(self.url) as line:
            return bool(line.execute("SELECT 1").fetchone())
        return False

    def _run(self, program, *arguments):
        subprocess.run(
            [str(self.programs / program), *map(str, arguments)],
            check=True,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **self.as_user,
        )


def programs_of(version):
    """The folder of the programs of this PostgreSQL (major version): Debian's where installed, else the wheel's."""
    debian = Path(f"/usr/lib/postgresql/{version}/bin")
    return debian if debian.exists() else embedded._programs()


def wait_until(condition, otherwise, seconds=PATIENCE):
    """Wait for something to be true."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, otherwise
        time.sleep(0.02)


def answers(port):
    """Whether somebody listens."""

    def ask():
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), 1).close()
            return True
        return False

    return ask


class Installation:
    """Everything that a town runs, on free ports, with its data in one folder."""

    def __init__(self, folder, programs):
        self.database = Database(folder, programs)
        self.arrived = folder / "arrived"
        web, redis, smtp = free_port(), free_port(), free_port()
        self.web_port, self.smtp_port = web, smtp
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.proof.settings",
            "PROOF_DATABASE_URL": self.database.url,
            "PROOF_REDIS_URL": f"redis://127.0.0.1:{redis}/0",
            "PROOF_SMTP_PORT": str(smtp),
        }
        self.environment = environment
        sink = [sys.executable, "-m", "scripts.bench.sink", str(smtp), str(self.arrived)]
        self.sink = Process("mail server", sink, environment, answers(smtp), folder)
        server = [
            shutil.which("redis-server"),
            "--bind",
            "127.0.0.1",
            "--port",
            str(redis),
            "--save",
            "",
            "--dir",
            folder,
        ]
        self.broker = Process("broker", list(map(str, server)), environment, answers(redis), folder)
        self.web = Process("web", _python(web_command("127.0.0.1", web)), environment, self._serves, folder)
        self.worker = Process("worker", _python(worker_command()), environment, lambda: True, folder)

    def _serves(self):
        line = http.client.HTTPConnection("127.0.0.1", self.web_port, timeout=5)
        with contextlib.suppress(OSError, http.client.HTTPException):
            line.request("GET", "/account/login/", headers={"Host": "localhost"})
            return line.getresponse().status == 200
        return False

    def manage(self, *arguments):
        """Run a management command on this installation's database."""
        subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=self.environment, check=True)

    def start(self):
        """Start all of it on an empty database with all tables."""
        self.database.start()
        self.manage("migrate", "--verbosity", "0")
        self.manage("createcachetable")
        for process in (self.sink, self.broker, self.web, self.worker):
            process.start()

    def stop(self):
        """End all of it."""
        for process in (self.worker, self.web, self.broker, self.sink):
            process.stop()
        self.database.stop()


def _python(command):
    return [sys.executable, "-m", *command]
