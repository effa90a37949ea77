"""A meeting of the group as an entry for a member's own calendar."""

from uuid import uuid5

from django.utils.translation import gettext as _

from coordination.interface.calendars import as_ical
from coordination.meetings.calendars import entry_of


def calendar_file(meeting, member):
    """The entry of this member as iCalendar text: published, or cancelled with the same UID."""
    # Of this member and this meeting alone, so that two calendars can't be compared.
    uid = str(uuid5(member.public_id, str(meeting.public_id)))
    return as_ical(entry_of(meeting, uid=uid, summary=_("Coordination group")))
