import re
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

from tests.cast import Cast

ROOT = Path(__file__).resolve().parents[2]
_WRITTEN = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')


@pytest.fixture
def cast(db):
    return Cast()


@pytest.fixture(autouse=True)
def writes_of_pilots():
    """In all of these tests the code of the pilots writes other apps' rows by their commands alone. What it wrote
    itself is given, so that a test can look at it; whatever is left in it fails the test."""
    found = []
    with connection.execute_wrapper(_noting(found)):
        yield found
    assert not found, f"written past the commands of the app that has them: {found}"


def _noting(found):
    others = {
        model._meta.db_table
        for app in ("coordination", "flags", "config", "sessions", "auth")
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
    }

    def note(execute, sql, params, many, context):
        written = _WRITTEN.match(sql)
        if written and written[1] in others and (writer := _writer()).startswith("pilots/"):
            found.append(f"{writer} writes {written[1]}")
        return execute(sql, params, many, context)

    return note


def _writer():
    """The file of ours that asked for the statement; a model that saves itself was asked by somebody else."""
    frame = sys._getframe(2)
    while frame:
        path = Path(frame.f_code.co_filename)
        if path.is_relative_to(ROOT) and ".venv" not in path.parts and "models" not in path.parts:
            return str(path.relative_to(ROOT))
        frame = frame.f_back
    return ""
