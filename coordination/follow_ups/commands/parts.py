"""What the young person chose of one adult, and what follows from it at once."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from coordination.activity.commands import record
from coordination.activity.models import Event
from coordination.erasures.commands import note
from coordination.follow_ups import notices, queries, rules
from coordination.follow_ups.models import AskedAdult
from coordination.meetings.commands import come_back, leave_meetings
from coordination.meetings.queries import planned_of, planned_with
from coordination.outbox.commands import done, forget_held, tell
from coordination.people import access
from coordination.people.models import Ground

TakesPart = AskedAdult.TakesPart
MayKnow = AskedAdult.MayKnow


@dataclass(frozen=True)
class Decision:
    """What the young person (or a guardian) said of one adult. `apart`: this adult and the others who take part may
    not know of each other."""

    adult: AskedAdult
    takes_part: str
    may_know: str
    said_by: str
    apart: bool = False


def decide(follow_up, decision, *, by, at=None):
    """Save what was said of one adult and do what follows from it; returns whether anything changed.

    `at` that moment, which a restored backup has forgotten: then it can't be undone, and may be that nothing was said.
    """
    adult = decision.adult
    before, decided_before = (adult.takes_part, adult.may_know, adult.apart), adult.decided_at
    left_before = adult.undo_to.get("left", {}) if rules.can_be_undone(adult, follow_up.area) else {}
    if before == (decision.takes_part, decision.may_know, decision.apart):
        return False
    if not (decision.takes_part or decision.may_know or at):
        return False
    adult.takes_part = decision.takes_part
    adult.may_know = MayKnow.YES if decision.takes_part == TakesPart.YES else decision.may_know
    was_apart, adult.apart = adult.apart, decision.apart and decision.takes_part == TakesPart.YES
    adult.undo_to = _undo_to(adult, before) if follow_up.area.undo_minutes and not at else None
    adult.said_by = decision.said_by
    adult.decided_at = at or timezone.now()
    adult.decided_by = by
    adult.full_clean(exclude=["follow_up", "membership", "legal_ground", "left_at", "decided_by"])
    adult.save()
    if before[0] == TakesPart.YES or before[1] == MayKnow.YES:
        note_decision(adult)
    left, told_from = {}, rules.told_from(adult, follow_up.area)
    if adult.takes_part == TakesPart.YES and before[0] != TakesPart.YES:
        begin_part(follow_up, adult, by=by)
    elif before[0] == TakesPart.YES and adult.takes_part != TakesPart.YES:
        left = end_part(follow_up, adult, by=by, unseen=was_apart, since=decided_before, held_until=told_from)
    elif adult.may_know == MayKnow.YES and before[1] != MayKnow.YES:
        tell(
            notices.WE_HAVE_TALKED,
            to=[adult.membership],
            about=adult.public_id,
            link=reverse("flagging:mine"),
            dedupe=adult.public_id,
            held_until=told_from,
        )
    if adult.apart and not was_apart:
        left = leave_the_others(follow_up, adult, not_before=told_from)
    elif adult.takes_part == TakesPart.YES and not adult.apart:
        invite_again(follow_up, adult, left_before)  # saved right again in the minutes for undoing: never told
    if left and adult.undo_to:
        adult.undo_to["left"] = left
        adult.save(update_fields=["undo_to"])
    return True


def note_decision(adult):
    """Let the ledger know what is said of an adult from now on, where it may take back what was said before."""
    note(
        "decision",
        adult=adult.public_id,
        takes_part=adult.takes_part,
        may_know=adult.may_know,
        apart="yes" if adult.apart else None,
    )


def leave_the_others(follow_up, adult, *, not_before=None):
    """Whoever is kept apart comes to no meeting that was planned with the others: it would tell each of the other.

    They are told no earlier than at the moment `not_before`. Returns which meetings they left.
    """
    others = [one.membership_id for one in queries.taking_part(follow_up) if one.pk != adult.pk]
    return leave_meetings(
        invitations=planned_with(adult.membership, others, source=follow_up.public_id),
        told=True,
        not_before=not_before,
    )


def invite_again(follow_up, adult, left):
    """As if this adult had never left these meetings; but for whoever is kept apart from them since."""
    if left:
        come_back(left=left)
        for other in queries.taking_part(follow_up):
            if other.apart and other.pk != adult.pk:
                leave_the_others(follow_up, other)


def _undo_to(adult, before):
    """The decision as it was, for undoing: `before` is what it said, the rest is still on the row."""
    takes_part, may_know, apart = before
    return {
        "takes_part": takes_part,
        "may_know": may_know,
        "apart": apart,
        "said_by": adult.said_by,
        "decided_at": adult.decided_at and adult.decided_at.isoformat(),
        "decided_by": adult.decided_by_id,
    }


def begin_part(follow_up, adult, *, by):
    """The young person wants this adult along: from this moment they see the page, and they are told once it can't be
    undone any more."""
    give_part(follow_up, adult)
    _record(Event.Kind.JOINED, follow_up, adult, by=by, unseen=adult.apart)
    person = follow_up.young_person
    shared = ["contact"] if shows_contact(person) else []
    access.pass_on(young_person=person, by=by, agency=adult.membership.agency, what=["identity", "network", *shared])
    tell_wanted(follow_up, adult)


def shows_contact(young_person):
    """Whether those who take part see how to reach the young person."""
    return young_person.contact_shared and not young_person.non_disclosure


def pass_contact_on(follow_up, *, by):
    """Those who take part already see from now on how to reach the young person: the disclosure log says so of each."""
    for adult in queries.taking_part(follow_up):
        access.pass_on(young_person=follow_up.young_person, by=by, agency=adult.membership.agency, what=["contact"])


def give_part(follow_up, adult):
    """Let this adult see the young person's page because of the follow-up."""
    access.give_ground(
        young_person=follow_up.young_person,
        kind=Ground.Kind.PARTICIPATION,
        source=follow_up.public_id,
        membership=adult.membership,
    )


