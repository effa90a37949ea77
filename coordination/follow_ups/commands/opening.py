"""Opening a follow-up, and who is asked about in it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from coordination.activity.commands import record
from coordination.activity.models import Event
from coordination.agencies.models import LegalGround, Membership
from coordination.agencies.rules import NotNow, holds
from coordination.clocks.rules import today, working_day_after
from coordination.follow_ups import notices, queries, rules
from coordination.follow_ups.commands.answers import end_asking
from coordination.follow_ups.commands.leaving import hand_on
from coordination.follow_ups.commands.parts import end_part
from coordination.follow_ups.commands.rows import locked, save
from coordination.follow_ups.models import AskedAdult, FollowUp
from coordination.follow_ups.states import OPEN_STATES, FollowUpState
from coordination.interface.wake import wake
from coordination.meetings.commands import leave_meetings
from coordination.meetings.queries import planned_of_users
from coordination.outbox.commands import done, forget, tell
from coordination.people import access
from coordination.people import commands as people
from coordination.people.exclusions import kept_away
from coordination.people.holding import hold_all
from coordination.people.models import Ground

TakesPart = AskedAdult.TakesPart


@dataclass(frozen=True)
class Asked:
    """A professional to ask the young person about, with what they knew of how to reach them.

    `since` is when they wished to be asked about: by the area's rules from then on sight ends after closing.
    """

    membership: Membership
    phone: str = ""
    legal_ground: LegalGround | None = None
    since: datetime | None = None


@transaction.atomic
def open_follow_up(*, young_person, area, origin, asked=(), by=None):
    """Open the young person's follow-up in this area, or join the one that is open, and ask about these adults.

    The coordinators' sight begins here. The first contact is due in the area's number of working days, the day of
    opening not counted. The caller holds the young person's row.
    """
    joined = FollowUp.objects.filter(young_person=young_person, state__in=OPEN_STATES).first()
    follow_up = locked(joined) if joined else _opened(young_person, area, origin, by)
    for one in asked:
        _ask(follow_up, one, by=by)
    if joined and asked:
        save(follow_up)
    return follow_up


def _opened(young_person, area, origin, by):
    follow_up = FollowUp.objects.create(
        young_person=young_person,
        area=area,
        origin=origin,
        contact_by=working_day_after(today(), area.days_to_contact),
    )
    access.give_ground(young_person=young_person, kind=Ground.Kind.COORDINATION, source=follow_up.public_id, area=area)
    record(Event.Kind.FOLLOW_UP_OPENED, young_person_id=young_person.pk, by=by, about=follow_up.public_id)
    tell(
        notices.FOLLOW_UP_WAITS,
        to=[one for one in access.coordinators(area, young_person) if one != by],
        about=follow_up.public_id,
        link=follow_up.get_absolute_url(),
        due_on=follow_up.contact_by,
        dedupe=follow_up.public_id,
    )
    return follow_up


@transaction.atomic
def ask_also(*, follow_up, asked, by=None):
    """Ask the young person about one more adult. Somebody who had left is asked about anew; returns None where nobody
    is asked about, as in `_ask`."""
    follow_up = locked(follow_up)
    adult = _ask(follow_up, asked, by=by)
    save(follow_up)
    return adult


def _ask(follow_up, asked, *, by):
    """Ask about one adult; the follow-up is held, so nobody else adds the same one meanwhile.

    Not about somebody who must not learn of the young person or works here no more: whoever calls need not have asked.
    """
    if not holds(asked.membership) or queries.is_excluded(asked.membership, follow_up.young_person):
        return None
    adult = AskedAdult.objects.filter(follow_up=follow_up, membership=asked.membership).first()
    is_new = adult is None
    if asked.since and asked.since < follow_up.rules_from:
        follow_up.rules_from = asked.since
        follow_up.save(update_fields=["rules_from"])
    if is_new:
        adult = AskedAdult.objects.create(
            follow_up=follow_up,
            membership=asked.membership,
            phone_given=asked.phone,
            legal_ground=asked.legal_ground,
        )
    elif adult.left_at:
        adult.left_at = None
        adult.phone_given = asked.phone or adult.phone_given
        adult.legal_ground = asked.legal_ground
        adult.takes_part, adult.may_know, adult.said_by, adult.decided_at = "", "", "", None
        adult.apart = False
        adult.save()
        is_new = True
    elif asked.since and adult.legal_ground != asked.legal_ground:
        # Another flag of theirs, or the same renewed: the sheet says on what it came.
        adult.legal_ground = asked.legal_ground
        adult.save(update_fields=["legal_ground"])
    if is_new and follow_up.owner and follow_up.owner != by:
        tell(
            notices.FOLLOW_UP_GREW,
            to=queries.coordinating(follow_up),
            about=follow_up.public_id,
            link=follow_up.get_absolute_url(),
            dedupe=f"{adult.public_id}:{timezone.now():%Y%m%d%H%M%S}",
            except_for=by,
        )
    return adult


@transaction.atomic
def add_adult(*, follow_up, membership, by):
    """The coordinator asks about one more adult, on the young person's wish."""
    follow_up = locked(follow_up)
    rules.check_begun(follow_up)
    if queries.is_excluded(membership, follow_up.young_person):
        raise NotNow(_("This adult must not learn of the young person."))
    return ask_also(follow_up=follow_up, asked=Asked(membership), by=by)


