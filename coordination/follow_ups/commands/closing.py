"""Closing, standing still, and joining the follow-ups of two rows."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from coordination.activity.commands import record
from coordination.activity.models import Event
from coordination.agencies.queries import rules_since
from coordination.clocks.rules import today
from coordination.follow_ups import notices, queries, rules
from coordination.follow_ups.commands.answers import end_asking
from coordination.follow_ups.commands.opening import Asked, ask_also
from coordination.follow_ups.commands.parts import TakesPart, end_part
from coordination.follow_ups.commands.referrals import move_services
from coordination.follow_ups.commands.rows import locked, save
from coordination.follow_ups.models import FollowUp
from coordination.follow_ups.states import OPEN_STATES, FollowUpState
from coordination.interface.each import each
from coordination.interface.wake import wake
from coordination.meetings.commands import move_source
from coordination.outbox.commands import done, tell
from coordination.people import access
from coordination.people.models import Ground


@transaction.atomic
def close_follow_up(*, follow_up, by, outcome, version):
    """Close with what came of it. What could be seen because of it can be seen for the area's days after closing."""
    follow_up = locked(follow_up)
    rules.check_closable(follow_up)
    rules.check_same_version(follow_up, version)
    follow_up.state = FollowUpState.CLOSED
    follow_up.outcome = outcome
    follow_up.closed_at = timezone.now()
    follow_up.next_step, follow_up.next_step_on = "", None
    save(follow_up, "state", "outcome", "closed_at", "next_step", "next_step_on")
    record(
        Event.Kind.CLOSED,
        young_person_id=follow_up.young_person_id,
        by=by,
        audience=Event.Audience.EVERYONE,
        about=follow_up.public_id,
        data={"outcome": outcome},
    )
    access.let_grounds_run_out(
        young_person=follow_up.young_person,
        source=follow_up.public_id,
        until=today() + timedelta(days=rules_since(follow_up.area, follow_up.rules_from).days_seen_after_closing),
    )
    end_asking(follow_up)
    for about in [follow_up.public_id, *follow_up.asked.values_list("public_id", flat=True)]:
        done(about=about)
    # Whoever sees to the young person's one adult sees on.
    wake("coordination.keep_in_sight")
    return follow_up


def look_after_clocks():
    """Tell all coordinators of the area of each follow-up that stands still, once for each day that was due."""
    each(queries.late().iterator(chunk_size=200), _tell_of_late, otherwise="follow-up %s could not be told of")


@transaction.atomic
def _tell_of_late(follow_up):
    due_on = queries.due_on(follow_up)
    tell(
        notices.FOLLOW_UP_LATE,
        to=access.coordinators(follow_up.area, follow_up.young_person),
        about=follow_up.public_id,
        link=follow_up.get_absolute_url(),
        due_on=due_on,
        dedupe=f"{follow_up.public_id}:{due_on}",
    )


@transaction.atomic
def move_follow_ups(*, gone, kept, by):
    """After two rows were joined: the follow-ups go along; of two open ones, the kept row's goes on, and everybody of
    the other is asked about anew.

    Nobody who took part with one row sees the other's network until the young person has been asked again.
    """
    of_gone = FollowUp.objects.select_for_update(no_key=True).filter(young_person=gone, state__in=OPEN_STATES).first()
    of_kept = FollowUp.objects.select_for_update(no_key=True).filter(young_person=kept, state__in=OPEN_STATES).first()
    if of_gone:
        for adult in of_gone.asked.filter(takes_part=TakesPart.YES, left_at=None).select_related("membership__user"):
            end_part(of_gone, adult, by=by)
    if of_gone and of_kept:
        for adult in of_gone.asked.filter(left_at=None).select_related("membership", "legal_ground"):
            ask_also(
                follow_up=of_kept,
                asked=Asked(adult.membership, phone=adult.phone_given, legal_ground=adult.legal_ground),
                by=by,
            )
        move_services(gone=of_gone, kept=of_kept)
        move_source(gone=of_gone.public_id, kept=of_kept.public_id)
        of_gone.owner = of_gone.owner or by
        of_gone.state, of_gone.outcome = FollowUpState.CLOSED, FollowUp.Outcome.OTHER
        of_gone.next_step, of_gone.next_step_on = "", None
        of_gone.closed_at = timezone.now()
        of_gone.save()
        end_asking(of_gone)
        done(about=of_gone.public_id)
    for follow_up in FollowUp.objects.filter(young_person=gone):
        follow_up.young_person = kept
        save(follow_up, "young_person")
    if of_gone and not of_kept:
        of_gone.refresh_from_db()
        _ask_everybody_again(of_gone)
        access.give_ground(
            young_person=kept, kind=Ground.Kind.COORDINATION, source=of_gone.public_id, area=of_gone.area
        )


def _ask_everybody_again(follow_up):
    for adult in follow_up.asked.filter(left_at=None).exclude(takes_part="", may_know=""):
        adult.takes_part, adult.may_know, adult.said_by, adult.decided_at = "", "", "", None
        adult.apart = False
        adult.save()
