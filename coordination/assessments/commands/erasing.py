"""Erasing our working copy some days after the record was received in the controller's own system, or a report some
days after it was done with."""

from datetime import timedelta

from auditlog.models import LogEntry
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from coordination.activity.commands import forget_events
from coordination.assessments.commands.counting import facts_to_keep
from coordination.assessments.models import Assessment, AssessmentFact, PlanAction, Report
from coordination.assessments.queries.plans import by_own_choice
from coordination.assessments.states import AssessmentState, ReportState
from coordination.cards.commands import forget_uses
from coordination.clocks import half_years
from coordination.erasures.commands import note
from coordination.interface.each import each
from coordination.links.commands import erase_links
from coordination.meetings.queries import of_source
from coordination.outbox.commands import forget_about
from coordination.people import access
from coordination.people.erasing import erase_rows
from coordination.services.commands import count_unmet


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


def kept_long_enough():
    """The keys of the assessments that were handed over so long ago that their area keeps them no longer."""
    before = timezone.now() - F("area__days_kept_after_closing") * timedelta(days=1)
    found = Assessment.objects.filter(state=AssessmentState.HANDED_OVER, handed_at__lt=before)
    return found.order_by("pk").values_list("pk", flat=True)


@transaction.atomic
def erase_assessment(*, assessment):
    """Erase the assessment with all that anybody wrote in it or sent to it, and every sight that came from it.

    Of the plan stays what is still to be done, by those alone who see the young person by their own permission too.
    The use log's rows stay; where the worker has not released them nothing leads from them to anybody. So do the facts
    that figures need. The caller holds the young person.
    """
    person, source, kept = assessment.young_person, assessment.public_id, facts_to_keep(assessment)
    access.erase_grounds(young_person=person, source=source)
    for participant in assessment.participants.all():
        erase_links(about=participant.public_id)
    gone = erase_rows(*_ended(assessment.actions.select_related("responsible__user", "responsible__agency")))
    for report in assessment.reports.all():
        gone.add(report.public_id)
        erase_report(report)
    note("assessment", assessment=source)
    gone |= erase_rows(*of_source(source), assessment)
    for forget in (forget_events, forget_uses):
        for public_id in gone:
            forget(about=public_id)
    for public_id in sorted(gone):
        count_unmet(source=public_id)
    half_years.keep(AssessmentFact, assessment.area, kept)


def _ended(actions):
    """Those of the plan's actions that go with it. The others stay without the assessment and the goal, and without
    what the change log says of them."""
    for action in actions:
        if action.done_at or not _still_sees(action):
            yield action
            continue
        PlanAction.objects.filter(pk=action.pk).update(assessment=None, goal=None)  # unaudited: the log would name both
        LogEntry.objects.get_for_object(action).delete()
        forget_about([action.public_id])  # they lead to the assessment


def _still_sees(action):
    if not action.responsible or not access.may(action.responsible, "view_network", action.young_person):
        return False
    return by_own_choice(action.responsible).filter(young_person=action.young_person).exists()


def left_actions():
    """What is left of joint plans whose assessment has been erased."""
    return PlanAction.objects.filter(assessment=None)


def actions_kept_long_enough():
    """The keys of those left actions that were done so long ago that the area keeps them no longer, or whose
    responsible professional doesn't see the young person any more."""
    before = timezone.now() - F("young_person__area__days_kept_after_closing") * timedelta(days=1)
    done = set(left_actions().filter(done_at__lt=before).values_list("pk", flat=True))
    left = left_actions().select_related("young_person", "responsible__user", "responsible__agency").order_by("pk")
    for action in left.iterator(chunk_size=200):
        if action.pk in done or not _still_sees(action):
            yield action.pk
