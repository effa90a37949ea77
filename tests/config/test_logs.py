"""Logs are JSON and name nobody: not what was typed, not where it was sent, not what an exception holds."""

import io
import json
import logging
import logging.config
import subprocess
import sys
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import path

from config import urls as portal
from config.management.commands.run import web_command, worker_command
from tests.cast import Cast, sign_in

NAME, CODE, MAIL = "Väinö Tuulikkinen", "131052-918X", "tuulikki@example.test"
SECRETS = (*NAME.split(), CODE, MAIL, "salainen-avain")


def broken(request, **kwargs):
    """A view that fails with names everywhere: in its locals, its message, its cause."""
    who = {"name": NAME, "hetu": CODE}
    try:
        raise KeyError(f"{NAME} {CODE}")
    except KeyError as cause:
        logging.getLogger("flags").warning("about to fail")
        raise ValueError(f"no such person: {who} {request.POST}") from cause


urlpatterns = [path("broken/<str:name>/", broken), *portal.urlpatterns]
handler500 = portal.handler500


@pytest.fixture
def written(settings):
    """Everything that a process configured as ours writes."""
    settings.ROOT_URLCONF = __name__
    out = io.StringIO()
    logging.config.dictConfig(settings.LOGGING)
    handler = logging.getLogger().handlers[-1]
    before = handler.setStream(out)
    root_level = logging.getLogger().level
    logging.getLogger().setLevel(logging.DEBUG)
    yield out
    logging.getLogger().setLevel(root_level)
    handler.setStream(before)


def spellings(secret):
    """As it is, as Django escapes what isn't ASCII, and as it stands in an address."""
    return {secret, secret.encode("unicode_escape").decode(), quote(secret)}


def assert_plain(text):
    lines = [json.loads(line) for line in text.splitlines()]
    # Read as a human would: JSON has escapes of its own.
    said = "\n".join(str(value) for line in lines for value in line.values())
    assert [one for secret in SECRETS for one in spellings(secret) if one in said] == []
    for line in lines:
        assert {"time", "level", "logger", "message", "request_id"} <= set(line), line


def test_requests_that_fail_in_every_way(db, written):
    cast = Cast()
    client = Client(raise_request_exception=False)
    typed = {"first_name": NAME, "hetu": CODE, "email": MAIL}
    for one in (client, sign_in(Client(raise_request_exception=False), cast.teacher)):
        one.get(f"/broken/{NAME}/", {"q": CODE})
        one.post(f"/broken/{NAME}/?next={MAIL}", typed)
        for word in (
            "invitations",
            "m",
            "o",
            "h",
            "part",
            "forms/part",
            "forms/read",
            "trainings/join",
            "trainings/place",
        ):
            one.get(f"/{word}/salainen-avain/", {"name": NAME})
        one.post("/account/login/", {"login": MAIL, "password": NAME})
        one.post("/flags/new/", typed)
        one.get(f"/no/such/page/?name={NAME}")
        one.get(f"/no/such/{NAME}/")
        one.get("/", {"q": NAME}, headers={"host": f"{NAME}.example.test"})
    text = written.getvalue()
    assert "ValueError" in text
    assert "test_logs.py" in text
    assert_plain(text)


def test_a_task_that_fails(db, written):
    from celery import shared_task

    @shared_task(name="tests.broken")
    def broken_task(name):
        raise ValueError(f"{name} {CODE}")

    from celery.app.trace import build_tracer

    build_tracer("tests.broken", broken_task, app=broken_task.app)("id-1", [NAME], {}, {"id": "id-1"})
    assert "tests.broken" in written.getvalue()
    assert_plain(written.getvalue())


def test_the_database_s_own_words(db, written):
    """PostgreSQL quotes the row that it refuses."""
    from django.db import connection, transaction

    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("INSERT INTO coordination_county (code, name_fi) VALUES (%s, %s)", [CODE, NAME])
    except Exception:
        logging.getLogger("coordination").exception("could not be saved")
    assert "could not be saved" in written.getvalue()
    assert_plain(written.getvalue())


@pytest.mark.parametrize("command", [web_command("127.0.0.1", 8000), worker_command()])
def test_the_servers_write_no_lines_of_requests_or_tasks(command):
    """granian's access log is off unless it is asked for, and celery tells of tasks at INFO only."""
    assert "--access-log" not in command
    assert command[command.index("--log-level" if "granian" in command else "--loglevel") + 1] == "warning"


def test_the_units_do_the_same():
    from tests.house.source import ROOT

    for unit in (ROOT / "deploy").glob("rinnalla-*.service"):
        [start] = [line for line in unit.read_text().splitlines() if line.startswith("ExecStart=")]
        assert "--access-log" not in start
        if "manage.py" not in start:
            assert start.split("warning")[0].rstrip().endswith(("--log-level", "--loglevel"))


def test_a_process_that_dies_at_start_says_no_key(tmp_path):
    """Settings that are wrong are said by name; their values, keys among them, are not."""
    environment = {
        "PATH": "/usr/bin:/bin",
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": "postgresql://u:salainen-avain@h/d",
    }
    environment |= {"SECRET_KEY": "salainen-avain", "ENCRYPTION_KEYS": "1:salainen-avain", "BLIND_INDEX_KEY": "x"}
    command = [sys.executable, "manage.py", "check"]
    from tests.house.source import ROOT

    said = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True)
    assert said.returncode
    assert "ENCRYPTION_KEYS must" in said.stdout + said.stderr
    assert "salainen-avain" not in said.stdout + said.stderr