@transaction.atomic
def exclude(*, follow_up, by, user=None, agency=None):
    """Keep this user or agency from learning of the young person, and take them off the sheet; they are not told."""
    follow_up = locked(follow_up)
    exclusion, is_new = people.exclude(young_person=follow_up.young_person, by=by, user=user, agency=agency)
    if not access.coordinators(follow_up.area, follow_up.young_person):
        raise NotNow(
            _(
                "Then no coordinator of the area could go on with this young person. Ask another area to take this over"
                " instead."
            )
        )
    drop_excluded(young_person=follow_up.young_person, by=by)
    if is_new:
        record(Event.Kind.EXCLUDED, young_person_id=follow_up.young_person_id, by=by, about=follow_up.public_id)
    return exclusion


@transaction.atomic
def drop_excluded(*, young_person, by=None):
    """Take whoever must not learn of the young person off the open sheet and out of the planned meetings, and take back
    what they were told of any follow-up; they are not told. One that they own is `by`'s from now on, or waits again.

    No cancelled entry reaches their calendars either: it would tell the day and the hour.
    """
    users = kept_away(young_person)
    for follow_up in FollowUp.objects.filter(young_person=young_person):
        leave_meetings(invitations=planned_of_users(users, source=follow_up.public_id))
        about = [follow_up.public_id, *follow_up.asked.values_list("public_id", flat=True)]
        forget(about=about, to=Membership.objects.filter(user__in=users))
        if follow_up.state in OPEN_STATES:
            _drop_from_sheet(locked(follow_up), users, by=by)
    # What has to do with the one adult is spoken of by the public id that their sight came from. Whatever else was told
    # of it is the floor above's to know, and goes in the moment after.
    kinds = [Ground.Kind.NAMING, Ground.Kind.SUPPORT, Ground.Kind.TALK]
    seen = young_person.grounds.filter(membership__user__in=users, kind__in=kinds).values_list("source", flat=True)
    forget(about=list(seen), to=Membership.objects.filter(user__in=users))
    wake("coordination.settle_supports")


def _drop_from_sheet(follow_up, users, *, by):
    if follow_up.owner and follow_up.owner.user_id in users:
        # Those who take part read who coordinates, and would ring the very one who must not learn.
        hand_on(follow_up, to=by, by=by)
    for adult in follow_up.asked.filter(left_at=None, membership__user__in=users):
        adult.left_at = timezone.now()
        adult.save(update_fields=["left_at"])
        done(about=adult.public_id)
    save(follow_up)


@transaction.atomic
def end_exclusion(*, follow_up, exclusion, by):
    """The user or agency may be asked about again."""
    people.end_exclusion(exclusion=exclusion)
    record(Event.Kind.EXCLUSION_ENDED, young_person_id=follow_up.young_person_id, by=by, about=follow_up.public_id)


