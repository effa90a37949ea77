"""A meeting as a calendar entry: one file a receiver, naming nobody, the place only behind sign-in."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from coordination.meetings.states import MeetingState


def calendar_file(meeting, invited):
    """The entry of this receiver as iCalendar text (RFC 5545): published, or cancelled with the same UID.

    No ATTENDEE and no ORGANIZER, so that nobody's calendar tells of anybody else; CLASS:PRIVATE.
    """
    cancelled = meeting.state == MeetingState.CANCELLED or invited.dropped_at is not None
    calendar = Calendar()
    calendar.add("prodid", "-//Rinnalla//Rinnalla//FI")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancelled else "PUBLISH")
    event = Event()
    event.add("uid", f"{invited.public_id}@{urlsplit(settings.PUBLIC_URL).hostname}")
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", timezone.now())
    event.add("dtstart", meeting.starts_at.astimezone(timezone.get_default_timezone()))
    event.add("dtend", meeting.ends_at.astimezone(timezone.get_default_timezone()))
    event.add("summary", _("Meeting"))
    event.add("url", settings.PUBLIC_URL + meeting.get_absolute_url())
    event.add("class", "PRIVATE")
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    if not cancelled:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", _("Meeting"))
        alarm.add("trigger", timedelta(minutes=-30))
        event.add_component(alarm)
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return calendar.to_ical().decode()
