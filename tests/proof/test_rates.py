"""How fast simultaneous flags are, beside what the database alone needs for them."""

from datetime import timedelta

import pytest

from coordination.clocks.rules import today
from coordination.people.commands import find_or_make
from flags.matching.models import Match
from scripts.bench.flaggers import young_people
from tests.cast import Cast
from tests.proof.races import PAIRS, race, ways_of_flagging
from tests.proof.test_races import FLAGS, doubled

SLICES = 4
RATED = min(FLAGS, 500)  # a process; more of them don't change the ratio


@pytest.mark.alone
@pytest.mark.django_db(transaction=True)
def test_rate_beside_the_same_statements_as_raw_sql(prove):
    """The same transactions with the same locks, in turns with the commands, on as many people."""
    cast = Cast()
    agencies = (cast.school, cast.health)
    ways = ways_of_flagging(agencies, today() + timedelta(days=90))
    people = young_people(RATED * PAIRS)
    before, taken = Match.objects.count(), {"commands": 0.0, "statements": 0.0}
    for part in range(SLICES):
        share = people[part::SLICES]
        half = len(share) // 2 // PAIRS * PAIRS
        for typed in share[::2]:
            find_or_make(area=cast.mikkeli, **typed)
        for name, some, how in (("commands", share[:half], None), ("statements", share[half : 2 * half], ways)):
            mistakes, seconds = race(agencies, some, ways=how)
            assert not mistakes, "\n".join([f"{len(mistakes)} mistakes of the {name}:", *mistakes[:3]])
            taken[name] += seconds
    assert Match.objects.count() - before == SLICES * 2 * half
    assert doubled(Match) == []
    rate = taken["statements"] / taken["commands"]
    prove("… their rate beside the same statements in raw SQL", rate, least=0.2, goal=0.5)
