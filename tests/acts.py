"""Short ways to where a privacy test begins: a follow-up from a call, adults who take part, a protected person."""

from uuid import uuid4

from coordination.agencies.models import Municipality, RevealReason
from coordination.follow_ups.commands import Decision, add_adult, begin_from_call, save_call
from coordination.follow_ups.models import AskedAdult
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
