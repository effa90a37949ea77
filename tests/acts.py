"""Short ways to where a privacy test begins: a follow-up from a call, adults who take part, a protected person, and a
story that leaves something in every table."""

from uuid import uuid4

from django.utils import timezone

from coordination.agencies.models import Municipality, RevealReason
from coordination.clocks.rules import today
from coordination.follow_ups.commands import (
    Decision,
    add_adult,
    begin_from_call,
    save_call,
    save_guardian,
    take_up,
    tell_guardian,
)
from coordination.follow_ups.models import AskedAdult
from coordination.meetings.commands import hold_meeting, plan_meeting
from tests.cast import born


def begun(cast, *, by=None, years=18, phone="+358401112223", **names):
    """Aino's follow-up, begun from a call by the coordinator."""
    names = {"first_name": "Aino", "last_name": "Virtanen"} | names
    return begin_from_call(**names, birth_date=born(years), phone=phone, by=by or cast.coordinator)


def say(follow_up, *members, by, takes_part="yes", may_know="", apart=False):
    """The young person says this of each of these adults, who are asked about where they weren't yet."""
    for member in members:
        asked = AskedAdult.objects.filter(follow_up=follow_up, membership=member, left_at=None).first()
        asked = asked or add_adult(follow_up=follow_up, membership=member, by=by)
        decision = Decision(asked, takes_part, may_know, "young_person", apart=apart)
        save(follow_up, by=by, decisions=[decision])


def save(follow_up, *, by, decisions=(), **contact):
    """Save a call without an attempt, with these decisions and ways to reach the young person."""
    follow_up.refresh_from_db()
    save_call(
        follow_up=follow_up,
        by=by,
        version=follow_up.version,
        token=uuid4(),
        attempt=None,
        decisions=decisions,
        next_step=follow_up.next_step,
        next_step_on=follow_up.next_step_on,
        pause=False,
        contact=contact,
    )
    follow_up.refresh_from_db()
    follow_up.young_person.refresh_from_db()


def protect(follow_up, *, by):
    """Non-disclosure holds for the young person, who lives in Mikkeli."""
    save(follow_up, by=by, non_disclosure=True, municipality=Municipality.objects.get(code="491"))


def reason_to_reveal(area):
    """A reason in use in this area."""
    return RevealReason.objects.create(area=area, name_fi="Välttämätön tehtävän hoitamiseksi", law="VTJ-laki 37 §")


def whole_story(cast, **names):
    """A match of the teacher and the nurse, taken up; the nurse takes part and is mailed at once. A guardian is told by
    a one-time link, and a meeting has just been held, at which the nurse and the young person promised something. Their
    names stand wherever somebody can write."""
    cast.mikkeli.guardians_heard_under = 20
    cast.mikkeli.save()
    cast.nurse.user.rhythm = "immediate"
    cast.nurse.user.save()
    first, last, by = names["first_name"], names["last_name"], cast.coordinator
    follow_up = take_up(follow_up=cast.match(**names, phone="+358409998887"), by=by)
    nurse = follow_up.asked.get(membership=cast.nurse)
    save(follow_up, by=by, decisions=[Decision(nurse, "yes", "yes", "young_person")])
    guardian = save_guardian(
        **{"follow_up": follow_up, "by": by, "name": f"{first} {last} vanh.", "phone": "+358501112223"},
        **{"knows": "told", "said_by": "young_person", "token": uuid4()},
    )
    email = f"{first}.{last}@example.test".lower()
    tell_guardian(follow_up=follow_up, legal_guardian=guardian, email=email, language="fi", what=["network"], by=by)
    meeting = plan_meeting(
        **{"young_person": follow_up.young_person, "source": follow_up.public_id, "memberships": [cast.nurse, by]},
        **{"starts_at": timezone.now(), "minutes": 60, "place": f"{last}, koti", "token": uuid4(), "by": by},
    )
    invited = meeting.invited.get(membership=cast.nurse)
    agreed = [(f"{first} soittaa", None, today()), (f"Soitan: {last}", invited, today())]
    hold_meeting(meeting=meeting, attended=[invited.pk], agreed=agreed, by=by)
    follow_up.refresh_from_db()
    return follow_up
