"""The share of a pilot's facts: nobody learns from it what all of the others say, whatever they know."""

from collections import defaultdict
from itertools import product

import pytest

from coordination.interface.halves import Half
from coordination.interface.small_numbers import LEAST, NOTHING
from pilots.measures.models import MeasureFact
from pilots.registry.queries.figures import share

WHAT = MeasureFact.What.IMPROVED


def half(*facts):
    """A half-year of these (so, not so) of the agencies 1, 2, 3."""
    return Half([
        MeasureFact(what=WHAT, value=value, agencies=[agency], people=number, count=number)
        for agency, (so, not_so) in enumerate(facts, 1)
        for value, number in ((1, so), (0, not_so))
        if number
    ])  # fmt: skip


def test_it_is_of_ten_people_and_three_agencies():
    assert str(share([half((6, 6), (6, 6))], WHAT)) == NOTHING
    assert share([half((6, 6), (6, 6), (0, 1))], WHAT).number == 48
    few = half((2, 2), (2, 1), (1, 1))
    assert (str(share([few], WHAT)), str(share([few, few], WHAT))) == (NOTHING, NOTHING)


@pytest.mark.parametrize("own", [(0, 1), (4, 0), (1, 6), (9, 3), (6, 6)])
def test_taking_ones_own_away_leaves_nothing_told_of_fewer_than_five(own):
    """Two other agencies, each with up to six facts of either kind. Where a share shows, at least five of the others'
    say so and five don't; where none does, those that say so can be any of five numbers."""
    shown, hidden = 0, defaultdict(set)
    for so, not_so, more_so, more_not in product(range(7), repeat=4):
        others = so + more_so, not_so + more_not
        told = share([half(own, (so, not_so), (more_so, more_not))], WHAT)
        if told.number is not None:
            shown += 1
            assert min(others) >= LEAST, (own, others)
        elif sum(others) <= 10:  # beyond that these small worlds end, not what may be
            hidden[sum(others)].add(others[0])
    assert shown
    for number, possible in hidden.items():
        assert len(possible) >= min(LEAST, number + 1), (own, number, possible)
