"""The proof prints what it measured. What takes long is collected for `make proof` alone (PROOF is set)."""

import os

import pytest

from scripts.bench.table import Row, text

FULL = bool(os.environ.get("PROOF"))
collect_ignore = [] if FULL else ["test_rates.py", "test_kills.py", "test_plan.py", "test_times.py", "test_pages.py"]
_ROWS = pytest.StashKey[list]()


@pytest.fixture
def prove(request):
    """Put a line into the table and fail where it misses its limit: prove(what, measured, most=…, least=…, goal=…)."""

    def add(what, measured, **limits):
        row = Row(what, measured, **limits)
        request.config.stash.setdefault(_ROWS, []).append(row)
        assert row.ok, " ".join(row.cells())

    return add


def pytest_terminal_summary(terminalreporter, config):
    if rows := config.stash.get(_ROWS, []):
        terminalreporter.write_line("")
        terminalreporter.write_line(text(rows))
