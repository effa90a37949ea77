"""The proof prints what it measured. What takes long is collected for `make proof` alone (PROOF is set)."""

import os

import pytest

from scripts.bench.table import Row, text

FULL = bool(os.environ.get("PROOF"))
collect_ignore = [] if FULL else ["test_rates.py", "test_kills.py", "test_plan.py", "test_times.py", "test_pages.py"]
_ROW = "row of the proof"


@pytest.fixture
def prove(request):
    """Put a line into the table and fail where it misses its limit: prove(what, measured, most=…, least=…, goal=…)."""

    def add(what, measured, **limits):
        row = Row(what, measured, **limits)
        request.node.user_properties.append((_ROW, row.as_json()))  # goes along from a parallel process
        assert row.ok, " ".join(row.cells())

    return add


def pytest_terminal_summary(terminalreporter):
    ran = [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]
    rows = [Row(**said) for one in ran for name, said in one.user_properties if name == _ROW]
    if rows:
        terminalreporter.write_line("")
        terminalreporter.write_line(text(rows))
