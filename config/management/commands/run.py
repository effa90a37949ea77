"""The whole product by one command: database, web server, worker and timetable, started and stopped together."""

import contextlib
import ctypes
import http.client
import os
import signal
import socket
import subprocess
import sys
import time

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, CommandError, call_command
from django.db import connections

from config import broker, embedded, static_files
from config.run_lock import AlreadyRuns, RunLock

STOP_SECONDS = 10
ANSWER_SECONDS = 30
WORKER_PAUSE_SECONDS = 2
PR_SET_PDEATHSIG = 1


class Command(BaseCommand):
    help = "Runs Rinnalla until Ctrl-C. Without DATABASE_URL: the demo, with its own database under DATA_DIR."
    # Checks ask the database, which is not up yet.
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=settings.PORT)

    def handle(self, *, host, port, **options):
        self.began, self.stopping, self.children = time.monotonic(), [], {}
        self.lock = RunLock(settings.DATA_DIR / "run.lock")
        try:
            self.lock.take()
        except AlreadyRuns as other:
            raise CommandError(
                f"Rinnalla already runs from {settings.DATA_DIR} (process {other}). Stop it first, or set DATA_DIR."
            ) from None
        self.check_port(host, port)
        for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(sign, lambda number, frame: self.stopping.append(number))
        try:
            if self.prepare():
                self.serve(host, port)
        except embedded.CannotStart as sentence:
            raise CommandError(str(sentence)) from None
        finally:
            self.stop_children()
            connections.close_all()
            if settings.DEMO_MODE:
                with contextlib.suppress(embedded.CannotStart):
                    embedded.stop(settings.DATA_DIR / "pg")
            self.say("Stopped. Your data is kept.")

    def say(self, words: str) -> None:
        self.stdout.write(f"{time.monotonic() - self.began:5.1f} s  {words}")
        self.stdout.flush()

    def check_port(self, host: str, port: int) -> None:
        with socket.socket() as test:
            test.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                test.bind((host, port))
            except OSError:
                raise CommandError(
                    f"Port {port} is taken. Choose another one, for example: PORT={port + 1} make run"
                ) from None

    def prepare(self) -> bool:
        """Everything that must stand before the first page. False when asked to stop meanwhile."""
        steps = [
            ("Tables are up to date", self.migrate),
            ("Texts and static files are ready", self.compile),
            ("Reference data is loaded", lambda: call_command("load_reference_data", verbosity=0)),
            ("Everything is in order", self.check_all),
        ]
        if settings.DEMO_MODE:
            start = ("Database runs", lambda: embedded.start(settings.DATA_DIR / "pg"))
            steps = [start, *steps, ("Demo data is there", self.load_demo)]
        for done, step in steps:
            if self.stopping:
                return False
            step()
            self.say(done)
        connections.close_all()
        return not self.stopping

    def migrate(self) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)

    def check_all(self) -> None:
        """Ends the start with a sentence for each thing that keeps a house from opening; the demo asks for less."""
        deploy = not settings.DEMO_MODE
        call_command("check", deploy=deploy, databases=["default"], fail_level="ERROR", verbosity=0)

    def compile(self) -> None:
        call_command("compile_catalogues", verbosity=0)
        static_files.collect()

    def load_demo(self) -> None:
        """Once: whoever tries the demo finds their own changes again."""
        if not get_user_model().objects.exists():
            self.say("Making demo data, once …")
            if not settings.REDIS_URL:
                # Its hints need a folder to go to; serve() throws them away.
                broker.empty(settings.BROKER_DIR)
            # A process of its own: on the very first start this one read its catalogues before they were compiled, and
            # would write the demo's mails in English.
            subprocess.run(
                [sys.executable, "-m", "django", "load_demo", "--verbosity", "0"], cwd=settings.ROOT, check=True
            )

    def serve(self, host: str, port: int) -> None:
        if not settings.REDIS_URL:
            broker.empty(settings.BROKER_DIR)
        self.start_child("web", *web_command(host, port))
        self.start_child("worker", *worker_command())
        if self.wait_for_answer(host, port):
            self.tell_address(port)
        while not self.stopping:
            self.look_after_children()
            time.sleep(0.2)

    def start_child(self, name: str, *command: str) -> None:
        # Own sessions: Ctrl-C reaches the supervisor alone, which then stops its children in order.
        self.children[name] = subprocess.Popen(
            [sys.executable, "-m", *command],
            start_new_session=True,
            preexec_fn=_die_with_parent,
            cwd=settings.ROOT,
            **self.lock.for_children(),
        )
        self.lock.write([child.pid for child in self.children.values()])

    def look_after_children(self) -> None:
        if (status := self.children["web"].poll()) is not None:
            raise CommandError(f"The web server ended by itself (status {status}).")
        if (status := self.children["worker"].poll()) is not None:
            # Pages work without it, and rows wait for it: start it again instead of stopping everything.
            self.say(f"The worker ended (status {status}) and is started again.")
            time.sleep(WORKER_PAUSE_SECONDS)
            self.start_child("worker", *worker_command())

    def wait_for_answer(self, host: str, port: int) -> bool:
        deadline = time.monotonic() + ANSWER_SECONDS
        while time.monotonic() < deadline and not self.stopping:
            self.look_after_children()
            connection = http.client.HTTPConnection(host, port, timeout=5)
            try:
                connection.request("GET", "/", headers={"Host": settings.ALLOWED_HOSTS[0]})
                connection.getresponse()
                return True
            except (OSError, http.client.HTTPException):
                time.sleep(0.1)
            finally:
                connection.close()
        return False

    def tell_address(self, port: int) -> None:
        if not settings.DEMO_MODE:
            self.say(f"Rinnalla answers at {settings.PUBLIC_URL}. Ctrl-C stops it.")
            return
        self.say(f"Rinnalla is at http://localhost:{port} (Ctrl-C stops it; your data is kept).")
        accounts = settings.DEMO_ACCOUNTS
        self.stdout.write(f"\nSign in with any of these, password {accounts[0]['password']}\n")
        width = max(len(account["email"]) for account in accounts)
        for account in accounts:
            self.stdout.write(f"  {account['email']:{width}}  {account['role']}, {account['agency']}")
        self.stdout.write("\n")
        self.stdout.flush()

    def stop_children(self) -> None:
        for child in self.children.values():
            if child.poll() is None:
                child.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for child in self.children.values():
            try:
                child.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()


def web_command(host: str, port: int) -> tuple[str, ...]:
    where = ("--interface", "wsgi", "--host", host, "--port", str(port), "--no-ws")
    # More blocking threads than this draw a warning: Python runs one at a time anyway.
    return (
        "granian",
        *where,
        "--workers",
        "1",
        "--blocking-threads",
        "3",
        "--log-level",
        "warning",
        "config.wsgi:application",
    )


def worker_command() -> tuple[str, ...]:
    quiet = ("--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "warning")
    return ("celery", "--quiet", "-A", "config", "worker", "-B", "--pool", "threads", "--concurrency", "2", *quiet)


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
