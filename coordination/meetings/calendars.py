"""A meeting as a calendar entry: one file a receiver, naming nobody, the place only behind sign-in."""

from django.conf import settings
from django.utils.translation import gettext as _

from coordination.interface.calendars import Entry, as_ical
from coordination.meetings.states import MeetingState


def calendar_file(meeting, invited):
    """The entry of this receiver as iCalendar text: published, or cancelled with the same UID."""
    return as_ical(
        Entry(
            uid=str(invited.public_id),
            sequence=meeting.sequence,
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            summary=_("Meeting"),
            url=settings.PUBLIC_URL + meeting.get_absolute_url(),
            is_cancelled=meeting.state == MeetingState.CANCELLED or invited.dropped_at is not None,
        )
    )
