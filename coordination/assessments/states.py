"""The states of a contact or notification, of an assessment and of whoever takes part in it, and the moves between."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReportState(models.TextChoices):
    """Where a contact or notification is."""

    OUTSIDE = "outside", _("to be sent outside the portal")
    SENT = "sent", _("sent, not received yet")
    RECEIVED = "received", _("received")
    JUDGED = "judged", _("urgency judged")
    TO_ASSESS = "to_assess", _("to be assessed")
    BEGUN = "begun", _("assessment begun")
    NOT_ASSESSED = "not_assessed", _("not assessed")


REPORT_MOVES = {
    ReportState.OUTSIDE: [],
    ReportState.SENT: [ReportState.RECEIVED],
    ReportState.RECEIVED: [ReportState.JUDGED],
    ReportState.JUDGED: [ReportState.TO_ASSESS, ReportState.NOT_ASSESSED],
    ReportState.TO_ASSESS: [ReportState.BEGUN],
    ReportState.BEGUN: [],
    ReportState.NOT_ASSESSED: [],
}
# Nobody at the intake has to do anything more.
DONE = [ReportState.BEGUN, ReportState.NOT_ASSESSED]


class AssessmentState(models.TextChoices):
    """Where an assessment is."""

    OPEN = "open", _("under way")
    SIGNED = "signed", _("signed")
    HANDED_OVER = "handed_over", _("handed over")


ASSESSMENT_MOVES = {
    AssessmentState.OPEN: [AssessmentState.SIGNED],
    # Opened again with a reason, or into the controller's own system.
    AssessmentState.SIGNED: [AssessmentState.OPEN, AssessmentState.HANDED_OVER],
    AssessmentState.HANDED_OVER: [],
}


class ParticipantState(models.TextChoices):
    """Where a participant's own part is."""

    ASKED = "asked", _("part missing")
    CONTRIBUTED = "contributed", _("has written")
    NOTHING_TO_ADD = "nothing_to_add", _("nothing to add")
    WITHDRAWN = "withdrawn", _("took it back")
    ENDED = "ended", _("takes part no more")


# Something is waited for from these.
MISSING = [ParticipantState.ASKED, ParticipantState.WITHDRAWN]
PARTICIPANT_MOVES = {
    ParticipantState.ASKED: [ParticipantState.CONTRIBUTED, ParticipantState.NOTHING_TO_ADD, ParticipantState.ENDED],
    ParticipantState.CONTRIBUTED: [
        ParticipantState.CONTRIBUTED,
        ParticipantState.WITHDRAWN,
        ParticipantState.ENDED,
    ],
    ParticipantState.NOTHING_TO_ADD: [ParticipantState.CONTRIBUTED, ParticipantState.ENDED],
    ParticipantState.WITHDRAWN: [
        ParticipantState.CONTRIBUTED,
        ParticipantState.NOTHING_TO_ADD,
        ParticipantState.ENDED,
    ],
    ParticipantState.ENDED: [],
}
