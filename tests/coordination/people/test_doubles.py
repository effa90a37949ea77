"""Who may be the same person waits for a coordinator of the area; nothing joins by itself."""

from datetime import date, timedelta

import pytest

from coordination.people import access
from coordination.people.commands import exclude, find_or_make
from coordination.people.doubles import ALIKE_ENOUGH, likeness, look_for_doubles
from coordination.people.models import LikelyDouble, YoungPerson
from coordination.people.queries import doubles_waiting
from tests.cast import born


def somebody(cast, first="Aino", last="Virtanen", birth_date=None, area=None, hetu=None):
    pk = find_or_make(
        first_name=first, last_name=last, birth_date=birth_date or born(18), area=area or cast.mikkeli, hetu=hetu
    )
    return YoungPerson.objects.get(pk=pk)


def alike(one, other):
    look_for_doubles(young_person=other)
    return LikelyDouble.objects.filter(first=one, second=other).exists()


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("Aina", "Virtanen"),
        ("Aino", "Virtannen"),
        ("Aino", "Virtane"),
        ("Anio", "Virtanen"),
        ("Virtanen", "Aino"),
        ("Aino Maria", "Virtanen"),
    ],
)
def test_names_that_are_alike(cast, first, last):
    assert alike(somebody(cast), somebody(cast, first, last))


@pytest.mark.parametrize(("first", "last"), [("Eeva", "Virtanen"), ("Aino", "Korhonen"), ("Mikko", "Mallikas")])
def test_names_that_are_not(cast, first, last):
    assert not alike(somebody(cast), somebody(cast, first, last))


DAY = date(2008, 3, 12)


@pytest.mark.parametrize(
    "slip",
    [
        date(2008, 12, 3),
        date(2008, 3, 21),
        DAY + timedelta(days=1),
        DAY - timedelta(days=1),
        date(2007, 3, 12),
        date(1998, 3, 12),
        date(2008, 4, 12),
    ],
)
def test_a_usual_slip_of_the_birth_date(cast, slip):
    assert alike(somebody(cast, birth_date=DAY), somebody(cast, birth_date=slip))


def test_another_birth_date_is_another_person(cast):
    assert not alike(somebody(cast, birth_date=DAY), somebody(cast, birth_date=date(2008, 7, 29)))


def test_a_slip_of_the_date_weighs_against_the_names(cast):
    one, other = somebody(cast, birth_date=DAY), somebody(cast, "Aina", birth_date=DAY + timedelta(days=1))
    same_day = somebody(cast, "Aina", birth_date=DAY)
    assert likeness(one, same_day) - likeness(one, other) == 8


def test_equal_names_and_date_are_wholly_alike(cast):
    one, other = somebody(cast), somebody(cast, hetu="131108A901K")
    assert likeness(one, other) == 100 >= ALIKE_ENOUGH


def test_one_code_whatever_the_names(cast):
    one = somebody(cast, hetu="131108A901K")
    other = somebody(cast, "Mikko", "Mallikas", birth_date=DAY, hetu="131108A901K")
    assert likeness(one, other) == 100
    assert alike(one, other)


def test_another_town_is_not_compared(cast):
    """By no name and no code: its coordinators would learn of somebody whom they don't know."""
    assert not alike(somebody(cast), somebody(cast, "Aina", area=cast.kerava))
    code = "131108A901K"
    assert not alike(somebody(cast, hetu=code), somebody(cast, "Mikko", hetu=code, area=cast.kerava))


def test_looking_again_finds_nothing_new(cast):
    somebody(cast)
    other = somebody(cast, "Aina")
    assert len(look_for_doubles(young_person=other)) == 1
    assert look_for_doubles(young_person=other) == []


def test_only_the_areas_coordinators_may_compare(cast):
    one, other = somebody(cast), somebody(cast, "Aina")
    look_for_doubles(young_person=other)
    for membership in (cast.coordinator, cast.second_coordinator):
        assert doubles_waiting(membership).count() == 1
        assert access.may(membership, "compare_double", one)
        assert not access.may(membership, "view_network", one)
    for membership in (cast.teacher, cast.administrator, cast.other_coordinator):
        assert not doubles_waiting(membership).exists()
        assert not access.may(membership, "compare_double", one)


def test_an_excluded_coordinator_finds_none(cast):
    somebody(cast)
    other = somebody(cast, "Aina")
    look_for_doubles(young_person=other)
    exclude(young_person=other, by=cast.coordinator, user=cast.coordinator.user)
    assert not doubles_waiting(cast.coordinator).exists()
    assert doubles_waiting(cast.second_coordinator).exists()


def test_the_likeliest_first(cast):
    somebody(cast)
    for first in ("Aiina", "Aino"):
        look_for_doubles(young_person=somebody(cast, first, hetu="131108A901K"))
    scores = [double.score for double in doubles_waiting(cast.coordinator)]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == 100


def test_a_double_tells_nobody_anything(cast):
    """It waits on the desk: no notice goes out, so no flagger's moment can be told from it."""
    from coordination.outbox.models import Notification

    cast.flag(cast.teacher)
    cast.flag(cast.nurse, first_name="Aina")
    assert LikelyDouble.objects.exists()
    assert not Notification.objects.exists()
