"""A choice that is undone leaves the meetings as they were, and nobody was told of anything in between."""

import json
from datetime import timedelta

import pytest
from django.utils import translation

from coordination.follow_ups.commands import undo_decision
from coordination.meetings import commands
from coordination.meetings.queries import coming_up
from coordination.outbox.commands import send_waiting
from coordination.outbox.models import Mail
from coordination.use_log.models import Look
from tests.coordination.meetings.test_meetings import IN_THREE_DAYS, decide, plan
from tests.coordination.meetings.test_meetings import cast as cast
from tests.coordination.meetings.test_meetings import follow_up as follow_up

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(IN_THREE_DAYS - timedelta(days=3), tick=False)
    with translation.override("en"):
        yield time_machine


@pytest.fixture
def planned(cast, follow_up, clock):
    """The teacher, the nurse and the coordinator meet; everybody has their entry. Choices can be undone."""
    cast.mikkeli.undo_minutes = 10
    cast.mikkeli.save()
    meeting = plan(cast, follow_up, cast.teacher, cast.nurse, cast.coordinator)
    send_waiting()
    clock.shift(timedelta(hours=1))
    return meeting


def say(cast, follow_up, **said):
    follow_up.refresh_from_db()
    decide(cast, follow_up, cast.nurse, **said)


def undo(cast, follow_up):
    follow_up.refresh_from_db()
    undo_decision(follow_up=follow_up, adult=follow_up.asked.get(membership=cast.nurse), by=cast.coordinator)


def not_left():
    """The letters that haven't left: whom they are to, and what they say of the meeting."""
    waiting = Mail.objects.filter(kind=Mail.Kind.LETTER, state="waiting").order_by("pk")
    found = [json.loads(one.letter) for one in waiting]
    return [(one["to"], one["context"]["kind"]) for one in found]


def is_invited(meeting, cast):
    return meeting.invited.get(membership=cast.nurse).dropped_at is None


MISTAKES = pytest.mark.parametrize("mistake", [{"takes_part": "no"}, {"apart": True}], ids=["no", "apart"])


@MISTAKES
@pytest.mark.parametrize("mended", ["undone", "saved right again"])
def test_a_mistake_mended_leaves_the_invitation_and_tells_nothing(cast, follow_up, planned, clock, mistake, mended):
    say(cast, follow_up, **mistake)
    assert not is_invited(planned, cast)
    clock.shift(timedelta(minutes=5))
    undo(cast, follow_up) if mended == "undone" else say(cast, follow_up)
    assert is_invited(planned, cast)
    assert list(coming_up(cast.nurse)) == [planned]
    clock.shift(timedelta(hours=1))
    send_waiting()
    assert not Mail.objects.filter(kind=Mail.Kind.LETTER).exclude(state="sent").exists()
    assert Mail.objects.filter(kind=Mail.Kind.LETTER).count() == 3


def test_apart_is_told_once_it_can_not_be_undone(cast, follow_up, planned, clock):
    say(cast, follow_up, apart=True)
    clock.shift(timedelta(minutes=9))
    assert send_waiting() == 0
    assert not_left() == [(cast.nurse.user.email, "cancelled")]
    clock.shift(timedelta(minutes=1))
    assert send_waiting() == 1


def test_saved_right_again_after_the_minutes_nothing_comes_back(cast, follow_up, planned, clock):
    """They have been told, so a coordinator invites them anew."""
    say(cast, follow_up, apart=True)
    clock.shift(timedelta(minutes=11))
    say(cast, follow_up)
    assert not is_invited(planned, cast)


@pytest.mark.parametrize("meanwhile", ["changed", "cancelled"])
def test_what_became_of_the_meeting_meanwhile_is_told(cast, follow_up, planned, clock, meanwhile):
    say(cast, follow_up, takes_part="no")
    clock.shift(timedelta(minutes=1))
    if meanwhile == "changed":
        commands.change_meeting(
            **{"meeting": planned, "memberships": [cast.teacher, cast.coordinator], "sequence": 0},
            **{"starts_at": planned.starts_at + timedelta(hours=1), "minutes": 30, "place": "Koulu"},
            by=cast.coordinator,
        )
    else:
        commands.cancel_meeting(meeting=planned, by=cast.coordinator)
    undo(cast, follow_up)
    assert [kind for to, kind in not_left() if to == cast.nurse.user.email] == [meanwhile]


def test_a_yes_undone_ends_the_invitation_that_came_with_it(cast, follow_up, planned, clock):
    say(cast, follow_up, takes_part="no")
    clock.shift(timedelta(hours=1))
    say(cast, follow_up)
    own = plan(cast, follow_up, cast.nurse, cast.coordinator)
    undo(cast, follow_up)
    assert not is_invited(own, cast)
    assert not_left()[-1] == (cast.nurse.user.email, "cancelled")


def test_the_row_of_what_was_passed_on_by_a_yes_has_one_against_it(cast, follow_up, planned, clock):
    say(cast, follow_up, takes_part="no")
    clock.shift(timedelta(hours=1))
    say(cast, follow_up)
    undo(cast, follow_up)
    *_earlier, given, taken_back = Look.objects.filter(purpose="disclosure").order_by("pk")
    assert (given.passed_on, taken_back.passed_on) == (["identity", "network"], ["taken_back"])
    assert given.passed_to_agency == taken_back.passed_to_agency == cast.health.pk


def test_whoever_is_kept_apart_meanwhile_does_not_meet_who_comes_back(cast, follow_up, planned, clock):
    say(cast, follow_up, takes_part="no")
    follow_up.refresh_from_db()
    decide(cast, follow_up, cast.teacher, apart=True)
    assert planned.invited.get(membership=cast.teacher).dropped_at is None  # nobody else but the coordinator comes
    undo(cast, follow_up)
    assert is_invited(planned, cast)
    assert planned.invited.get(membership=cast.teacher).dropped_at
