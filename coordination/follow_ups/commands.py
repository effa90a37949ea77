"""Opening, taking up, calling, deciding, closing."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from coordination.activity.commands import record
from coordination.activity.models import Event
from coordination.agencies.models import LegalGround, Membership
from coordination.agencies.rules import NotNow
from coordination.clocks.rules import today, working_day_after
from coordination.follow_ups import notices, queries, rules
from coordination.follow_ups.models import AskedAdult, ContactAttempt, FollowUp
from coordination.follow_ups.states import OPEN_STATES, FollowUpState
from coordination.outbox.commands import done, tell
from coordination.people import access
from coordination.people.commands import find_or_make
from coordination.people.models import Ground, YoungPerson

Kind = Event.Kind
Audience = Event.Audience
TakesPart = AskedAdult.TakesPart
MayKnow = AskedAdult.MayKnow


@dataclass(frozen=True)
class Asked:
    """A professional to ask the young person about, with what they knew of how to reach them."""

    membership: Membership
    phone: str = ""
    legal_ground: LegalGround | None = None


@dataclass(frozen=True)
class Decision:
    """What the young person (or a guardian) said of one adult."""

    adult: AskedAdult
    takes_part: str
    may_know: str
    said_by: str


def _locked(follow_up):
    """The follow-up as it is now, with everybody else who would change it waiting."""
    return (
        FollowUp.objects.select_for_update(no_key=True, of=["self"])
        .select_related("young_person", "area")
        .get(pk=follow_up.pk)
    )


def _save(follow_up, *fields):
    follow_up.version += 1
    follow_up.save(update_fields=[*fields, "version"])


@transaction.atomic
def open_follow_up(*, young_person, area, origin, asked=(), by=None):
    """Open the young person's follow-up in this area, or join the one that is open, and ask about these adults.

    The coordinators' sight begins here. The first contact is due in the area's number of working days, the day of
    opening not counted. The caller holds the young person's row.
    """
    follow_up = FollowUp.objects.filter(young_person=young_person, state__in=OPEN_STATES).first()
    if follow_up is None:
        follow_up = FollowUp.objects.create(
            young_person=young_person,
            area=area,
            origin=origin,
            contact_by=working_day_after(today(), area.days_to_contact),
        )
        access.give_ground(
            young_person=young_person, kind=Ground.Kind.COORDINATION, source=follow_up.public_id, area=area
        )
        record(Kind.FOLLOW_UP_OPENED, young_person_id=young_person.pk, by=by, about=follow_up.public_id)
        tell(
            notices.FOLLOW_UP_WAITS,
            to=[one for one in access.coordinators(area, young_person) if one != by],
            about=follow_up.public_id,
            link=follow_up.get_absolute_url(),
            due_on=follow_up.contact_by,
            dedupe=follow_up.public_id,
        )
    for one in asked:
        ask_also(follow_up=follow_up, asked=one)
    return follow_up


@transaction.atomic
def ask_also(*, follow_up, asked, by=None):
    """Ask the young person about one more adult. Somebody who had left is asked about anew."""
    follow_up = _locked(follow_up)
    adult, is_new = AskedAdult.objects.get_or_create(
        follow_up=follow_up,
        membership=asked.membership,
        defaults={"phone_given": asked.phone, "legal_ground": asked.legal_ground},
    )
    if not is_new and adult.left_at:
        adult.left_at = None
        adult.phone_given = asked.phone or adult.phone_given
        adult.takes_part, adult.may_know, adult.said_by, adult.decided_at = "", "", "", None
        adult.save()
        is_new = True
    if is_new and follow_up.owner and follow_up.owner != by:
        tell(
            notices.FOLLOW_UP_GREW,
            to=access.audience([follow_up.owner], "coordinate", follow_up.young_person),
            about=follow_up.public_id,
            link=follow_up.get_absolute_url(),
            dedupe=f"{adult.public_id}:{timezone.now():%Y%m%d%H%M%S}",
        )
    _save(follow_up)
    return adult


@transaction.atomic
def add_adult(*, follow_up, membership, by):
    """The coordinator asks about one more adult, on the young person's wish."""
    rules.check_begun(follow_up)
    return ask_also(follow_up=follow_up, asked=Asked(membership), by=by)


