"""Meetings, and a family that is told by a link, in the demo."""

from datetime import datetime, time, timedelta
from uuid import uuid4

from django.utils import timezone

from coordination.clocks.rules import HELSINKI
from coordination.follow_ups.commands import tell_guardian
from coordination.follow_ups.queries import taking_part
from coordination.meetings.commands import hold_meeting, plan_meeting

WHO = "Lilja"


def stories(stage):
    """In no order, like the towns' own."""
    yield _meetings(stage)
    yield _told(stage)


def _meetings(stage):
    """Two meetings around the same young person: one was held and something was agreed, another is to come."""
    yield 7
    held = _plan(stage, days=2, place="Nuorisokahvila, Rantakatu 4")
    yield 1
    first, *_others = held.invited.order_by("pk")
    day = stage.day(6)
    agreed = [("Soittaa ammattiopiston opoon", first, day), ("Käydä tutustumassa työpajaan", None, day)]
    attended = {one.pk for one in held.invited.all()}
    hold_meeting(meeting=held, attended=attended, agreed=agreed, by=stage.cast["Kaisa"])
    _plan(stage, days=8, place="Ohjaamo, 2. kerros")


def _plan(stage, *, days, place):
    """A meeting so many days from that moment on, at 13.00."""
    follow_up = stage.follow_up(WHO)
    day = timezone.localdate() + timedelta(days=days)
    while day.weekday() > 4:
        day -= timedelta(days=1)
    return plan_meeting(
        young_person=follow_up.young_person,
        source=follow_up.public_id,
        memberships=[one.membership for one in taking_part(follow_up)] + [stage.cast["Kaisa"]],
        starts_at=datetime.combine(day, time(13), tzinfo=HELSINKI),
        minutes=60,
        place=place,
        token=uuid4(),
        by=stage.cast["Kaisa"],
    )


def _told(stage):
    """Peppi's mother is told by a link; she has not opened it yet."""
    yield 1
    follow_up = stage.follow_up("Peppi")
    mother = follow_up.young_person.legal_guardians.order_by("pk").first()
    tell_guardian(
        follow_up=follow_up,
        legal_guardian=mother,
        email="marjatta@example.invalid",
        language="fi",
        what=["next_step"],
        by=stage.cast["Kaisa"],
    )
