"""The Kaplan-Meier curve, and that what is told of it tells of nobody."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coordination.interface.small_numbers import LEAST
from coordination.interface.survival import Spell, curve, height, told

A, B, C = (frozenset({name}) for name in "abc")


def spells(*rows):
    """(until, ended) or (until, ended, agency), each followed from its beginning."""
    return [Spell(0, until, ended, *more) for until, ended, *more in rows]


def enough(*, ends=9, going=9, day=70, far=200):
    """As many ends on a day, and as many that go on, a third of each with every agency."""
    sides = [A, B, C]
    return [Spell(0, day, True, sides[n % 3]) for n in range(ends)] + [
        Spell(0, far, False, sides[n % 3]) for n in range(going)
    ]


def test_the_curve_of_a_textbook():
    """Six, of whom two are lost from sight: 5/6, then 3/4 of that (one of four), then a half of that."""
    found = curve(spells((10, True), (15, False), (20, True), (30, False), (40, True), (50, False)))
    assert found == [
        (10, Fraction(5, 6), 6),
        (20, Fraction(5, 6) * Fraction(3, 4), 4),
        (40, Fraction(5, 6) * Fraction(3, 4) * Fraction(1, 2), 2),
    ]


def test_who_ends_on_the_day_of_another_s_last_sight_is_followed_with_them():
    assert curve(spells((10, True), (10, False))) == [(10, Fraction(1, 2), 2)]


ROW = st.tuples(st.integers(1, 40), st.booleans())


@settings(max_examples=150, derandomize=True, database=None, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=12), st.integers(1, 39))
def test_two_half_years_make_the_curve_of_the_year(rows, cut):
    """A spell that goes on over the half-year's end is two spells, and each end is in one half-year."""
    whole = spells(*rows)
    parts = []
    for one in whole:
        if one.until <= cut:
            parts.append(one)
        else:
            parts += [Spell(0, cut, False), Spell(cut, one.until, one.ended)]
    assert [(day, share) for day, share, _n in curve(parts)] == [(day, share) for day, share, _n in curve(whole)]


def test_heights_are_told_on_fixed_days_alone():
    found = told(enough(), people=18)
    assert found.points == [(0, 100), (90, 50)]
    assert (found.median, found.beyond) == (70, 90)


def test_where_fewer_than_half_have_ended_only_the_last_day_is_told():
    found = told(enough(ends=9, going=12), people=21)
    assert (found.points, found.median, found.beyond) == ([(0, 100), (90, 57)], None, 90)


@pytest.mark.parametrize(
    ("rows", "people"),
    [
        (enough(), 9),
        ([Spell(one.since, one.until, one.ended, A) for one in enough()], 18),
        # Six ends in all, of which two agencies know two each: four besides one's own.
        (enough(ends=6), 15),
        # All but six have ended: four go on besides one's own.
        (enough(going=6), 15),
        (enough(ends=0), 10),
        ([], 20),
    ],
)
def test_of_few_nothing_is_told(rows, people):
    assert told(rows, people=people) is None


def test_nothing_is_told_of_days_that_too_few_were_followed():
    """Of the first days only three were seen: one end among them would be a third of everybody."""
    late = [Spell(50, one.until, one.ended, one.sides) for one in enough()]
    early = [Spell(0, 5, n == 0, A) for n in range(3)]
    assert told(late, people=18)
    assert told(late + early, people=18) is None


@settings(max_examples=200, derandomize=True, database=None, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 400), st.booleans(), st.sampled_from([A, B, C])), max_size=40))
def test_whoever_takes_their_own_away_five_others_are_left_on_each_side(rows):
    every = spells(*rows)
    found = told(every, people=len(every))
    if found is None:
        return
    days = [day for day, _part in found.points]
    for side in "abc":
        others = [one for one in every if side not in one.sides]
        for before, day in zip(days, days[1:], strict=False):
            assert sum(one.ended and before < one.until <= day for one in others) >= LEAST
        assert sum(one.is_followed(days[-1] + 1) for one in others) >= LEAST
    steps = curve(every)
    assert all(abs(part - height(steps, day) * 100) <= 1 for day, part in found.points)