@transaction.atomic
def drop_excluded(*, follow_up):
    """Take off the sheet whoever has been excluded; they are not told."""
    follow_up = _locked(follow_up)
    for adult in follow_up.asked.filter(left_at=None).select_related("membership"):
        if queries.is_excluded(adult.membership, follow_up.young_person):
            adult.left_at = timezone.now()
            adult.save(update_fields=["left_at"])
            done(about=adult.public_id)
    _save(follow_up)


@transaction.atomic
def no_longer_asked(*, follow_up, membership):
    """An adult no longer wants to take part: their row leaves the sheet and their sight ends at once."""
    follow_up = _locked(follow_up)
    for adult in follow_up.asked.filter(membership=membership, left_at=None):
        adult.left_at = timezone.now()
        adult.save(update_fields=["left_at"])
        if adult.takes_part == TakesPart.YES:
            _end_part(follow_up, adult, by=None)
    _save(follow_up)


@transaction.atomic
def not_needed(*, follow_up):
    """Too few still ask and nobody had begun: the follow-up goes away, and with it the coordinators' sight."""
    follow_up = _locked(follow_up)
    rules.check_move(follow_up, FollowUpState.NOT_NEEDED)
    follow_up.state = FollowUpState.NOT_NEEDED
    _save(follow_up, "state")
    record(Kind.NOT_NEEDED, young_person_id=follow_up.young_person_id, by=None, about=follow_up.public_id)
    access.end_grounds(young_person=follow_up.young_person, source=follow_up.public_id)
    done(about=follow_up.public_id)


@transaction.atomic
def take_up(*, follow_up, by):
    """Become the follow-up's owner. Of two who press at once, the second learns who was first."""
    follow_up = _locked(follow_up)
    rules.check_move(follow_up, FollowUpState.TAKEN_UP)
    if follow_up.state != FollowUpState.WAITING:
        raise NotNow(_("Somebody has already taken this follow-up up."))
    follow_up.state = FollowUpState.TAKEN_UP
    follow_up.owner = by
    follow_up.taken_up_at = timezone.now()
    _save(follow_up, "state", "owner", "taken_up_at")
    record(Kind.TAKEN_UP, young_person_id=follow_up.young_person_id, by=by, about=follow_up.public_id)
    done(about=follow_up.public_id)
    return follow_up


@transaction.atomic
def take_over(*, follow_up, by, version):
    """Another coordinator of the area becomes the owner, so that no follow-up waits for somebody on leave."""
    follow_up = _locked(follow_up)
    rules.check_begun(follow_up)
    rules.check_same_version(follow_up, version)
    follow_up.owner = by
    _save(follow_up, "owner")
    record(Kind.HANDED_ON, young_person_id=follow_up.young_person_id, by=by, about=follow_up.public_id)
    done(about=follow_up.public_id)
    return follow_up


@transaction.atomic
def begin_from_call(*, first_name, last_name, birth_date, phone, by):
    """Begin from a telephone call: the young person's follow-up opens, taken up by whoever took the call.

    An open follow-up of the same young person in this area is joined; one in another area is not shown, and this area
    can't open a second one beside it.
    """
    person = YoungPerson.objects.select_for_update(no_key=True).get(
        pk=find_or_make(first_name=first_name, last_name=last_name, birth_date=birth_date, area=by.area)
    )
    if queries.is_excluded(by, person):
        raise NotNow(_("This can't be begun here. Ring another area's coordinator, who can take it over."))
    follow_up = open_follow_up(young_person=person, area=by.area, origin=FollowUp.Origin.CALL, by=by)
    if follow_up.area_id != by.agency.area_id:
        raise NotNow(_("This can't be begun here. Ring another area's coordinator, who can take it over."))
    if phone and not person.phone:
        person.phone = phone
        person.save(update_fields=["phone"])
    return take_up(follow_up=follow_up, by=by) if follow_up.state == FollowUpState.WAITING else follow_up


