"""What a contact or notification must say, and what can be done about it when."""

from django.utils import timezone
from django.utils.translation import gettext as _

from coordination.agencies.models import Agency
from coordination.agencies.rules import NotNow
from coordination.assessments.models import Report
from coordination.assessments.states import REPORT_MOVES, ReportState
from coordination.clocks.models import DeadlineRule
from coordination.clocks.rules import today

Kind, What = Report.Kind, DeadlineRule.What
# By the law of their agencies, what a professional can be told to send. Only authorities and those who work for them
# have the duty of LSL 25 §; a contact (SHL 35 §) is open to everybody.
RECEIVERS = (Agency.Kind.SOCIAL, Agency.Kind.CHILD_WELFARE)
# What the family's knowing must be explained for.
EXPLAINED = (Report.FamilyTold.NOT_TOLD, Report.FamilyTold.NOT_YET)


def check_move(report, state):
    """Raise NotNow for a step that can't be taken now: somebody else has taken it, or it comes later."""
    if state not in REPORT_MOVES[report.state]:
        raise NotNow(_("This has been done already, or something else comes first. Look at it again."))


def check_sent_outside(report):
    """Raise NotNow for a report that the portal has sent itself."""
    if report.state != ReportState.OUTSIDE:
        raise NotNow(_("This was sent by the portal."))


def check_reasons(report, **reasons):
    """Raise NotNow where a decision has no reason."""
    if not all(reasons.values()):
        raise NotNow(_("Say why: whoever reads this later must understand it."))


def check_day(report, day):
    """Raise NotNow for a day before the report, or one that is still to come."""
    if not timezone.localdate(report.sent_at) <= day <= today():
        raise NotNow(_("The day lies between the day of receipt and today."))


def check_family_can_be_told(report):
    """Raise NotNow where it has been written down already that the family knows."""
    if report.family_informed_on:
        raise NotNow(_("It has been written down already that the family knows."))


def check_missed(deadline):
    """Raise NotNow for a reason that nobody asks for: in time, or given already."""
    if deadline.missed_told_at is None or deadline.missed_why:
        raise NotNow(_("No reason is asked for here any more."))


def is_open(report):
    """Whether somebody at the intake still has something to do."""
    return report.state in (ReportState.SENT, ReportState.RECEIVED, ReportState.JUDGED, ReportState.TO_ASSESS)
