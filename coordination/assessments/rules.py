"""What a contact, a notification or an assessment must say, and what can be done about it when."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from coordination.agencies.rules import NotNow, holds
from coordination.assessments.models import Report
from coordination.assessments.states import (
    ASSESSMENT_MOVES,
    PARTICIPANT_MOVES,
    REPORT_MOVES,
    AssessmentState,
    ReportState,
)
from coordination.clocks.changing import LONGEST_TO_RECEIPT
from coordination.clocks.models import DeadlineRule
from coordination.clocks.rules import today

What = DeadlineRule.What
# Whoever reports hears within this time that it has been received, or rings, whatever rules there are.
RING_AFTER = timedelta(minutes=LONGEST_TO_RECEIPT)


def check_move(report, state):
    """Raise NotNow for a step that can't be taken now: somebody else has taken it, or it comes later."""
    if state not in REPORT_MOVES[report.state]:
        raise NotNow(_("This has been done already, or something else comes first. Look at it again."))


def check_sent_outside(report):
    """Raise NotNow for a report that the portal has sent itself."""
    if report.state != ReportState.OUTSIDE:
        raise NotNow(_("This was sent by the portal."))


def check_said(what):
    """Raise NotNow where a decision doesn't say what it must: why, or for whom."""
    if not what:
        raise NotNow(_("Something is missing that whoever reads this later must know: why, or for whom."))


def check_contact_ground(kind, ground):
    """Raise NotNow for a contact that doesn't say on what it rests (SHL 35 §); the others rest on their own law."""
    if (kind == Report.Kind.CONTACT) != bool(ground):
        raise NotNow(_("A contact says on what it rests, and nothing else does."))


def check_crime_suspected(report):
    """Raise NotNow where no crime is suspected."""
    if not report.crime_suspected:
        raise NotNow(_("No crime is suspected here."))


def check_day(report, day):
    """Raise NotNow for a day before the report was sent, or one that is still to come."""
    if not timezone.localdate(report.sent_at) <= day <= today():
        raise NotNow(_("The day must be between the day of sending and today."))


def check_family_can_be_told(report):
    """Raise NotNow where it has been written down already that the family knows."""
    if report.family_informed_on:
        raise NotNow(_("It has been written down already that the family knows."))


def check_missed(deadline):
    """Raise NotNow for a reason that nobody asks for: in time, or given already."""
    if deadline.what == What.RECEIPT or deadline.missed_told_at is None or deadline.missed_why:
        raise NotNow(_("No reason is asked for here any more."))


def not_yours():
    """The refusal of whoever doesn't come into an assessment (any more)."""
    return NotNow(_("This assessment is not yours any more."))


def check_assessment_move(assessment, state):
    """Raise NotNow for a step that an assessment can't take now."""
    if state not in ASSESSMENT_MOVES[assessment.state]:
        raise NotNow(_("This has been done already, or something else comes first. Look at it again."))


def check_participant_move(participant, state):
    """Raise NotNow for a step that somebody's part can't take now."""
    if state not in PARTICIPANT_MOVES[participant.state]:
        raise NotNow(_("This has been done already, or something else comes first. Look at it again."))


def check_open(assessment):
    """Raise NotNow where nothing is changed any more: signed, or handed over."""
    if assessment.state != AssessmentState.OPEN:
        raise NotNow(_("The assessment has been signed. The social worker can open it again for a reason."))


def check_signed(assessment):
    """Raise NotNow where nothing has been signed yet: no record of it goes out."""
    if assessment.state == AssessmentState.OPEN:
        raise NotNow(_("Sign the assessment first. Until then no record of it is made."))


def check_received(assessment, day):
    """Raise NotNow for a day on which the record can't have been received: before it was signed, or still to come."""
    if not timezone.localdate(assessment.signed_at) <= day <= today():
        raise NotNow(_("The day must be between the day of signing and today."))


def check_looks_held(assessment):
    """Raise NotNow where the looks have been released already."""
    if assessment.looks_released_at:
        raise NotNow(_("Who has looked has been released already."))


def check_version(number, latest):
    """Raise NotNow where somebody saved another version while this one was being written: both stay."""
    if number != latest:
        raise NotNow(
            _("This was changed meanwhile. What is there now is shown below; what you typed is still in the form.")
        )


def check_can_work_on(assessment, membership):
    """Raise NotNow for somebody who can't answer for this assessment: at another agency, or no longer at work."""
    if membership.agency_id != assessment.agency_id or not holds(membership):
        raise NotNow(_("Choose a colleague who works in the same agency."))