@transaction.atomic
def no_longer_asked(*, follow_up, membership):
    """An adult no longer wants to take part: their row leaves the sheet and their sight ends at once."""
    follow_up = locked(follow_up)
    for adult in follow_up.asked.filter(membership=membership, left_at=None):
        adult.left_at = timezone.now()
        adult.save(update_fields=["left_at"])
        if adult.takes_part == TakesPart.YES:
            end_part(follow_up, adult, by=None)
    save(follow_up)


@transaction.atomic
def not_needed(*, follow_up):
    """Too few still ask and nobody had begun: the follow-up goes away, and with it the coordinators' sight."""
    follow_up = locked(follow_up)
    rules.check_move(follow_up, FollowUpState.NOT_NEEDED)
    follow_up.state = FollowUpState.NOT_NEEDED
    follow_up.closed_at = timezone.now()
    save(follow_up, "state", "closed_at")
    record(Event.Kind.NOT_NEEDED, young_person_id=follow_up.young_person_id, by=None, about=follow_up.public_id)
    access.end_grounds(young_person=follow_up.young_person, source=follow_up.public_id)
    end_asking(follow_up)
    done(about=follow_up.public_id)


@transaction.atomic
def take_up(*, follow_up, by):
    """Become the follow-up's owner. Of two who press at once, the second learns who was first."""
    follow_up = locked(follow_up)
    rules.check_move(follow_up, FollowUpState.TAKEN_UP)
    if follow_up.state != FollowUpState.WAITING:
        raise NotNow(_("Somebody has already taken this follow-up up."))
    follow_up.state = FollowUpState.TAKEN_UP
    follow_up.owner = by
    follow_up.taken_up_at = timezone.now()
    save(follow_up, "state", "owner", "taken_up_at")
    record(Event.Kind.TAKEN_UP, young_person_id=follow_up.young_person_id, by=by, about=follow_up.public_id)
    done(about=follow_up.public_id)
    return follow_up


@transaction.atomic
def take_over(*, follow_up, by, version):
    """Another coordinator of the area becomes the owner, so that no follow-up waits for somebody on leave."""
    follow_up = locked(follow_up)
    rules.check_begun(follow_up)
    rules.check_same_version(follow_up, version)
    former, follow_up.owner = follow_up.owner, by
    save(follow_up, "owner")
    record(Event.Kind.HANDED_ON, young_person_id=follow_up.young_person_id, by=by, about=follow_up.public_id)
    done(about=follow_up.public_id)
    tell(
        notices.FOLLOW_UP_TAKEN_OVER,
        to=access.audience([former], "coordinate", follow_up.young_person),
        about=follow_up.public_id,
        link=follow_up.get_absolute_url(),
        dedupe=f"{follow_up.public_id}:{follow_up.version}",
        except_for=by,
    )
    return follow_up


@transaction.atomic
def begin_from_call(*, first_name, last_name, birth_date, phone, by):
    """Begin from a telephone call: the young person's follow-up opens, taken up by whoever took the call.

    An open follow-up of the same young person in this area is joined; one in another area is not shown, and this area
    can't open a second one beside it. Whoever must not learn of the young person is answered as if nobody were known:
    they get a row apart. The name is the caller's own, since another spelling would tell that somebody had flagged.
    """
    typed = {"first_name": first_name, "last_name": last_name, "birth_date": birth_date, "area": by.area}
    person = _held(**typed)
    if queries.is_excluded(by, person):
        person = _held(**typed, apart=by.user_id)
    if not FollowUp.objects.filter(young_person=person).exists():
        person.first_name, person.last_name = first_name, last_name
        person.save(update_fields=["first_name", "last_name"])
    follow_up = open_follow_up(young_person=person, area=by.area, origin=FollowUp.Origin.CALL, by=by)
    if follow_up.area_id != by.agency.area_id:
        raise NotNow(_("This can't be begun here. Ring another area's coordinator."))
    if phone and not person.phone:
        person.phone = phone
        person.save(update_fields=["phone"])
    return take_up(follow_up=follow_up, by=by) if follow_up.state == FollowUpState.WAITING else follow_up


def _held(*, apart=None, **typed):
    """The young person of this typed identity, held; found anew where the row went away in the same moment."""
    while True:
        person_id = people.find_or_make(**typed, apart=apart)
        person = hold_all([person_id]).get(person_id)
        if person and person.joined_to_id is None:
            return person
