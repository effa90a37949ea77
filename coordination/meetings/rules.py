"""Whether now: what a meeting allows where it stands."""

from django.utils import timezone
from django.utils.translation import gettext as _

from coordination.agencies.rules import NotNow
from coordination.meetings.states import MOVES, MeetingState


def check_move(meeting, to):
    """Raise NotNow unless the meeting may go to this state from where it is."""
    if to not in MOVES[meeting.state]:
        raise NotNow(_("This meeting has been held or cancelled already."))


def check_planned(meeting):
    """Raise NotNow unless the meeting is still to come as planned."""
    if meeting.state != MeetingState.PLANNED:
        raise NotNow(_("This meeting has been held or cancelled already."))


def check_same_sequence(meeting, sequence):
    """Raise NotNow where somebody changed the meeting after the reader opened it."""
    if meeting.sequence != sequence:
        raise NotNow(_("Somebody changed this meeting after you opened it. Look at it again, then save."))


def check_begun(meeting):
    """Raise NotNow before the meeting begins: only then can be said who came."""
    if meeting.starts_at > timezone.now():
        raise NotNow(_("The meeting hasn't begun yet. Write down who came when it has been held."))


def shown_place(meeting, *, coordinates):
    """Where the meeting is, as a viewer may read it: a place tells the municipality, so under non-disclosure only
    coordinators do. To the others a meeting that is over says nothing of it."""
    if coordinates or not meeting.young_person.non_disclosure:
        return meeting.place
    return _("Ask the coordinator for the place.") if meeting.state == MeetingState.PLANNED else ""


def check_has_readers(memberships):
    """Raise NotNow for a meeting to which nobody is invited."""
    if not memberships:
        raise NotNow(_("Choose who is invited."))
