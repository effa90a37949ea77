"""Short ways to an assessment and to whoever takes part in it, for tests."""

from uuid import uuid4

from django.utils import timezone

from coordination.assessments.commands import reports, taking_part
from coordination.assessments.models import Assessment, Report
from tests.coordination.assessments.reporting import sent


def begun(worker, *, by=None, **typed):
    """An assessment for which this member answers, begun from a notification to the member's agency."""
    report = sent(by or worker, **typed)
    Report.objects.filter(pk=report.pk).update(to_agency=worker.agency, state="sent")
    reports.receive(report=report, by=worker)
    reports.judge(report=report, urgency="not_urgent", why="Turvassa kotona", by=worker)
    reports.decide(report=report, assess=True, scope="special_support", why="", by=worker)
    return reports.begin(report=report, by=worker).assessment


def invited(assessment, membership):
    """The part of a professional who has been invited."""
    by = assessment.worker
    return taking_part.invite(assessment=assessment, membership=membership, asked="", token=uuid4(), by=by)


def guardian(assessment, name="Mari Virtanen"):
    """A guardian's place in the assessment."""
    return outside(assessment, "guardian", name)


def outside(assessment, kind, name, *, asked="", language="fi"):
    """The place of somebody without an account."""
    said = {"kind": kind, "name": name, "language": language, "asked": asked}
    return taking_part.invite_outside(assessment=assessment, token=uuid4(), by=assessment.worker, **said)


def of(participant, word):
    """The address of one of the pages about somebody who takes part."""
    return f"{participant.assessment.get_absolute_url()}participants/{participant.public_id}/{word}/"


def fresh(row):
    """The row as it is now."""
    return type(row).objects.get(pk=row.pk)


def sign(assessment):
    """The assessment has been signed."""
    Assessment.objects.filter(pk=assessment.pk).update(
        state="signed", signed_at=assessment.began_at, signed_by=assessment.worker
    )
    return fresh(assessment)


def handed_over(assessment):
    """The assessment, which has been handed over now."""
    sign(assessment)
    handed = {"state": "handed_over", "handed_at": timezone.now(), "handed_by": assessment.worker}
    Assessment.objects.filter(pk=assessment.pk).update(**handed)
    return fresh(assessment)
