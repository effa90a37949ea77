"""Silence between a young person and their one adult is told once, and stands on the coordinator's desk."""

from uuid import uuid4

import pytest
from django.test import Client

from coordination.clocks.rules import today
from coordination.support.commands.silence import look_after_supports
from coordination.support.commands.work import save_contact
from coordination.support.queries import rounds
from tests.acts import begun
from tests.cast import sign_in
from tests.coordination.support.changes import at, later, told
from tests.coordination.support.working import stands_in, supported


@pytest.fixture
def quiet(cast):
    """Nothing has been heard for exactly as long as the area lets pass."""
    return supported(cast, days=cast.mikkeli.days_without_contact)


def in_silence(coordinator):
    return [one.pk for one in rounds.silent_in_area(coordinator)]


def test_it_is_told_once_for_each_silence(cast, quiet, time_machine):
    look_after_supports()
    assert in_silence(cast.coordinator) == []
    later(time_machine, days=1)
    for _ in range(3):
        look_after_supports()
    members = (cast.coordinator, cast.second_coordinator, cast.nurse)
    assert [told(one, "support_silent") for one in members] == [1, 1, 1]
    assert in_silence(cast.coordinator) == [quiet.pk]
    assert in_silence(cast.other_coordinator) == []
    contact = {"channel": "phone", "started_by": "adult", "minutes": 15, "note": "", "by": cast.nurse}
    save_contact(support=quiet, on=today(), came=False, token=uuid4(), **contact)
    assert in_silence(cast.coordinator) == [quiet.pk]
    save_contact(support=quiet, on=today(), came=True, token=uuid4(), **contact)
    assert in_silence(cast.coordinator) == []
    assert told(cast.coordinator, "support_silent", waiting=True) == 0
    later(time_machine, days=31)
    look_after_supports()
    assert [told(one, "support_silent") for one in members] == [2, 2, 2]


def test_whoever_stands_in_is_told_and_those_without_sight_are_not(cast, quiet, time_machine):
    stands_in(quiet, cast.youth_worker)
    later(time_machine, days=1)
    look_after_supports()
    assert [told(one, "support_silent") for one in (cast.youth_worker, cast.teacher, cast.other_coordinator)] == [
        1,
        0,
        0,
    ]


def test_the_desk_leads_to_it_and_costs_the_same_for_many(cast, quiet, time_machine, django_assert_num_queries):
    later(time_machine, days=1)
    kaisa = sign_in(Client(), cast.coordinator)
    assert at("overview", quiet) in kaisa.get("/").content.decode()
    with django_assert_num_queries(1):
        assert len(list(rounds.silent_in_area(cast.coordinator))) == 1
    for number in range(5):
        follow_up = begun(cast, first_name=f"Uu{'abcde'[number]}si", last_name=f"Toi{'abcde'[number]}nen", years=19)
        supported(cast, young_person=follow_up.young_person, days=60 + number)
    with django_assert_num_queries(1):
        rows = list(rounds.silent_in_area(cast.coordinator))
    assert len(rows) == 6
    assert rows[-1] == quiet
