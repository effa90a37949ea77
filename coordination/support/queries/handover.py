"""What a handover needs to know."""

from coordination.meetings.queries import of_source
from coordination.meetings.states import MeetingState


def warm_meeting(successor):
    """The meeting of the young person with the former adult and the next: held, or planned; None without one."""
    found = of_source(successor.public_id).exclude(state=MeetingState.CANCELLED)
    return found.order_by("starts_at", "pk").first()
