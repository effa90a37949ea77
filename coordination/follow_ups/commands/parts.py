"""What the young person chose of one adult, and what follows from it at once."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from coordination.activity.commands import record
from coordination.activity.models import Event
from coordination.follow_ups import notices, queries
from coordination.follow_ups.models import AskedAdult
from coordination.outbox.commands import done, tell
from coordination.people import access
from coordination.people.models import Ground

TakesPart = AskedAdult.TakesPart
MayKnow = AskedAdult.MayKnow


@dataclass(frozen=True)
class Decision:
    """What the young person (or a guardian) said of one adult."""

    adult: AskedAdult
    takes_part: str
    may_know: str
    said_by: str


def decide(follow_up, decision, *, by):
    """Save what was said of one adult and do what follows from it; returns whether anything changed."""
    adult = decision.adult
    before = adult.takes_part, adult.may_know
    if before == (decision.takes_part, decision.may_know):
        return False
    if not decision.takes_part and not decision.may_know:
        return False
    adult.takes_part = decision.takes_part
    adult.may_know = MayKnow.YES if decision.takes_part == TakesPart.YES else decision.may_know
    adult.said_by = decision.said_by
    adult.decided_at = timezone.now()
    adult.decided_by = by
    adult.full_clean(exclude=["follow_up", "membership", "legal_ground", "left_at"])
    adult.save()
    if adult.takes_part == TakesPart.YES and before[0] != TakesPart.YES:
        begin_part(follow_up, adult, by=by)
    elif before[0] == TakesPart.YES and adult.takes_part != TakesPart.YES:
        end_part(follow_up, adult, by=by)
    elif adult.may_know == MayKnow.YES and before[1] != MayKnow.YES:
        tell(
            notices.WE_HAVE_TALKED,
            to=[adult.membership],
            about=adult.public_id,
            link=reverse("flagging:mine"),
            dedupe=adult.public_id,
        )
    return True


def begin_part(follow_up, adult, *, by):
    """The young person wants this adult along: from this moment they see the page, and they are told."""
    person = follow_up.young_person
    access.give_ground(
        young_person=person,
        kind=Ground.Kind.PARTICIPATION,
        source=follow_up.public_id,
        membership=adult.membership,
    )
    _record(Event.Kind.JOINED, follow_up, adult, by=by)
    tell(
        notices.YOU_ARE_WANTED,
        to=access.audience([adult.membership], "view_network", person),
        about=adult.public_id,
        link=queries.person_link(person),
        dedupe=f"{adult.public_id}:{adult.decided_at.timestamp()}",
    )


def end_part(follow_up, adult, *, by):
    """This adult no longer takes part: their sight ends now, and they are told that something has changed."""
    person = follow_up.young_person
    access.end_grounds(
        young_person=person,
        source=follow_up.public_id,
        kind=Ground.Kind.PARTICIPATION,
        membership=adult.membership,
    )
    done(about=adult.public_id)
    _record(Event.Kind.LEFT, follow_up, adult, by=by)
    tell(
        notices.YOUR_PART_ENDED,
        to=[adult.membership],
        about=adult.public_id,
        link="/",
        dedupe=f"{adult.public_id}:{timezone.now().timestamp()}",
    )


def _record(kind, follow_up, adult, *, by):
    record(
        kind,
        young_person_id=follow_up.young_person_id,
        by=by,
        audience=Event.Audience.EVERYONE,
        about=follow_up.public_id,
        data={"adult": str(adult.public_id)},
    )
