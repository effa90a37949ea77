"""The meetings that were planned because of a support."""

from coordination.meetings.commands import cancel_meeting
from coordination.meetings.queries import of_source
from coordination.meetings.states import MeetingState


def drop_meetings(support, *, by):
    """Cancel those that will not be held now that the support has ended or never begins."""
    for meeting in of_source(support.public_id).filter(state=MeetingState.PLANNED):
        cancel_meeting(meeting=meeting, by=by)
