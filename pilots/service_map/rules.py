"""What the coordination group and the survey may do when."""

from django.utils import timezone
from django.utils.translation import gettext as _

from coordination.agencies.models import Membership
from coordination.agencies.rules import NotNow, holds
from coordination.clocks.rules import today
from coordination.meetings.states import MeetingState
from pilots.service_map.states import MOVES, RoundState

# Nobody answers more, or reads it.
MOST_INDICATORS = 200
# So many days before the last one, those who haven't answered are reminded.
DAYS_BEFORE = 7


def administers(membership):
    """Whether this membership administers its area: it names the group's first members."""
    return holds(membership) and membership.role == Membership.Role.ADMINISTRATOR


def not_yours():
    """The refusal of whoever doesn't lead the group (any more)."""
    return NotNow(_("This is for whoever leads the coordination group."))


def check_of_area(membership, area_id):
    """Raise NotNow for somebody who doesn't work in the group's area (any more)."""
    if not holds(membership) or membership.agency.area_id != area_id:
        raise NotNow(_("Choose somebody who works in your own area."))


def check_room_for_more(number):
    """Raise NotNow where an area has as many indicators in use as it can have."""
    if number >= MOST_INDICATORS:
        raise NotNow(_("The survey can have %(number)d indicators.") % {"number": MOST_INDICATORS})


def check_in_use(indicator):
    """Raise NotNow for an indicator that isn't in use any more."""
    if not indicator.is_active:
        raise NotNow(_("This indicator isn't in use any more."))


def _elsewhere():
    return NotNow(_("This round is not there any more, or not yet. Look at it again."))


def check_move(state, new_state):
    """Raise NotNow for a move that a round doesn't know."""
    if new_state not in MOVES[state]:
        raise _elsewhere()


def check_drafted(survey_round):
    """Raise NotNow for a round that has been opened already."""
    if survey_round.state != RoundState.DRAFTED:
        raise NotNow(_("This round has been opened already."))


def check_closed(survey_round):
    """Raise NotNow for a round that isn't closed, or has been approved: only in between it is opened again."""
    if survey_round.state != RoundState.CLOSED:
        raise _elsewhere()


def check_answers_to_come(survey_round):
    """Raise NotNow where nobody is to answer any more."""
    if survey_round.state not in (RoundState.DRAFTED, RoundState.OPEN):
        raise NotNow(_("Answers are taken only while the round is open."))


def no_new_round(is_one_going_on):
    """Why an area can't begin a round now, as a sentence; empty where it can."""
    return _("There is a round already. Approve it before another begins.") if is_one_going_on else ""


def check_no_other_round(is_one_going_on):
    """Raise NotNow where a round of the area isn't approved yet."""
    if sentence := no_new_round(is_one_going_on):
        raise NotNow(sentence)


def check_has_indicators(number):
    """Raise NotNow for a round in which nothing would be asked."""
    if not number:
        raise NotNow(_("There is nothing to ask in this round. Write indicators first, or choose a full round."))


def check_not_over(day):
    """Raise NotNow for a last day that has passed."""
    if day < today():
        raise NotNow(_("The last day to answer has passed. Choose a later one."))


def check_open(survey_round):
    """Raise NotNow where nobody can answer (yet, or any more)."""
    if survey_round.state != RoundState.OPEN:
        raise NotNow(_("Answers are taken only while the round is open."))


def check_writable(survey_round):
    """Raise NotNow for a round that the group has approved."""
    if survey_round.state == RoundState.APPROVED:
        raise NotNow(_("The group has approved this round: nobody changes it any more."))


def check_number_has_its_unit(value, indicator):
    """Raise NotNow for a number of an indicator that asks for none."""
    if value is not None and not indicator.unit:
        raise NotNow(_("This indicator asks for no number."))


def check_said(text, sentence):
    """Raise NotNow with this sentence where nothing was said."""
    if not text.strip():
        raise NotNow(sentence)


def not_summarised(is_summarised):
    """Why a round can't be approved yet, as a sentence; empty where it can."""
    return "" if is_summarised else _("Write the summary of each goal first.")


def check_has_its_summaries(is_summarised):
    """Raise NotNow for a round of which a goal has no summary."""
    if sentence := not_summarised(is_summarised):
        raise NotNow(sentence)


def check_approved_on(day, survey_round):
    """Raise NotNow for a meeting that is still to come, or was before the round opened."""
    if day > today():
        raise NotNow(_("The date is in the future."))
    if day < survey_round.opened_on:
        raise NotNow(_("The round opened later than that. Check the day of the meeting."))


def check_to_come(moment):
    """Raise NotNow for a meeting that would have begun already."""
    if moment <= timezone.now():
        raise NotNow(_("Choose a moment to come for the meeting."))


def check_not_done(action):
    """Raise NotNow for what has been done."""
    if action.done_at:
        raise NotNow(_("This has been done already."))


def check_written_down(meeting):
    """Raise NotNow for actions of a meeting of which nothing was written down."""
    if meeting.state != MeetingState.HELD:
        raise NotNow(_("Write down first what was decided."))
