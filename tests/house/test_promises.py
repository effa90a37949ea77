"""docs/promises.md names tests that exist, for every promise; some have no number."""

import re

from tests.house.source import ROOT

# Without the head of the table.
ROWS = [
    [cell.strip() for cell in line.strip("|\n").split(" | ")]
    for line in (ROOT / "docs" / "promises.md").read_text(encoding="utf-8").splitlines()
    if re.match(r"\| (P\d+ )?\|", line)
][1:]
TEST = re.compile(r"`([\w/]+\.py)::(\w+)`")
NOT_BUILT = {"P7"}


def test_every_promise_has_its_proof():
    assert {row[0] for row in ROWS if row[0]} == {f"P{number}" for number in range(23)} - NOT_BUILT
    for row in ROWS:
        assert len(row) == 4, row[0]
        assert TEST.search(row[2]), row[:2]
        assert row[3], row[:2]


def test_every_test_named_exists():
    missing = []
    for row in ROWS:
        assert row[2] == ", ".join(f"`{path}::{name}`" for path, name in TEST.findall(row[2])), row[:2]
        for path, name in TEST.findall(row[2]):
            file = ROOT / "tests" / path
            if not file.exists() or f"def {name}(" not in file.read_text(encoding="utf-8"):
                missing.append(f"{path}::{name}")
    assert not missing
