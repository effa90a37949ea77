"""From one adult to the next without a gap: the three meet, then the former ends and the next begins at once."""

from django.db import transaction
from django.utils import timezone

from coordination.clocks.rules import HELSINKI
from coordination.meetings.commands import hold_meeting, plan_meeting
from coordination.meetings.rules import check_begun
from coordination.meetings.states import MeetingState
from coordination.people import access
from coordination.people.models import Ground
from coordination.support import rules
from coordination.support.commands.ending import begin_successor, close, why_not_begin
from coordination.support.commands.meetings import drop_meetings
from coordination.support.commands.own_requests import pass_on_requests
from coordination.support.commands.rows import held
from coordination.support.models import Support
from coordination.support.queries.handover import warm_meeting
from coordination.support.queries.naming import standing


@transaction.atomic
def plan_warm_meeting(*, support, memberships, starts_at, minutes, place, token, by):
    """Invite to the meeting of the young person with the former adult and the next, who has said yes.

    From now on the next adult sees the young person's page, as the young person agreed when they were named. Raises
    NotNow before somebody has said yes. The same `token` again gives back the meeting that it made.
    """
    support = held(support)
    rules.check_goes_on(support)
    _active, successor = standing(support.young_person)
    rules.check_ready(successor)
    if not access.may(successor.adult, "view_network", support.young_person):
        access.give_ground(
            young_person=support.young_person,
            kind=Ground.Kind.SUPPORT,
            source=successor.public_id,
            membership=successor.adult,
        )
    return plan_meeting(
        young_person=support.young_person,
        source=successor.public_id,
        memberships=memberships,
        starts_at=starts_at,
        minutes=minutes,
        place=place,
        token=token,
        by=by,
    )


@transaction.atomic
def complete_handover(*, support, by, met_on=None, sees_on=False):
    """End the support of the former adult and begin that of the next, in one moment: nobody is without an adult, and
    nobody has two.

    The three have met: on `met_on`, or in the meeting that was planned for it. With the young person's yes
    (`sees_on`) the former adult sees on for the area's days. Returns the support that begins, for the same press
    again the one that began. Raises NotNow where nobody is ready, or the three haven't met.
    """
    support = held(support)
    if support.end_reason == Support.EndReason.HANDED_OVER:
        return Support.objects.filter(predecessor=support, began_at__isnull=False).first() or support
    rules.check_goes_on(support)
    _active, successor = standing(support.young_person)
    rules.check_ready(successor)
    rules.check_no_problem(why_not_begin(successor))
    met_on = met_on or _day_of_meeting(successor, by=by)
    rules.check_met(successor, met_on)
    close(support, reason=Support.EndReason.HANDED_OVER, by=by, sees_on=sees_on)
    drop_meetings(successor, by=by)
    begin_successor(successor, by=by, data={"on": met_on.isoformat()})
    pass_on_requests(support=support, to=successor)
    return successor


def _day_of_meeting(successor, *, by):
    """The day of the meeting that was planned for the handover; None without one. One that has begun is now held."""
    meeting = warm_meeting(successor)
    if meeting is None:
        return None
    if meeting.state == MeetingState.PLANNED:
        check_begun(meeting)
        hold_meeting(meeting=meeting, attended={one.pk for one in meeting.asked}, agreed=[], by=by)
    return timezone.localdate(meeting.starts_at, HELSINKI)
