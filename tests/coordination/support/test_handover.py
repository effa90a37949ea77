"""A handover: the next adult said yes, the three met, and in one moment one ends and the other begins."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from coordination.activity.models import Event
from coordination.agencies.rules import NotNow
from coordination.clocks.rules import HELSINKI, today
from coordination.meetings.models import Meeting
from coordination.people import access
from coordination.support.commands import handover, naming
from coordination.support.models import Support
from tests.cast import sign_in
from tests.coordination.support.changes import alone, at, boxes, in_days, later, ready, told
from tests.coordination.support.namings import accepted, named
from tests.coordination.support.working import supported


@pytest.fixture
def support(cast):
    return supported(cast)


@pytest.fixture
def kaisa(cast):
    return sign_in(Client(), cast.coordinator)


def hand_over(support, cast, **more):
    return handover.complete_handover(support=support, by=cast.coordinator, **({"met_on": today()} | more))


def plan(support, cast, **more):
    values = {
        "memberships": [cast.nurse, cast.social_worker, cast.coordinator],
        "starts_at": timezone.now() + timedelta(days=2),
        "minutes": 60,
        "place": "Kirjasto",
        "token": uuid4(),
        "by": cast.coordinator,
    } | more
    return handover.plan_warm_meeting(support=support, **values)


def test_one_ends_and_the_other_begins_in_one_moment(cast, support):
    ready(support, cast.social_worker, by=cast.coordinator)
    begun = hand_over(support, cast)
    support.refresh_from_db()
    assert (support.state, support.end_reason, begun.state) == ("ended", "handed_over", "active")
    assert begun.adult == cast.social_worker
    assert begun.began_at >= support.ended_at
    person = support.young_person
    assert not access.may(cast.nurse, "view_network", person)
    assert access.may(cast.social_worker, "support", person)
    assert alone(cast.coordinator) == []
    assert [told(cast.nurse, "support_ended"), told(cast.social_worker, "you_begin")] == [1, 1]
    event = Event.objects.get(kind="adult_changed")
    assert (event.about, event.data) == (begun.public_id, {"on": str(today())})
    assert not Event.objects.filter(kind="adult_ended").exists()


def test_nobody_hands_over_before_a_yes_or_before_the_three_met(cast, support):
    with pytest.raises(NotNow):
        hand_over(support, cast)
    successor = named(support.young_person, cast.social_worker, by=cast.coordinator, predecessor=support)
    with pytest.raises(NotNow):
        hand_over(support, cast)
    naming.accept(support=successor, by=cast.social_worker)
    for day in (None, in_days(1), in_days(-400)):
        with pytest.raises(NotNow):
            hand_over(support, cast, met_on=day)
    support.refresh_from_db()
    assert support.state == "active"


def test_whoever_can_be_the_adult_no_more_does_not_begin(cast, support):
    ready(support, cast.social_worker, by=cast.coordinator)
    cast.social_worker.user.trainings.update(ended_on=today())
    with pytest.raises(NotNow):
        hand_over(support, cast)


def test_the_same_press_again_changes_nothing(cast, support):
    ready(support, cast.social_worker, by=cast.coordinator)
    assert hand_over(support, cast) == hand_over(support, cast)
    assert Event.objects.filter(kind="adult_changed").count() == 1


def test_the_former_adult_sees_on_only_with_the_young_persons_yes(cast, support):
    ready(support, cast.social_worker, by=cast.coordinator)
    begun = hand_over(support, cast, sees_on=True)
    niina = sign_in(Client(), cast.nurse)
    assert access.may(cast.nurse, "view_network", support.young_person)
    assert niina.get(at("support", begun)).status_code == 404
    assert niina.get(at("support", support)).status_code == 200
    assert niina.post(at("matter", support), {"kind": "work"}).status_code == 302
    assert not support.matters.exists()


def test_the_meeting_that_was_planned_is_the_meeting_of_the_three(cast, support, time_machine):
    successor = ready(support, cast.social_worker, by=cast.coordinator)
    with pytest.raises(NotNow):
        hand_over(support, cast, met_on=None)
    meeting = plan(support, cast)
    assert meeting.source == successor.public_id
    assert {one.membership for one in meeting.invited.all()} == {cast.nurse, cast.social_worker, cast.coordinator}
    # From the invitation on the next adult sees the page, but works only when they have begun.
    assert access.may(cast.social_worker, "view_network", support.young_person)
    with pytest.raises(NotNow):
        hand_over(support, cast, met_on=None)
    later(time_machine, days=2, hours=1)
    hand_over(support, cast, met_on=None)
    meeting.refresh_from_db()
    assert meeting.state == "held"


def test_a_planned_meeting_is_cancelled_with_the_asking_and_the_sight_ends(cast, support):
    successor = ready(support, cast.social_worker, by=cast.coordinator)
    meeting = plan(support, cast)
    naming.take_back(support=successor, by=cast.coordinator)
    meeting.refresh_from_db()
    assert meeting.state == "cancelled"
    assert not access.may(cast.social_worker, "view_network", support.young_person)
    assert access.may(cast.nurse, "support", support.young_person)


def test_a_meeting_of_the_three_is_planned_after_a_yes_and_once(cast, support):
    with pytest.raises(NotNow):
        plan(support, cast)
    ready(support, cast.social_worker, by=cast.coordinator)
    token = uuid4()
    assert plan(support, cast, token=token) == plan(support, cast, token=token)


# --- The pages ------------------------------------------------------------------------------------------------------


def test_the_whole_way_on_the_pages(cast, support, kaisa):
    accepted(cast.social_worker.agency)
    assert kaisa.get(at("hand_over", support)).status_code == 200
    path = at("name_successor", support)
    form = kaisa.get(path).context["form"]
    data = {
        "token": str(form["token"].value()),
        "find": "Sanna",
        "adult": str(cast.social_worker.public_id),
        "agreed_how": "face",
        "asked_by": str(cast.coordinator.public_id),
        **boxes("agreed_on", today()),
    }
    assert kaisa.post(path, data | {"search": "1"}).status_code == 200
    assert kaisa.post(path, data).headers["Location"] == at("hand_over", support)
    successor = Support.objects.get(predecessor=support)
    # Sent again, and asked for again, the page knows that somebody has been asked.
    assert kaisa.post(path, data).status_code == 302
    assert kaisa.get(path).headers["Location"] == at("hand_over", support)
    assert kaisa.get(at("plan_meeting", support)).status_code == 302
    naming.accept(support=successor, by=cast.social_worker)
    form = kaisa.get(at("plan_meeting", support)).context["form"]
    day = in_days(2)
    data = {
        "token": str(form["token"].value()),
        "time": "9.15",
        "minutes": "60",
        "place": "Kirjasto",
        "adults": [str(one.public_id) for one in (cast.nurse, cast.social_worker)],
        "agreed": "on",
        **boxes("day", day),
    }
    assert [kaisa.post(at("plan_meeting", support), data).status_code for _ in range(2)] == [302, 302]
    meeting = Meeting.objects.get()
    assert meeting.starts_at == datetime(day.year, day.month, day.day, 9, 15, tzinfo=HELSINKI)
    # On the meeting's page nothing leads to a follow-up that it isn't of.
    assert "follow-ups/" + str(meeting.source) not in kaisa.get(meeting.get_absolute_url()).content.decode()
    assert kaisa.get(at("cancel_meeting", support)).status_code == 302
    meeting.refresh_from_db()
    assert meeting.state == "planned"
    assert kaisa.post(at("cancel_meeting", support)).status_code == 302
    meeting.refresh_from_db()
    assert meeting.state == "cancelled"
    assert kaisa.post(at("hand_over", support), {"sees_on": "no", "agreed": "on"}).status_code == 200
    data = {"sees_on": "yes", "agreed": "on", **boxes("met_on", today())}
    assert kaisa.post(at("hand_over", support), data).headers["Location"] == at("overview", successor)
    assert kaisa.post(at("hand_over", support), data).headers["Location"] == at("overview", support)
    support.refresh_from_db()
    assert support.seen_until == in_days(30)
    assert kaisa.get(at("overview", support)).status_code == kaisa.get(at("overview", successor)).status_code == 200


def test_only_coordinators_hand_over(cast, support):
    for member in (cast.nurse, cast.teacher, cast.administrator, cast.other_coordinator):
        client = sign_in(Client(), member)
        for name in ("overview", "hand_over", "name_successor", "plan_meeting", "cancel_meeting", "end", "substitute"):
            assert client.get(at(name, support)).status_code == 404
            assert client.post(at(name, support), {"reason": "wish", "sees_on": "yes"}).status_code == 404
    support.refresh_from_db()
    assert support.state == "active"
