import io
import re
import uuid
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from coordination.use_log import commands
from coordination.use_log.models import Look


@pytest.fixture(autouse=True)
def heads_file(tmp_path, settings):
    """The file outside the database, this test's own."""
    settings.USE_LOG_HEADS_FILE = tmp_path / "outside" / "heads.txt"
    settings.USE_LOG_HEADS_MAIL = None
    return settings.USE_LOG_HEADS_FILE


@pytest.fixture
def look():
    """Writes one look in a transaction of its own."""

    def write(**changes):
        values = {
            "user_id": 7,
            "user_name": "Tiina Opettaja",
            "membership_id": 8,
            "agency_id": 9,
            "agency_name": "Jokirannan koulu",
            "agency_kind": "school",
            "role": "professional",
            "page": "people:detail",
            "purpose": "flag",
            "grounds": [1, 2],
            "person_keys": [uuid.uuid4()],
        }
        with transaction.atomic():
            return commands.write_look(**values | changes)

    return write


@pytest.fixture
def sealed(look):
    """Three seals of three looks each: {seal number: [look ids]}."""

    def three():
        ids = [look().id for _ in range(3)]
        return commands.seal().number, ids

    return dict(three() for _ in range(3))


@contextmanager
def _as_owner():
    """SQL with the triggers switched off, as whoever owns the tables can do it."""
    tables = ("coordination_look", "coordination_seal")
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        try:
            yield cursor.execute
        finally:
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@pytest.fixture
def as_owner():
    return _as_owner


@pytest.fixture
def slip_in(as_owner):
    """Copies a look under another id, as the owner."""

    def copy(look_id, new_id):
        columns = [field.column for field in Look._meta.concrete_fields if field.name != "id"]
        names = ", ".join(columns)
        with as_owner() as sql:
            sql(
                f"INSERT INTO coordination_look (id, {names}) SELECT %s, {names} FROM coordination_look WHERE id = %s",
                [new_id, look_id],
            )

    return copy


@pytest.fixture
def verify():
    """Runs verify_use_log: its exit status, the findings, and what it said at the end."""

    def run():
        out = io.StringIO()
        try:
            call_command("verify_use_log", stdout=out)
        except CommandError as error:
            status, end = error.returncode, str(error)
        else:
            status, end = 0, ""
        lines = out.getvalue().splitlines()
        said = re.compile(r"In order|Heads written|Not sealed yet")
        return SimpleNamespace(
            status=status,
            findings=[line for line in lines if not said.match(line)],
            said=[line for line in lines if said.match(line)],
            end=end,
        )

    return run
