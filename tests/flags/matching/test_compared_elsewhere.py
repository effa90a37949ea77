"""After a takeover likely doubles are compared by the area that has the young person now; the former sees nothing."""

import pytest

from coordination.follow_ups.commands import begin_from_call, hand_over, take_up
from coordination.people.models import Ground, LikelyDouble
from coordination.people.queries import doubles_waiting
from tests.cast import born

ALIKE = {"first_name": "Eerikki", "last_name": "Tuulispää", "birth_date": born(20)}
SLIP = ALIKE | {"first_name": "Eerikkö"}


@pytest.fixture
def follow_up(cast):
    return take_up(follow_up=cast.match(**ALIKE), by=cast.coordinator)


def seen_by(area):
    return Ground.objects.open().filter(kind="double", area=area).count()


def test_a_pair_found_later_is_put_before_those_who_have_them(cast, follow_up):
    hand_over(follow_up=follow_up, to=cast.other_coordinator)
    cast.flag(cast.youth_worker, **SLIP)
    assert not doubles_waiting(cast.coordinator).exists()
    assert doubles_waiting(cast.other_coordinator).exists()
    assert (seen_by(cast.mikkeli), seen_by(cast.kerava)) == (0, 2)


def test_a_pair_that_waits_goes_over_too(cast, follow_up):
    cast.flag(cast.youth_worker, **SLIP)
    assert (seen_by(cast.mikkeli), seen_by(cast.kerava)) == (2, 0)
    hand_over(follow_up=follow_up, to=cast.other_coordinator)
    assert not doubles_waiting(cast.coordinator).exists()
    assert doubles_waiting(cast.other_coordinator).exists()
    assert (seen_by(cast.mikkeli), seen_by(cast.kerava)) == (0, 2)


def begin_beside(cast):
    return begin_from_call(**SLIP, phone="", by=cast.coordinator)


def test_where_two_areas_have_one_each_neither_compares(cast, follow_up):
    hand_over(follow_up=follow_up, to=cast.other_coordinator)
    begin_beside(cast)
    cast.flag(cast.youth_worker, **SLIP)
    assert not LikelyDouble.objects.exists()


def test_a_pair_of_which_the_former_area_keeps_one_is_nobodys_any_more(cast, follow_up):
    begin_beside(cast)
    cast.flag(cast.youth_worker, **SLIP)
    assert LikelyDouble.objects.exists()
    hand_over(follow_up=follow_up, to=cast.other_coordinator)
    assert not LikelyDouble.objects.exists()
    assert seen_by(cast.mikkeli) == 0
