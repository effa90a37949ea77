"""How a support ends: at once, with a reason, and never without somebody learning of a gap."""

import pytest
from django.test import Client

from coordination.activity.models import Event
from coordination.agencies.rules import NotNow
from coordination.clocks.rules import today
from coordination.people import access
from coordination.people.models import Ground
from coordination.support.commands import ending, naming, substitutes, work
from coordination.support.commands.permissions import allow_talk
from coordination.support.commands.sight import keep_all_in_sight
from coordination.support.models import Substitution, Support
from tests.cast import sign_in
from tests.coordination.support.changes import alone, at, in_days, later, ready, told
from tests.coordination.support.namings import accepted, named
from tests.coordination.support.working import supported


@pytest.fixture
def support(cast):
    return supported(cast)


@pytest.fixture
def kaisa(cast):
    return sign_in(Client(), cast.coordinator)


def end(support, cast, reason="other", **more):
    return ending.end_support(support=support, reason=reason, by=cast.coordinator, **more)


def test_every_sight_ends_with_the_support_at_once(cast, support):
    person = support.young_person
    accepted(cast.youth_worker.agency)
    substitutes.name_substitute(
        support=support, membership=cast.youth_worker, until=in_days(5), by=cast.second_coordinator
    )
    allow_talk(
        support=support,
        membership=cast.social_worker,
        matters=["housing"],
        until=in_days(5),
        said_how="face",
        by=cast.nurse,
    )
    Support.objects.filter(pk=support.pk).update(next_step="call", next_step_on=in_days(2))
    ended = end(support, cast)
    members = (cast.nurse, cast.youth_worker, cast.social_worker)
    assert [access.may(one, "view_network", person) for one in members] == [False] * 3
    assert not Substitution.objects.filter(ended_at=None).exists()
    assert not support.permissions.filter(ended_at=None).exists()
    assert (ended.state, ended.next_step, ended.seen_until) == ("ended", "", None)
    assert [told(one, "support_ended") for one in (cast.nurse, cast.youth_worker)] == [1, 1]
    assert Event.objects.filter(kind="adult_ended", about=support.public_id).count() == 1


def test_with_the_young_persons_yes_the_former_adult_sees_on_for_the_areas_days(cast, support, time_machine):
    ended = end(support, cast, sees_on=True)
    assert ended.seen_until == in_days(30)
    assert access.may(cast.nurse, "view_network", support.young_person)
    with pytest.raises(NotNow):
        work.open_matter(support=ended, kind="work", by=cast.nurse)
    later(time_machine, days=31)
    assert not access.may(cast.nurse, "view_network", support.young_person)


def test_what_the_area_widens_later_is_not_for_a_support_named_before(cast, support):
    cast.mikkeli.days_former_adult_sees = 0
    cast.mikkeli.save()
    support.area.refresh_from_db()
    assert end(support, cast, sees_on=True).seen_until is None
    assert not access.may(cast.nurse, "view_network", support.young_person)


@pytest.mark.parametrize("reason", ["adult_left", "wish", "other"])
def test_a_gap_is_told_and_stays_on_the_desk_until_another_adult_begins(cast, support, reason):
    end(support, cast, reason)
    assert alone(cast.coordinator) == [support.pk]
    assert alone(cast.other_coordinator) == []
    # Who ended it knows.
    assert [told(one, "without_adult") for one in (cast.coordinator, cast.second_coordinator)] == [0, 1]
    asked = named(support.young_person, cast.social_worker, by=cast.coordinator)
    assert alone(cast.coordinator) == [support.pk]
    naming.accept(support=asked, by=cast.social_worker)
    assert alone(cast.coordinator) == []
    assert told(cast.second_coordinator, "without_adult", waiting=True) == 0


@pytest.mark.parametrize("reason", ["not_needed", "declined", "moved"])
def test_after_a_last_reason_nobody_waits_and_nobody_is_asked(cast, support, reason):
    asked = named(support.young_person, cast.social_worker, by=cast.coordinator, predecessor=support)
    end(support, cast, reason)
    asked.refresh_from_db()
    assert asked.state == "withdrawn"
    assert alone(cast.coordinator) == []
    assert told(cast.second_coordinator, "without_adult") == 0


