"""What a pilot must say, and what can be done about it when."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coordination.agencies.models import Membership
from coordination.agencies.rules import NotNow, holds
from coordination.clocks.rules import today
from pilots.registry.models import Decision
from pilots.registry.states import MOVES, ON_EVIDENCE, SPREADING, PilotState

Evidence = Decision.Evidence
# Files of one pilot: they live in the database, and nobody reads more.
MOST_ATTACHMENTS = 50
_BEGIN = (Membership.Role.ADMINISTRATOR, Membership.Role.COORDINATOR)


def may_begin(membership):
    """Whether this membership may begin a pilot in its own area, or spread one there."""
    return membership.role in _BEGIN and holds(membership)


def check_may_begin(membership):
    """Raise NotNow for whoever may not begin pilots."""
    if not may_begin(membership):
        raise NotNow(_("The administrators and coordinators of an area begin pilots there."))


def not_yours():
    """The refusal of whoever doesn't lead a pilot (any more), or administrate its area."""
    return NotNow(_("This pilot is not yours to change."))


def check_number(number, row):
    """Raise NotNow where the row was changed while this was being written."""
    if number != row.number:
        raise NotNow(
            _("This was changed meanwhile. What is there now is shown below; what you typed is still in the form.")
        )


def check_there(found):
    """Raise NotNow where something has been taken away meanwhile."""
    if not found:
        raise NotNow(_("This has been removed meanwhile. Look at it again."))


def check_programme(programme, area):
    """Raise NotNow for a programme of another area."""
    if programme and programme.area_id not in (None, area.pk):
        raise NotNow(_("Choose a programme of your own area, or one that comes with the portal."))


# --- Texts and the checklist ----------------------------------------------------------------------------------------


def points(text):
    """The points of a text's checklist: its lines."""
    return [line.strip() for line in text.in_place.splitlines() if line.strip()]


def check_named(texts):
    """Raise NotNow for a pilot without any text, or with one that doesn't say what is tried, and for whom."""
    if not texts or not all(text.name.strip() and text.aim.strip() and text.target_group.strip() for text in texts):
        raise NotNow(_("A pilot has at least a name, an aim, and for whom it is."))


def check_points_alike(texts):
    """Raise NotNow unless the checklist has as many points in each language: what is in place is kept by number."""
    if len({len(points(text)) for text in texts}) > 1:
        raise NotNow(_("The checklist needs as many points in each language."))


def check_planned(pilot):
    """Raise NotNow where the checklist stands by now: the pilot has begun by it."""
    if pilot.state != PilotState.PLANNED:
        raise NotNow(_("The checklist can be changed only while the pilot is planned."))


def check_ticks(ticked, number):
    """Raise NotNow for a point that the checklist doesn't have."""
    if set(ticked) - set(range(number)):
        raise NotNow(_("The checklist has no such point. Look at it again."))


# --- Deciding -------------------------------------------------------------------------------------------------------


def check_move(state, new_state):
    """Raise NotNow for a move that pilots don't know."""
    if new_state not in MOVES[state]:
        raise NotNow(_("This can't be decided now: it has been decided already, or something else comes first."))


def check_in_place(new_state, missing):
    """Raise NotNow for a pilot that would begin while so many points of its checklist are missing."""
    if new_state == PilotState.RUNNING and missing:
        raise NotNow(
            ngettext(
                "%(count)d point of the checklist is not in place yet.",
                "%(count)d points of the checklist are not in place yet.",
                missing,
            )
            % {"count": missing}
        )


def check_evidence(new_state, evidence):
    """Raise NotNow for a decision that needs to know something and doesn't."""
    if new_state in ON_EVIDENCE and evidence == Evidence.NONE:
        raise NotNow(_("This is decided on evidence. Say what is known, or stop the pilot."))


def check_reason(reason, decided_by):
    """Raise NotNow for a decision that doesn't say why, or by whom it was made."""
    if not reason.strip() or not decided_by.strip():
        raise NotNow(_("A decision says when it was made, who made it, and why."))


def check_decided_on(day, previous):
    """Raise NotNow for a day to come, and for one before the day of the pilot's previous decision (None: the first)."""
    if day > today():
        raise NotNow(_("The date is in the future."))
    if previous and day < previous:
        raise NotNow(_("The pilot's previous decision was made later than that. Check the day."))


def check_spreads(pilot):
    """Raise NotNow for a pilot of which nobody has decided that others may begin the same."""
    if pilot.state not in SPREADING:
        raise NotNow(_("A pilot spreads once it has been decided to spread or to adapt it."))


# --- Parts, leads and files -----------------------------------------------------------------------------------------


def check_agency(agency, area):
    """Raise NotNow for an agency of another area."""
    if agency and agency.area_id != area.pk:
        raise NotNow(_("Choose an agency of your own area."))


def check_name(name):
    """Raise NotNow for a part without a name."""
    if not name.strip():
        raise NotNow(_("Give it a name."))


def check_past(day):
    """Raise NotNow for something that is said to be done and is still to come."""
    if day > today():
        raise NotNow(_("The date is in the future."))


def check_not_done(milestone):
    """Raise NotNow for a milestone that is done already."""
    if milestone.done_on:
        raise NotNow(_("This has been done already."))


def check_is_done(milestone):
    """Raise NotNow for a milestone that isn't done."""
    if not milestone.done_on:
        raise NotNow(_("This hasn't been done yet."))


def check_open(risk):
    """Raise NotNow for a risk that is over."""
    if risk.closed_on:
        raise NotNow(_("This risk is over already."))


def check_can_lead(membership, area):
    """Raise NotNow for somebody who doesn't work in the pilot's area (any more)."""
    if not holds(membership) or membership.agency.area_id != area.pk:
        raise NotNow(_("Choose somebody who works in your own area."))


def check_not_last(others):
    """Raise NotNow where nobody would be left to lead."""
    if not others:
        raise NotNow(_("Name somebody else to lead the pilot first."))


def check_room_for_more(number):
    """Raise NotNow where a pilot has as many files as it can have."""
    if number >= MOST_ATTACHMENTS:
        raise NotNow(_("A pilot can have %(number)d files. Remove some first.") % {"number": MOST_ATTACHMENTS})
