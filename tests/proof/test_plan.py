"""The lists at 100,000: read from their indexes, whoever asks; at 10,000 every design looks fine."""

import json
import os

import pytest

from scripts.bench import database
from scripts.bench.table import tell

PEOPLE = int(os.environ.get("PROOF_PEOPLE", "100000"))


@pytest.fixture(scope="module")
def country():
    """A filled country of its own, beside the tests' database."""
    tell(f"\nmaking a country of {PEOPLE:,} young people")
    database.make("proof")
    database.run("-m", "scripts.bench.part", "filling", str(PEOPLE), name="proof")
    yield "proof"
    database.drop("proof")


@pytest.mark.alone
def test_the_lists_walk_their_indexes(country, prove):
    plans = json.loads(database.run("-m", "scripts.bench.part", "plans", name=country).splitlines()[-1])
    for plan in plans:
        prove(f"{plan['what']} at {PEOPLE:,}: tables read from end to end", len(plan["whole_tables"]), most=0)
        assert plan["index"] in plan["indexes"], plan
        prove(f"… rows read for {plan['wanted']}", plan["rows"], most=plan["most"])


@pytest.mark.alone
def test_digests_for_twenty_thousand_in_constant_memory(country, prove):
    found = json.loads(database.run("-m", "scripts.bench.part", "digests", name=country).splitlines()[-1])
    prove("Digests made", found["made"], least=19_900)
    prove("… memory grown after the first tenth", found["growth_mb"], most=20.0, unit="MB")
    prove("… times progress was told", found["steps"], least=20)
