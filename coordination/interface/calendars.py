"""Entries for somebody's own calendar (RFC 5545). A file names nobody: no ATTENDEE, no ORGANIZER, and CLASS:PRIVATE, so
that nobody's calendar tells of anybody else."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from icalendar import Alarm, Calendar, Event


@dataclass(frozen=True)
class Entry:
    """One entry. `uid` is this receiver's own and stays through all changes, which `sequence` counts; with
    `is_cancelled` the entry leaves the calendar."""

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    summary: str
    url: str
    place: str = ""
    is_cancelled: bool = False


def as_ical(*entries):
    """A file of these entries, at least one; it takes them all away where each is cancelled."""
    calendar = Calendar()
    calendar.add("prodid", "-//Rinnalla//Rinnalla//FI")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if all(entry.is_cancelled for entry in entries) else "PUBLISH")
    for entry in entries:
        calendar.add_component(_event(entry))
    calendar.add_missing_timezones()
    return calendar.to_ical().decode()


def _event(entry):
    event = Event()
    event.add("uid", f"{entry.uid}@{urlsplit(settings.PUBLIC_URL).hostname}")
    event.add("sequence", entry.sequence)
    event.add("dtstamp", timezone.now())
    event.add("dtstart", entry.starts_at.astimezone(timezone.get_default_timezone()))
    event.add("dtend", entry.ends_at.astimezone(timezone.get_default_timezone()))
    event.add("summary", entry.summary)
    if entry.place:
        event.add("location", entry.place)
    event.add("url", entry.url)
    event.add("class", "PRIVATE")
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    if not entry.is_cancelled:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", entry.summary)
        alarm.add("trigger", timedelta(minutes=-30))
        event.add_component(alarm)
    return event


def download(text, *, name):
    """The answer that saves the entries under this name."""
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response
