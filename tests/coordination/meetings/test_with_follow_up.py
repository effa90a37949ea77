"""A planned meeting is never left behind: it can be changed and cancelled as long as it is in a calendar."""

from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.urls import reverse

from config.merging import join
from coordination.agencies.rules import NotNow
from coordination.follow_ups.commands import accept_takeover, ask_area, close_follow_up, take_up
from coordination.follow_ups.models import FollowUp
from coordination.meetings import commands
from coordination.meetings.models import Meeting
from coordination.people import access
from coordination.people.models import Ground
from tests.cast import sign_in
from tests.coordination.meetings.test_meetings import (
    IN_THREE_DAYS,
    decide,
    entries,
    letters,
    plan,
)
from tests.coordination.meetings.test_meetings import cast as cast
from tests.coordination.meetings.test_meetings import follow_up as follow_up

pytestmark = pytest.mark.django_db


def close(cast, follow_up):
    follow_up.refresh_from_db()
    return close_follow_up(follow_up=follow_up, by=cast.coordinator, outcome="settled", version=follow_up.version)


def address(name, follow_up, *more):
    return reverse(f"follow_ups:{name}", args=[follow_up.public_id, *more])


def names_the_day(refused):
    day = IN_THREE_DAYS.astimezone()
    return f"{day.day}.{day.month}.{day.year}" in str(refused.value.sentence)


def test_a_follow_up_with_a_planned_meeting_is_not_closed(cast, follow_up):
    plan(cast, follow_up)
    meeting = Meeting.objects.get()
    with pytest.raises(NotNow) as refused:
        close(cast, follow_up)
    assert names_the_day(refused)
    commands.cancel_meeting(meeting=meeting, by=cast.coordinator)
    assert close(cast, follow_up).outcome == "settled"


def test_a_meeting_that_was_held_lets_it_close(cast, follow_up):
    meeting = plan(cast, follow_up)
    with time_machine.travel(IN_THREE_DAYS + timedelta(hours=2), tick=False):
        with pytest.raises(NotNow):
            close(cast, follow_up)
        commands.hold_meeting(meeting=meeting, attended=set(), agreed=[], by=cast.coordinator)
        assert close(cast, follow_up).outcome == "settled"


def test_of_two_joined_the_meetings_go_on_with_the_one_that_goes_on(cast, follow_up):
    other = take_up(follow_up=cast.match(last_name="Korhonen"), by=cast.coordinator)
    decide(cast, other, cast.teacher)
    meeting = plan(cast, other, cast.teacher, cast.coordinator)
    with transaction.atomic():
        join(kept=follow_up.young_person, gone=other.young_person, by=cast.coordinator)
    other.refresh_from_db()
    assert other.state == "closed"
    client = sign_in(Client(), cast.coordinator)
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert address("cancel_meeting", follow_up, meeting.public_id) in page
    client.post(address("cancel_meeting", follow_up, meeting.public_id))
    assert Meeting.objects.get().state == "cancelled"


def test_while_it_waits_again_its_meetings_say_that_it_must_be_taken_up(cast, follow_up):
    meeting = plan(cast, follow_up)
    FollowUp.objects.update(state="waiting", owner=None)
    client = sign_in(Client(HTTP_ACCEPT_LANGUAGE="en"), cast.second_coordinator)
    for name in ("hold_meeting", "change_meeting", "cancel_meeting"):
        answer = client.post(address(name, follow_up, meeting.public_id), follow=True)
        assert answer.redirect_chain[-1][0] == follow_up.get_absolute_url()
        assert [str(one) for one in answer.context["messages"]]
    assert Meeting.objects.get().state == "planned"


# --- Who has lost sight -----------------------------------------------------------------------------------------------


def hand_over(cast, follow_up):
    takeover = ask_area(follow_up=follow_up, to_area=cast.kerava, reason="moved", by=cast.coordinator)
    accept_takeover(takeover=takeover, by=cast.other_coordinator)


def test_a_takeover_takes_the_former_coordinator_off_its_meetings(cast, follow_up):
    meeting = plan(cast, follow_up, cast.teacher, cast.nurse, cast.coordinator)
    sent = len(letters())
    hand_over(cast, follow_up)
    assert [one["to"] for one in letters()[sent:]] == [cast.coordinator.user.email]
    assert entries()[-1]["METHOD"] == "CANCEL"
    page = sign_in(Client(), cast.teacher).get(meeting.get_absolute_url())
    assert {one["adult"].name for one in page.context["adults"]} == {"Tiina Opettaja", "Niina Hoitaja"}
    commands.cancel_meeting(meeting=meeting, by=cast.other_coordinator)
    assert {one["to"] for one in letters()[sent + 1 :]} == {cast.teacher.user.email, cast.nurse.user.email}


def test_a_cancelling_is_told_to_those_who_may_see_the_young_person(cast, follow_up):
    meeting = plan(cast, follow_up)
    sent = len(letters())
    access.end_grounds(
        young_person=follow_up.young_person,
        source=follow_up.public_id,
        kind=Ground.Kind.PARTICIPATION,
        membership=cast.nurse,
    )
    commands.cancel_meeting(meeting=meeting, by=cast.coordinator)
    assert [one["to"] for one in letters()[sent:]] == [cast.teacher.user.email]


# --- Non-disclosure ---------------------------------------------------------------------------------------------------


def place_of(membership, meeting):
    page = sign_in(Client(HTTP_ACCEPT_LANGUAGE="en"), membership).get(meeting.get_absolute_url())
    return page.context["place"], "Kirjaston kahvila" in page.content.decode()


@pytest.mark.parametrize("state", ["planned", "held", "cancelled"])
def test_under_non_disclosure_the_place_is_for_coordinators_alone(cast, follow_up, state):
    """Also of a meeting that was planned before: a place tells the municipality."""
    meeting = plan(cast, follow_up, cast.teacher, cast.nurse)
    Meeting.objects.update(state=state, held_at=IN_THREE_DAYS if state == "held" else None)
    assert place_of(cast.teacher, meeting) == ("Kirjaston kahvila", True)
    person = follow_up.young_person
    type(person).objects.filter(pk=person.pk).update(non_disclosure=True)
    assert place_of(cast.coordinator, meeting) == ("Kirjaston kahvila", True)
    ask = "Kysy paikka koordinaattorilta." if state == "planned" else ""
    assert place_of(cast.teacher, meeting) == (ask, False)
