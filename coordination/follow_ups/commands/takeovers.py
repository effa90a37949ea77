"""Handing a follow-up to another area: one area asks, the other accepts or declines."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from coordination.activity.commands import record
from coordination.activity.models import Event
from coordination.agencies.models import Membership
from coordination.agencies.rules import NotNow
from coordination.erasures.commands import note
from coordination.follow_ups import areas, notices, queries, rules
from coordination.follow_ups.commands.answers import end_asking, keep_answer
from coordination.follow_ups.commands.opening import exclude
from coordination.follow_ups.commands.rows import locked, save
from coordination.follow_ups.models import FollowUp, Takeover
from coordination.follow_ups.states import OPEN_STATES, FollowUpState, TakeoverState
from coordination.meetings.commands import drop_the_blind
from coordination.outbox.commands import forget, tell
from coordination.people import access
from coordination.people.doubles import hold_with_doubles, move_doubles
from coordination.people.models import Ground


@transaction.atomic
def ask_area(*, follow_up, to_area, reason, by):
    """Ask another area to take the follow-up over. Its coordinators read of nobody before they accept.

    Raises NotNow where an area has been asked already, and where nobody there could take it over.
    """
    follow_up = locked(follow_up)
    rules.check_may_ask_area(follow_up, to_area)
    if follow_up.takeovers.filter(state=TakeoverState.WAITING).exists():
        raise NotNow(_("Another area has been asked already. Withdraw that first."))
    readers = areas.could_take_over(to_area, follow_up.young_person)
    if not readers:
        raise NotNow(_("Nobody in that area can take this over. Choose another area."))
    takeover = Takeover.objects.create(
        follow_up=follow_up, from_area=follow_up.area, to_area=to_area, reason=reason, asked_by=by
    )
    _record(Event.Kind.AREA_ASKED, follow_up, by=by)
    save(follow_up)
    tell(
        notices.TAKEOVER_ASKED,
        to=readers,
        about=takeover.public_id,
        link=takeover.get_absolute_url(),
        due_on=queries.due_on(follow_up),
        dedupe=takeover.public_id,
    )
    return takeover


@transaction.atomic
def withdraw_asking(*, takeover, by):
    """The asking area keeps the follow-up after all; what the other area was told is taken back."""
    follow_up, takeover = _waiting(takeover)
    keep_answer(takeover, TakeoverState.WITHDRAWN, by=by)
    save(follow_up)


@transaction.atomic
def decline_takeover(*, takeover, by):
    """The asked area doesn't take the follow-up over; those who asked choose another, or keep it."""
    follow_up, takeover = _waiting(takeover)
    keep_answer(takeover, TakeoverState.DECLINED, by=by)
    _record(Event.Kind.AREA_NOT_NOW, follow_up, by=None)
    save(follow_up)
    tell(
        notices.TAKEOVER_DECLINED,
        to=access.coordinators(follow_up.area, follow_up.young_person),
        about=follow_up.public_id,
        link=follow_up.get_absolute_url(),
        dedupe=takeover.public_id,
    )


@transaction.atomic
def accept_takeover(*, takeover, by):
    """The follow-up goes over with its clock and its exclusions, and is `by`'s; the old area sees nothing any more.

    Of two who accept at once, the second learns that it was answered. Whoever asked is told that it was handed over,
    not to whom. Where somebody in the asking agency must not learn, that agency is excluded with the same step.
    """
    hold_with_doubles(takeover.follow_up.young_person_id)  # all that changes in one order, or two could wait forever
    follow_up, takeover = _waiting(takeover)
    if queries.is_excluded(by, follow_up.young_person):
        raise NotNow(_("This has been answered already."))
    keep_answer(takeover, TakeoverState.ACCEPTED, by=by)
    hand_over(follow_up=follow_up, to=by)
    access.pass_on(
        young_person=follow_up.young_person, by=takeover.asked_by, agency=by.agency, what=["identity", "follow_up"]
    )
    note("handed_over", follow_up=follow_up.public_id, to=by.public_id)
    _record(Event.Kind.AREA_CHANGED, follow_up, by=by, audience=Event.Audience.EVERYONE)
    if takeover.reason == Takeover.Reason.OWN_AGENCY:
        exclude(follow_up=follow_up, agency=takeover.asked_by.agency, by=by)
    tell(
        notices.TAKEOVER_ACCEPTED,
        to=[takeover.asked_by],
        about=takeover.public_id,
        link=queries.list_link(),
        dedupe=takeover.public_id,
        except_for=by,
    )
    return locked(follow_up)


@transaction.atomic
def hand_over(*, follow_up, to, at=None):
    """Let this coordinator's area go on with an open follow-up in place of the one that had it; says whether it did.

    `at` the moment of a handing over that a restored backup has forgotten; one that was taken up since stays.
    """
    hold_with_doubles(follow_up.young_person_id)
    follow_up = locked(follow_up)
    if at and follow_up.taken_up_at and follow_up.taken_up_at >= at:
        return False
    if follow_up.area_id == to.agency.area_id or follow_up.state not in OPEN_STATES:
        return False
    _forget_what_the_old_area_was_told(follow_up)
    end_asking(follow_up)
    person, source = follow_up.young_person, follow_up.public_id
    access.end_grounds(young_person=person, source=source, kind=Ground.Kind.COORDINATION)
    access.give_ground(young_person=person, kind=Ground.Kind.COORDINATION, source=source, area=to.area)
    follow_up.area, follow_up.owner, follow_up.taken_up_at = to.area, to, at or timezone.now()
    if follow_up.state == FollowUpState.WAITING:
        follow_up.state = FollowUpState.TAKEN_UP
    save(follow_up, "area", "owner", "state", "taken_up_at")
    elsewhere = FollowUp.objects.filter(state__in=OPEN_STATES).exclude(area=to.area)
    move_doubles(young_person=person, to=to.area, unless=lambda other: elsewhere.filter(young_person=other).exists())
    # Whoever coordinated before had invited themselves, too: neither a change nor a cancelling is theirs to read.
    drop_the_blind(young_person=person, source=source)
    return True


def _waiting(takeover):
    """The follow-up and the takeover, held while they change. Raises NotNow where it was answered meanwhile."""
    follow_up = locked(takeover.follow_up)
    takeover = (
        Takeover.objects.select_for_update(of=["self"])
        .select_related("to_area", "asked_by__agency__area", "asked_by__user")
        .get(pk=takeover.pk)
    )
    rules.check_waits_for_answer(takeover)
    return follow_up, takeover


def _forget_what_the_old_area_was_told(follow_up):
    """A notice whose page is gone would tell of it still; those who take part keep theirs."""
    about = [follow_up.public_id, *follow_up.asked.values_list("public_id", flat=True)]
    forget(about=about, to=Membership.objects.filter(agency__area=follow_up.area, role=Membership.Role.COORDINATOR))


def _record(kind, follow_up, *, by, audience=Event.Audience.COORDINATORS):
    record(kind, young_person_id=follow_up.young_person_id, by=by, about=follow_up.public_id, audience=audience)
