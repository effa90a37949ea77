"""A meeting as a calendar entry: one file a receiver, naming nobody, the place only behind sign-in."""

from django.conf import settings
from django.utils.translation import gettext as _

from coordination.interface.calendars import Entry, as_ical
from coordination.meetings.states import MeetingState


def calendar_file(meeting, invited):
    """The entry of this receiver as iCalendar text: published, or cancelled with the same UID."""
    uid, is_left = str(invited.public_id), invited.dropped_at is not None
    return as_ical(entry_of(meeting, uid=uid, summary=_("Meeting"), is_left=is_left))


def entry_of(meeting, *, uid, summary, is_left=False):
    """A meeting of any kind in one receiver's calendar, whose own `uid` is; `is_left`: they come no more."""
    return Entry(
        uid=uid,
        sequence=meeting.sequence,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        summary=summary,
        url=settings.PUBLIC_URL + meeting.get_absolute_url(),
        is_cancelled=is_left or meeting.state == MeetingState.CANCELLED,
    )
