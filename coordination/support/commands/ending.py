"""Ending a support: the row, every sight that came from it, and who is told."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from coordination.activity.commands import record
from coordination.activity.models import Event
from coordination.agencies.queries import rules_since
from coordination.agencies.rules import holds
from coordination.clocks.rules import today
from coordination.outbox.commands import done, tell
from coordination.people import access
from coordination.people.models import Ground
from coordination.support import notices, rules
from coordination.support.commands.meetings import drop_meetings
from coordination.support.commands.naming import begin, take_back
from coordination.support.commands.overlaps import withdraw_all
from coordination.support.commands.own_requests import leave_requests, pass_on_requests, settle_requests
from coordination.support.commands.permissions import end_talks
from coordination.support.commands.rows import held
from coordination.support.commands.sight import keep_in_sight, let_out_of_sight
from coordination.support.models import OwnRequest, Support
from coordination.support.queries.candidates import why_not
from coordination.support.queries.naming import standing
from coordination.support.queries.rounds import gaps, overview_link
from coordination.support.states import SupportState

Reason = Support.EndReason


@transaction.atomic
def end_support(*, support, reason, by, sees_on=False):
    """End a support without a handover. Whatever could be seen because of it ends now; with the young person's yes
    (`sees_on`) the adult alone sees on for the area's days.

    Somebody who has said yes to go on begins in the same moment, so that there is no gap; where nobody is needed any
    more, they are asked no longer. Else the coordinators are told that the young person is without an adult. Whoever
    goes on rings a young person who asked for it on their own page. Raises NotNow where the support has ended already.
    `by` is None where the adult has left their work.
    """
    support = held(support)
    rules.check_reason_to_end(reason)
    _active, coming = standing(support.young_person)
    close(support, reason=reason, by=by, sees_on=sees_on)
    if reason in Support.FINAL:
        if coming:
            take_back(support=coming, by=by)
        let_out_of_sight(support)
    elif coming and coming.state == SupportState.READY and not why_not_begin(coming):
        begin_successor(coming, by=by)
        pass_on_requests(support=support, to=coming)
    else:
        keep_in_sight(support)
        tell_without_adult(support, except_for=by)
        leave_requests(support=support)
    return support


def why_not_begin(successor):
    """Why whoever has said yes can't begin now, as a sentence for coordinators; empty where they can."""
    problems = why_not([successor.adult], successor.young_person, area=successor.area)
    return problems.get(successor.adult_id, "")


def begin_successor(successor, *, by, data=None):
    """Let whoever has said yes begin in the moment in which the former adult has ended, and tell them."""
    begin(successor, by=by, kind=Event.Kind.ADULT_CHANGED, data=data)
    person = successor.young_person
    if by:
        access.pass_on(young_person=person, by=by, agency=successor.adult.agency, what=["identity", "network"])
    tell(
        notices.YOU_BEGIN,
        to=access.audience([successor.adult], "support", person),
        about=successor,
        link=successor.get_absolute_url(),
        dedupe=successor.public_id,
        except_for=by,
    )


@transaction.atomic
def no_longer_waits(*, support, reason, by):
    """Nobody is needed after all in place of the adult of this ended support: the young person waits for none.

    The reason of the end is mended, since it says whether somebody waits. Raises NotNow where another adult has begun
    meanwhile, where that has been said, or for a reason after which somebody waits still.
    """
    support = held(support)
    rules.check_waits_for_adult(gaps().filter(pk=support.pk).exists())
    rules.check_final(reason)
    support.end_reason = reason
    support.save(update_fields=["end_reason"])
    _active, coming = standing(support.young_person)
    if coming:
        take_back(support=coming, by=by)
    let_out_of_sight(support)
    settle_requests(support=support)
    done(about=support.public_id, codes=[notices.WITHOUT_ADULT])
    return support


def close(support, *, reason, by, sees_on):
    """End the row with its permissions, whoever stands in, and every sight; the caller holds the support.

    Where somebody still waits for an adult, what the young person asked their adult stays open: the caller passes it
    on, to an adult or to the coordinators. A wish for another adult ends with the support.
    """
    rules.check_move(support, SupportState.ENDED)
    told, at = [support.adult], timezone.now()
    if reason != Reason.HANDED_OVER:
        what = {"young_person_id": support.young_person_id, "by": by, "about": support.public_id}
        record(Event.Kind.ADULT_ENDED, audience=Event.Audience.EVERYONE, **what)
    withdraw_all(support=support, by=by)
    end_talks(support=support, by=by)
    settled = OwnRequest.Kind if reason in Support.FINAL else [OwnRequest.Kind.CHANGE]
    settle_requests(support=support, kinds=settled)
    for standing_in in support.substitutions.filter(ended_at=None).select_related("membership__user"):
        standing_in.ended_at = at
        standing_in.save(update_fields=["ended_at"])
        told.append(standing_in.membership)
        _end_sight(support, membership=standing_in.membership)
    _end_row(support, reason=reason, by=by, at=at, sees_on=sees_on)
    if support.seen_until:
        access.let_grounds_run_out(
            young_person=support.young_person,
            source=support.public_id,
            until=support.seen_until,
        )
    else:
        _end_sight(support)
    drop_meetings(support, by=by)
    done(about=support.public_id)
    tell(
        notices.SUPPORT_ENDED,
        to=[one for one in told if holds(one)],
        about=support.public_id,
        link="/",
        dedupe=support.public_id,
        except_for=by,
    )


def _end_row(support, *, reason, by, at, sees_on):
    support.state, support.end_reason = SupportState.ENDED, reason
    support.ended_at, support.ended_by = at, by
    support.next_step, support.next_step_on = "", None
    support.seen_until = _last_day_seen(support) if sees_on and holds(support.adult) else None
    fields = ["state", "end_reason", "ended_at", "ended_by", "next_step", "next_step_on", "seen_until"]
    support.save(update_fields=fields)


def _last_day_seen(support):
    """Until when the former adult sees on, by the area's rules of the day of naming: what was widened later is not
    for it. None where the area lets nobody see on."""
    days = rules_since(support.area, support.named_at).days_former_adult_sees
    return today() + timedelta(days=days) if days else None


def _end_sight(support, *, membership=None):
    access.end_grounds(
        young_person=support.young_person, source=support.public_id, kind=Ground.Kind.SUPPORT, membership=membership
    )


def tell_without_adult(support, *, except_for=None):
    """Tell the coordinators that the young person is without an adult: once while somebody stands in for an adult who
    is gone, and once for the end."""
    tell(
        notices.WITHOUT_ADULT,
        to=access.coordinators(support.area, support.young_person),
        about=support.public_id,
        link=overview_link(support),
        dedupe=f"{support.public_id}:{support.state}",
        except_for=except_for,
    )