@transaction.atomic
def save_call(*, follow_up, by, version, token, attempt, decisions, next_step, next_step_on, pause, contact):
    """Save one call sheet: the attempt, what was decided of each adult, the next step and how to reach the person.

    `attempt` is None or a dict (at, channel, reached, identity_checked); `decisions` are Decision rows; `contact`
    is a dict of the young person's contact fields; `token` makes a doubled sending of the form harmless.
    Raises NotNow where the sheet was saved by another meanwhile, or isn't taken up.
    """
    follow_up = _locked(follow_up)
    if ContactAttempt.objects.filter(token=token).exists():
        return follow_up
    rules.check_begun(follow_up)
    rules.check_same_version(follow_up, version)
    if attempt:
        _save_attempt(follow_up, attempt, token=token, by=by)
    _save_contact(follow_up.young_person, contact)
    changed = [one for one in decisions if _decide(follow_up, one, by=by)]
    if changed:
        record(Kind.DECIDED, young_person_id=follow_up.young_person_id, by=by, about=follow_up.public_id)
    if (next_step, next_step_on) != (follow_up.next_step, follow_up.next_step_on):
        follow_up.next_step, follow_up.next_step_on = next_step, next_step_on
        record(
            Kind.NEXT_STEP,
            young_person_id=follow_up.young_person_id,
            by=by,
            audience=Audience.EVERYONE,
            about=follow_up.public_id,
            data={"step": next_step, "on": next_step_on.isoformat() if next_step_on else None},
        )
    _pause_or_go_on(follow_up, pause, by=by)
    _save(follow_up, "next_step", "next_step_on", "state", "reached_at")
    done(about=follow_up.public_id)
    return follow_up


def _save_attempt(follow_up, attempt, *, token, by):
    ContactAttempt.objects.create(follow_up=follow_up, by=by, token=token, **attempt)
    kind = Kind.REACHED if attempt["reached"] else Kind.CONTACT_TRIED
    record(
        kind,
        young_person_id=follow_up.young_person_id,
        by=by,
        about=follow_up.public_id,
        data={"channel": attempt["channel"]},
    )
    if attempt["reached"] and follow_up.reached_at is None:
        follow_up.reached_at = attempt["at"]


def _save_contact(young_person, contact):
    changed = [name for name, value in contact.items() if getattr(young_person, name) != value]
    for name in changed:
        setattr(young_person, name, contact[name])
    if changed:
        young_person.save(update_fields=changed)


def _pause_or_go_on(follow_up, pause, *, by):
    if pause and follow_up.state == FollowUpState.TAKEN_UP:
        follow_up.state = FollowUpState.PAUSED
        record(
            Kind.PAUSED,
            young_person_id=follow_up.young_person_id,
            by=by,
            about=follow_up.public_id,
            data={"on": follow_up.next_step_on.isoformat()},
        )
    elif not pause and follow_up.state == FollowUpState.PAUSED:
        follow_up.state = FollowUpState.TAKEN_UP


def _decide(follow_up, decision, *, by):
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
    adult.full_clean(exclude=["follow_up", "membership", "legal_ground"])
    adult.save()
    if adult.takes_part == TakesPart.YES and before[0] != TakesPart.YES:
        _begin_part(follow_up, adult, by=by)
    elif before[0] == TakesPart.YES and adult.takes_part != TakesPart.YES:
        _end_part(follow_up, adult, by=by)
    elif adult.may_know == MayKnow.YES and before[1] != MayKnow.YES:
        tell(
            notices.WE_HAVE_TALKED,
            to=[adult.membership],
            about=adult.public_id,
            link="/",
            dedupe=adult.public_id,
        )
    return True


def _begin_part(follow_up, adult, *, by):
    person = follow_up.young_person
    access.give_ground(
        young_person=person,
        kind=Ground.Kind.PARTICIPATION,
        source=follow_up.public_id,
        membership=adult.membership,
    )
    record(Kind.JOINED, young_person_id=person.pk, by=by, audience=Audience.EVERYONE, about=follow_up.public_id)
    tell(
        notices.YOU_ARE_WANTED,
        to=access.audience([adult.membership], "view_network", person),
        about=adult.public_id,
        link=queries.person_link(person),
        dedupe=f"{adult.public_id}:{adult.decided_at.timestamp()}",
    )