def test_whoever_has_said_yes_begins_when_the_adult_leaves_at_once(cast, support):
    successor = ready(support, cast.social_worker, by=cast.coordinator)
    end(support, cast, "adult_left")
    successor.refresh_from_db()
    assert successor.state == "active"
    assert access.may(cast.social_worker, "support", support.young_person)
    assert told(cast.social_worker, "you_begin") == 1
    assert alone(cast.coordinator) == []


def test_whoever_can_be_the_adult_no_more_does_not_begin(cast, support):
    successor = ready(support, cast.social_worker, by=cast.coordinator)
    cast.social_worker.user.trainings.update(ended_on=today())
    end(support, cast, "adult_left")
    successor.refresh_from_db()
    assert successor.state == "ready"
    assert alone(cast.coordinator) == [support.pk]


def test_it_ends_once_and_a_handover_is_no_end_by_itself(cast, support):
    with pytest.raises(NotNow):
        end(support, cast, "handed_over")
    end(support, cast)
    with pytest.raises(NotNow):
        end(support, cast, "wish")


def test_nobody_is_needed_after_all(cast, support):
    end(support, cast)
    with pytest.raises(NotNow):
        ending.no_longer_waits(support=support, reason="wish", by=cast.coordinator)
    ending.no_longer_waits(support=support, reason="declined", by=cast.coordinator)
    assert alone(cast.coordinator) == []
    assert told(cast.second_coordinator, "without_adult", waiting=True) == 0
    with pytest.raises(NotNow):
        ending.no_longer_waits(support=support, reason="declined", by=cast.coordinator)


def test_the_coordinators_see_on_while_a_young_person_waits_for_an_adult(cast, support, time_machine):
    person = support.young_person
    Ground.objects.filter(young_person=person, kind="coordination").update(until=in_days(3))
    end(support, cast)
    keep_all_in_sight()
    later(time_machine, days=60)
    assert access.may(cast.coordinator, "coordinate", person)
    assert alone(cast.coordinator) == [support.pk]
    ending.no_longer_waits(support=support, reason="moved", by=cast.coordinator)
    assert access.may(cast.coordinator, "coordinate", person)
    later(time_machine, days=cast.mikkeli.days_seen_after_closing + 1)
    assert not access.may(cast.coordinator, "coordinate", person)


# --- The pages ------------------------------------------------------------------------------------------------------


def test_the_page_ends_it_once(cast, support, kaisa):
    assert kaisa.get(at("end", support)).status_code == 200
    assert kaisa.post(at("end", support), {"reason": "handed_over", "sees_on": "no"}).status_code == 200
    assert kaisa.post(at("end", support), {"reason": "wish"}).status_code == 200
    data = {"reason": "wish", "sees_on": "no"}
    assert kaisa.post(at("end", support), data).headers["Location"] == at("overview", support)
    support.refresh_from_db()
    assert (support.state, support.end_reason, support.ended_by) == ("ended", "wish", cast.coordinator)
    # Sent again it doesn't change the reason: now the page asks why nobody is needed.
    assert kaisa.post(at("end", support), data).status_code == 200
    assert kaisa.post(at("end", support), {"reason": "moved"}).status_code == 302
    assert kaisa.get(at("end", support)).headers["Location"] == at("overview", support)


def test_the_overview_says_where_it_stands(cast, support, kaisa):
    page = kaisa.get(at("overview", support)).content.decode()
    assert "Niina Hoitaja" in page
    assert "Aino" in page
    ready(support, cast.social_worker, by=cast.coordinator)
    assert "Sanna Sosiaali" in kaisa.get(at("overview", support)).content.decode()
    end(support, cast)
    assert kaisa.get(at("overview", support)).status_code == 200
    desk = kaisa.get("/").content.decode()
    assert at("overview", support) not in desk


def test_the_desk_leads_to_whoever_is_without_an_adult(cast, support, kaisa):
    end(support, cast)
    assert at("overview", support) in kaisa.get("/").content.decode()
    page = kaisa.get(at("overview", support)).content.decode()
    assert f"/support/name/{support.young_person.public_id}/" in page