def tell_wanted(follow_up, adult):
    """Tell this adult that the young person wants them along; the same decision is told once."""
    person = follow_up.young_person
    tell(
        notices.YOU_ARE_WANTED,
        to=access.audience([adult.membership], "view_network", person),
        about=adult.public_id,
        link=queries.person_link(person),
        dedupe=f"{adult.public_id}:{adult.decided_at.timestamp()}",
        held_until=rules.told_from(adult, follow_up.area),
    )


def end_part(follow_up, adult, *, by, unseen=None, since=None, held_until=None):
    """This adult no longer takes part: their sight ends now, and they are told that something has changed.

    `unseen`: whether the others knew nothing of this adult while they took part (default: as the row says). `since`:
    when the part began (default: as the row says). Whoever never learned of it isn't told that it ended. Returns which
    meetings they left.
    """
    unseen = adult.apart if unseen is None else unseen
    person = follow_up.young_person
    access.end_grounds(
        young_person=person,
        source=follow_up.public_id,
        kind=Ground.Kind.PARTICIPATION,
        membership=adult.membership,
    )
    left = leave_meetings(invitations=planned_of(adult.membership).filter(meeting__source=follow_up.public_id))
    untold = forget_held(about=adult.public_id, to=[adult.membership])
    done(about=adult.public_id)
    # Somebody of a sensitive agency leaves no line behind.
    _record(Event.Kind.LEFT, follow_up, adult, by=by, unseen=unseen or adult.membership.agency.sensitive)
    if untold and not queries.has_seen(adult, follow_up.young_person, since=since or adult.decided_at):
        return left
    tell(
        notices.YOUR_PART_ENDED,
        to=[adult.membership],
        about=adult.public_id,
        link="/",
        dedupe=f"{adult.public_id}:{timezone.now().timestamp()}",
        held_until=held_until,
    )
    return left


def _record(kind, follow_up, adult, *, by, unseen):
    """Everybody who takes part reads it; where the others may not know of this adult, coordinators and the adult."""
    what = {
        "young_person_id": follow_up.young_person_id,
        "by": by,
        "about": follow_up.public_id,
        "data": {"adult": str(adult.public_id)},
    }
    if unseen:
        record(kind, **what)
        record(kind, to=adult.membership, **what)
        return
    apart = follow_up.asked.filter(apart=True, left_at=None).exclude(pk=adult.pk).values("membership")
    record(kind, audience=Event.Audience.EVERYONE, unmoved=apart, **what)
