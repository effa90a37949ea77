"""Ages, states of a cell, what counts as doing the same, and which rule counts."""

from types import SimpleNamespace

import pytest

from pilots.service_map import coverage_rules as rules
from pilots.service_map.coverage_rules import BANDS, Band
from pilots.service_map.coverage_states import MOVES, Coverage, FindingState
from tests.pilots.service_map.mapping import RULE, covers


def test_the_bands_follow_each_other_without_a_gap():
    assert BANDS[0].first == 0
    assert all(after.first == before.last + 1 for before, after in zip(BANDS, BANDS[1:], strict=False))
    assert [band.name for band in BANDS[:3]] == ["under 3", "3–5", "6"]


@pytest.mark.parametrize(
    ("ages", "touched"),
    [
        ((None, None), "0-2 3-5 6-6 7-12 13-15 16-17 18-22 23-29"),
        ((13, 17), "13-15 16-17"),
        ((None, 6), "0-2 3-5 6-6"),
        ((22, None), "18-22 23-29"),
        ((12, 13), "7-12 13-15"),
        ((30, 40), ""),
    ],
)
def test_a_service_counts_in_each_band_that_its_ages_touch(ages, touched):
    assert " ".join(band.code for band in BANDS if rules.touches(band, *ages)) == touched


@pytest.mark.parametrize(
    ("number", "providers", "state"),
    [
        (0, 0, Coverage.NONE),
        (1, 1, Coverage.THIN),
        (2, 1, Coverage.ENOUGH),
        (2, 2, Coverage.ENOUGH),
        (3, 3, Coverage.DOUBLE),
        (30, 2, Coverage.ENOUGH),
    ],
)
def test_the_state_of_a_cell(number, providers, state):
    assert rules.state_of(number, providers, RULE) == state


SCHOOL = Band(7, 12)


@pytest.mark.parametrize(
    ("services", "providers"),
    [
        ([], 0),
        ([covers(1, "a"), covers(2, "b"), covers(3, "c")], 3),
        # One provider with three services does no double work.
        ([covers(1, "a"), covers(2, "a"), covers(3, "a")], 1),
        # Another class, other people, another place.
        ([covers(1, "a"), covers(2, "b", kind=2)], 1),
        ([covers(1, "a"), covers(2, "b", groups=(2,))], 1),
        ([covers(1, "a", towns=(1,)), covers(2, "b", towns=(2,))], 1),
        # What is for the whole area is in each place.
        ([covers(1, "a", towns=(1,)), covers(2, "b", towns=(2,)), covers(3, "c")], 2),
        # For whom it is isn't known.
        ([covers(1, "a", groups=()), covers(2, "b", groups=())], 0),
        # Both touch the band, but nobody is of both ages.
        ([covers(1, "a", ages=(7, 8)), covers(2, "b", ages=(9, 12))], 1),
        ([covers(1, "a", ages=(7, 9)), covers(2, "b", ages=(9, 12))], 2),
        # The same age, but outside the band.
        ([covers(1, "a", ages=(3, 7)), covers(2, "b", ages=(3, 6)), covers(3, "c", ages=(12, 14))], 1),
        # A chain, in which no three have an age in common.
        ([covers(1, "a", ages=(7, 8)), covers(2, "b", ages=(8, 10)), covers(3, "c", ages=(10, 12))], 2),
    ],
)
def test_who_does_the_same(services, providers):
    assert rules.providers_of_the_same(services, SCHOOL) == providers


def test_which_services_do_the_same():
    in_one, in_another = covers(1, "a", towns=(1,)), covers(2, "b", towns=(2,))
    for_all, as_well, alone = covers(3, "c"), covers(4, "c"), covers(5, "d", kind=2)
    services = [in_one, in_another, for_all, as_well, alone]
    assert rules.doing_the_same(services, SCHOOL, providers=2) == [in_one, in_another, for_all, as_well]
    assert rules.doing_the_same(services, SCHOOL, providers=3) == []
    assert rules.doing_the_same([for_all, as_well], SCHOOL, providers=2) == []


def rule(need=None, service_class=None, thin_until=1):
    return SimpleNamespace(need_id=need, service_class_id=service_class, thin_until=thin_until)


def test_the_most_special_rule_counts():
    own, of_all = rule(need=7, thin_until=4), rule(thin_until=2)
    assert rules.rule_for([own, of_all], need=7) is own
    assert rules.rule_for([own, of_all], need=8) is of_all
    assert rules.rule_for([own, of_all], service_class=7) is of_all
    portals = rules.rule_for([own], need=8)
    assert (portals.thin_until, portals.double_from) == (1, 3)


def test_every_state_can_be_left():
    assert set(MOVES) == set(FindingState)
    assert all(MOVES.values())
