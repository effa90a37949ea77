"""The house of the tests: a database from nothing, and the real things around it (browser, Redis, mail server).

What an outside program is needed for and missing is skipped by name; with CI=true a skipped test fails the run.
"""

import contextlib
import fcntl
import gc
import logging
import os
import shutil
import socket
import subprocess
import time

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import translation

pytest_plugins = ["tests.browser"]

# --- Embedded PostgreSQL, once for all parallel processes -----------------------------------------------------------


def _starts_the_database(config) -> bool:
    return settings.EMBEDDED and not hasattr(config, "workerinput") and not config.option.collectonly


def pytest_configure(config):
    if hasattr(config, "workerinput"):
        return
    call_command("compile_catalogues", verbosity=0)
    if _starts_the_database(config):
        from config import embedded

        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        lock = open(settings.DATA_DIR / "tests.lock", "w")  # noqa: SIM115  held until the end of the run
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print(f"Tests already run in {settings.DATA_DIR}; waiting for them. DATA_DIR=… gives a run its own folder.")
            fcntl.flock(lock, fcntl.LOCK_EX)
        config.tests_lock = lock
        # What the proof measures must wait for the disk, as in real use.
        embedded.start(settings.DATA_DIR / "pg", durable="PROOF" in os.environ)


def pytest_collection_finish():
    """What is loaded by now stays: the collector of garbage needn't walk through all of it again and again."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure(config):
    if getattr(config, "tests_lock", None):
        from config import embedded

        embedded.stop(settings.DATA_DIR / "pg")
        config.tests_lock.close()


# --- A skipped test is said by name ---------------------------------------------------------------------------------


def _skips(reporter) -> list[str]:
    return [
        f"{r.nodeid}: {r.longrepr[2] if isinstance(r.longrepr, tuple) else r.longrepr}"
        for r in reporter.getreports("skipped")
    ]


def pytest_terminal_summary(terminalreporter):
    for line in _skips(terminalreporter):
        terminalreporter.write_line(f"skipped: {line}")


def pytest_sessionfinish(session):
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") == "true" and reporter and _skips(reporter) and session.exitstatus == 0:
        reporter.write_line("With CI=true nothing may be skipped.")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(autouse=True)
def begin_in_the_codes_language(settings):
    """A request leaves its language behind in the thread; the next test begins with the sentences of the code."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def begin_on_the_clock_of_today():
    """Birth dates are of the clock of this test, not of one that an earlier test moved or of when tests were found."""
    from tests.cast import day_of_birthdays

    day_of_birthdays.cache_clear()


@pytest.fixture(scope="session", autouse=True)
def without_log_lines():
    """Tests ask for thousands of pages that are not there; a fifth of their time would go into lines of the log."""
    logging.getLogger("django.request").setLevel(logging.CRITICAL)


# --- Database -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session", autouse=True)
def flush_past_own_triggers():
    """Append-only tables refuse TRUNCATE, with which Django empties tables after a transactional test."""
    from django.db.backends.postgresql.operations import DatabaseOperations

    flush = DatabaseOperations.execute_sql_flush

    def execute_sql_flush(self, sql_list):
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal")
            tables = [table for (table,) in cursor.fetchall()]
        off = [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in tables]
        on = [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in tables]
        flush(self, [*off, *sql_list, *on])

    DatabaseOperations.execute_sql_flush = execute_sql_flush
    yield
    DatabaseOperations.execute_sql_flush = flush


# --- Real servers ---------------------------------------------------------------------------------------------------


def free_port() -> int:
    with socket.socket() as test:
        test.bind(("127.0.0.1", 0))
        return test.getsockname()[1]


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory):
    """A Redis of this run's own, empty at start."""
    program = shutil.which("redis-server")
    if not program:
        pytest.skip("redis-server is not installed (apt-get install redis-server)")
    import redis

    port = free_port()
    folder = tmp_path_factory.mktemp("redis")
    command = [program, "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--dir", str(folder)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    client = redis.Redis(port=port)
    for _ in range(100):
        with contextlib.suppress(redis.ConnectionError):
            if client.ping():
                break
        time.sleep(0.05)
    yield f"redis://127.0.0.1:{port}/0"
    client.close()
    server.terminate()
    server.wait(10)


class Sink:
    """What arrived, as (sender, receivers, bytes of the message), in order."""

    def __init__(self):
        self.arrived = []

    async def handle_DATA(self, server, session, envelope):
        self.arrived.append((envelope.mail_from, tuple(envelope.rcpt_tos), envelope.content))
        return "250 OK"


@pytest.fixture
def smtp_sink(settings):
    """A real mail server that keeps everything, and Django's settings pointed at it."""
    from aiosmtpd.controller import Controller

    sink = Sink()
    controller = Controller(sink, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = controller.hostname, controller.port
    yield sink
    controller.stop()
