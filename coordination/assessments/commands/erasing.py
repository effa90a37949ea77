"""Erasing a report some days after it was done with: the record lives in the controller's own system."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from coordination.assessments.models import Report
from coordination.assessments.states import ReportState
from coordination.erasures.commands import note
from coordination.interface.each import each
from coordination.people.erasing import erase_rows


def erase_done():
    """Erase the reports that were done with, or sent outside the portal, so long ago that the area keeps them no
    longer. What nobody has sent or answered stays, and what led to an assessment goes with that."""
    before = timezone.now() - F("area__days_kept_after_closing") * timedelta(days=1)
    found = Report.objects.filter(
        Q(state=ReportState.NOT_ASSESSED, decided_at__lt=before)
        | Q(state=ReportState.BEGUN, begun_at__lt=before, assessment=None)
        | Q(state=ReportState.OUTSIDE, sent_at__lt=before) & ~Q(sent_how="")
    )
    each(list(found), erase_report, otherwise="report %s could not be erased")


@transaction.atomic
def erase_report(report):
    """Erase one report with its deadlines, and whatever was told of them."""
    note("report", report=report.public_id)
    erase_rows(report)
    return True
