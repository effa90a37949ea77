"""The states of a contact or notification, and the moves between them."""

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
