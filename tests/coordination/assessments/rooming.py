"""Short ways to an assessment and to whoever takes part in it, for tests."""

from uuid import uuid4

from coordination.assessments.commands import reports
from coordination.assessments.models import Participant, Report
from coordination.people.access import give_ground
from coordination.people.models import Ground
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
    give_ground(
        young_person=assessment.young_person,
        kind=Ground.Kind.CONTRIBUTION,
        source=assessment.public_id,
        membership=membership,
    )
    return Participant.objects.create(
        assessment=assessment, kind="professional", membership=membership, token=uuid4(), asked_by=assessment.worker
    )


def guardian(assessment, name="Mari Virtanen"):
    """A guardian's place in the assessment."""
    return Participant.objects.create(
        assessment=assessment, kind="guardian", name=name, language="fi", token=uuid4(), asked_by=assessment.worker
    )