def _end_part(follow_up, adult, *, by):
    person = follow_up.young_person
    access.end_grounds(
        young_person=person,
        source=follow_up.public_id,
        kind=Ground.Kind.PARTICIPATION,
        membership=adult.membership,
    )
    done(about=adult.public_id)
    record(Kind.LEFT, young_person_id=person.pk, by=by, audience=Audience.EVERYONE, about=follow_up.public_id)
    tell(
        notices.YOUR_PART_ENDED,
        to=[adult.membership],
        about=adult.public_id,
        link="/",
        dedupe=f"{adult.public_id}:{timezone.now().timestamp()}",
    )


@transaction.atomic
def close_follow_up(*, follow_up, by, outcome, version):
    """Close with what came of it. What could be seen because of it can be seen for the area's days after closing."""
    follow_up = _locked(follow_up)
    rules.check_closable(follow_up)
    rules.check_same_version(follow_up, version)
    follow_up.state = FollowUpState.CLOSED
    follow_up.outcome = outcome
    follow_up.closed_at = timezone.now()
    follow_up.next_step, follow_up.next_step_on = "", None
    _save(follow_up, "state", "outcome", "closed_at", "next_step", "next_step_on")
    record(
        Kind.CLOSED,
        young_person_id=follow_up.young_person_id,
        by=by,
        audience=Audience.EVERYONE,
        about=follow_up.public_id,
        data={"outcome": outcome},
    )
    access.let_grounds_run_out(
        young_person=follow_up.young_person,
        source=follow_up.public_id,
        until=today() + timedelta(days=follow_up.area.days_seen_after_closing),
    )
    done(about=follow_up.public_id)
    return follow_up


def look_after_clocks():
    """Tell all coordinators of the area of each follow-up that is late or has no next step; once a day each."""
    for follow_up in queries.late().iterator(chunk_size=200):
        with transaction.atomic():
            tell(
                notices.FOLLOW_UP_LATE,
                to=access.coordinators(follow_up.area, follow_up.young_person),
                about=follow_up.public_id,
                link=follow_up.get_absolute_url(),
                due_on=queries.due_on(follow_up),
                dedupe=f"{follow_up.public_id}:{queries.due_on(follow_up)}",
            )


@transaction.atomic
def move_follow_ups(*, gone, kept, by):
    """After two rows were joined: the follow-ups go along; of two open ones, one goes on with everybody asked anew.

    Nobody who took part with one row sees the other's network until the young person has been asked again.
    """
    of_gone = FollowUp.objects.select_for_update(no_key=True).filter(young_person=gone, state__in=OPEN_STATES).first()
    of_kept = FollowUp.objects.select_for_update(no_key=True).filter(young_person=kept, state__in=OPEN_STATES).first()
    if of_gone and of_kept:
        for adult in of_gone.asked.filter(left_at=None).select_related("membership", "legal_ground"):
            ask_also(
                follow_up=of_kept,
                asked=Asked(adult.membership, phone=adult.phone_given, legal_ground=adult.legal_ground),
                by=by,
            )
        of_gone.owner = of_gone.owner or by
        of_gone.state, of_gone.outcome = FollowUpState.CLOSED, FollowUp.Outcome.OTHER
        of_gone.next_step, of_gone.next_step_on = "", None
        of_gone.closed_at = timezone.now()
        of_gone.save()
        done(about=of_gone.public_id)
    for follow_up in FollowUp.objects.filter(young_person=gone):
        follow_up.young_person = kept
        _save(follow_up, "young_person")
    if of_gone and not of_kept:
        of_gone.refresh_from_db()
        _ask_everybody_again(of_gone)
        access.give_ground(
            young_person=kept, kind=Ground.Kind.COORDINATION, source=of_gone.public_id, area=of_gone.area
        )


def _ask_everybody_again(follow_up):
    for adult in follow_up.asked.filter(left_at=None).exclude(takes_part=""):
        adult.takes_part, adult.may_know, adult.said_by, adult.decided_at = "", "", "", None
        adult.save()
