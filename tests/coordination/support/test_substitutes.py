"""Standing in for the adult: at once, a row of its own, until a day, with the coordinators told."""

import pytest
from django.test import Client

from config import leaving
from coordination.agencies.rules import NotNow
from coordination.clocks.rules import today
from coordination.people import access
from coordination.staffing.commands import end_membership
from coordination.support.commands.silence import look_after_supports
from coordination.support.commands.substitutes import end_by_date, end_substitute, name_substitute
from coordination.support.models import Substitution
from tests.cast import sign_in
from tests.coordination.support.changes import alone, at, boxes, in_days, later, ready, told
from tests.coordination.support.namings import accepted, named
from tests.coordination.support.working import supported


@pytest.fixture
def support(cast):
    accepted(cast.association, cast.social)
    return supported(cast)


@pytest.fixture
def kaisa(cast):
    return sign_in(Client(), cast.coordinator)


def stand_in(support, member, cast, *, days=7):
    return name_substitute(support=support, membership=member, until=in_days(days), by=cast.coordinator)


def leave(member, cast):
    """The member's last day was yesterday, and everything of theirs is settled."""
    end_membership(membership=member, by=cast.administrator, on=today())
    leaving.sweep()


def test_whoever_stands_in_works_as_the_adult_who_stays_the_adult(cast, support):
    stand_in(support, cast.youth_worker, cast)
    person = support.young_person
    assert access.may(cast.youth_worker, "support", person)
    assert access.may(cast.nurse, "support", person)
    assert sign_in(Client(), cast.youth_worker).get(at("support", support)).status_code == 200
    assert told(cast.youth_worker, "you_stand_in") == 1
    members = (cast.nurse, cast.second_coordinator, cast.coordinator)
    assert [told(one, "substitute_named") for one in members] == [1, 1, 0]


def test_one_at_a_time_and_the_same_press_again_changes_nothing(cast, support):
    first = stand_in(support, cast.youth_worker, cast)
    assert stand_in(support, cast.youth_worker, cast) == first
    with pytest.raises(NotNow):
        stand_in(support, cast.social_worker, cast)
    assert Substitution.objects.count() == 1


def test_who_can_not_be_the_adult_can_not_stand_in(cast, support):
    for member in (cast.nurse, cast.teacher, cast.stranger, cast.administrator):
        with pytest.raises(NotNow):
            stand_in(support, member, cast)
    for days in (-1, 400):
        with pytest.raises(NotNow):
            stand_in(support, cast.youth_worker, cast, days=days)
    assert not Substitution.objects.exists()


def test_the_last_day_ends_it_by_itself(cast, support, time_machine):
    stand_in(support, cast.youth_worker, cast)
    later(time_machine, days=7)
    end_by_date()
    assert access.may(cast.youth_worker, "support", support.young_person)
    later(time_machine, days=1)
    assert not access.may(cast.youth_worker, "support", support.young_person)
    access.end_by_date()
    end_by_date()
    assert not Substitution.objects.filter(ended_at=None).exists()
    members = (cast.nurse, cast.coordinator, cast.youth_worker)
    assert [told(one, "substitute_ended") for one in members] == [1, 1, 0]
    assert told(cast.youth_worker, "standing_in_ended") == 1
    support.refresh_from_db()
    assert support.state == "active"


def test_ended_before_the_last_day_it_ends_once(cast, support):
    substitution = stand_in(support, cast.youth_worker, cast)
    for _ in range(2):
        end_substitute(substitution=substitution, by=cast.coordinator)
    assert not access.may(cast.youth_worker, "view_network", support.young_person)
    assert told(cast.nurse, "substitute_ended") == 1
    stand_in(support, cast.social_worker, cast)


def test_an_adult_who_leaves_ends_it_and_the_coordinators_learn(cast, support):
    leave(cast.nurse, cast)
    support.refresh_from_db()
    assert (support.state, support.end_reason) == ("ended", "adult_left")
    assert alone(cast.coordinator) == [support.pk]
    assert told(cast.coordinator, "without_adult") == 1
    assert not leaving.leavers().exists()


def test_while_somebody_stands_in_the_support_outlives_the_adults_leaving(cast, support, time_machine):
    stand_in(support, cast.youth_worker, cast)
    leave(cast.nurse, cast)
    support.refresh_from_db()
    assert support.state == "active"
    assert access.may(cast.youth_worker, "support", support.young_person)
    assert alone(cast.coordinator) == [support.pk]
    for _ in range(2):
        look_after_supports()
    assert told(cast.coordinator, "without_adult") == 1
    assert sign_in(Client(), cast.coordinator).get(at("overview", support)).status_code == 200
    later(time_machine, days=8)
    end_by_date()
    support.refresh_from_db()
    assert (support.state, support.end_reason) == ("ended", "adult_left")
    assert alone(cast.coordinator) == [support.pk]


def test_whoever_stands_in_and_leaves_is_missed(cast, support):
    stand_in(support, cast.youth_worker, cast)
    leave(cast.youth_worker, cast)
    assert not Substitution.objects.filter(ended_at=None).exists()
    assert told(cast.coordinator, "substitute_ended") == 1
    support.refresh_from_db()
    assert support.state == "active"


def test_whoever_was_asked_and_leaves_waits_for_no_answer(cast, support):
    asked = named(support.young_person, cast.social_worker, by=cast.coordinator, predecessor=support)
    leave(cast.social_worker, cast)
    asked.refresh_from_db()
    assert asked.state == "declined"
    successor = ready(support, cast.youth_worker, by=cast.coordinator)
    leave(cast.youth_worker, cast)
    successor.refresh_from_db()
    assert successor.state == "withdrawn"


# --- The pages ------------------------------------------------------------------------------------------------------


def test_the_page_names_by_mail_address_and_ends(cast, support, kaisa):
    path = at("substitute", support)
    assert kaisa.get(path).status_code == 200
    data = {"who": "else", "email": cast.youth_worker.user.email, "agreed": "on", **boxes("until", in_days(5))}
    wrong = [
        data | {"email": "nobody@example.test"},
        data | {"email": cast.stranger.user.email},
        data | {"email": cast.teacher.user.email},  # that agency has not accepted the practices
        data | {"email": ""},
        data | {"who": str(cast.nurse.public_id)},
        data | boxes("until", in_days(-1)),
        {name: value for name, value in data.items() if name != "agreed"},
    ]
    for one in wrong:
        assert kaisa.post(path, one).status_code == 200, one
    assert not Substitution.objects.exists()
    assert [kaisa.post(path, data).status_code for _ in range(2)] == [302, 302]
    assert Substitution.objects.count() == 1
    assert kaisa.get(at("end_substitute", support)).status_code == 302
    assert Substitution.objects.filter(ended_at=None).exists()
    assert [kaisa.post(at("end_substitute", support)).status_code for _ in range(2)] == [302, 302]
    assert not Substitution.objects.filter(ended_at=None).exists()
