"""Beginning an assessment, and who answers for it."""

from django.db import transaction

from coordination.assessments import notices, rules
from coordination.assessments.commands.handing import connect_looks
from coordination.assessments.commands.plans import hand_on
from coordination.assessments.models import Assessment
from coordination.assessments.queries import rooms
from coordination.assessments.states import AssessmentState
from coordination.outbox.commands import done, tell
from coordination.people.access import audience, end_grounds, give_ground
from coordination.people.commands import find_or_make
from coordination.people.holding import hold
from coordination.people.models import Ground, YoungPerson

Kind = Ground.Kind


@transaction.atomic
def begin_assessment(*, report, by):
    """The assessment that this report leads to, with `by` as its worker; the one that is under way where the agency
    assesses the child already, whose worker is told. It shows the worker nothing that others do with the child."""
    key = {name: getattr(report, name) for name in ("first_name", "last_name", "birth_date", "area")}
    person = YoungPerson.objects.get(pk=find_or_make(**key))
    hold(person)
    under_way = Assessment.objects.filter(young_person=person, agency=report.to_agency, state=AssessmentState.OPEN)
    if assessment := under_way.first():
        _tell_that_it_joins(report, assessment, by)
    else:
        assessment = Assessment.objects.create(
            young_person=person, area=report.area, agency=report.to_agency, worker=by, pending_at=report.sent_at
        )
        give_ground(young_person=person, kind=Kind.ASSESSMENT, source=assessment.public_id, membership=by)
    report.assessment = assessment
    report.save(update_fields=["assessment"])
    if assessment.looks_released_at:
        connect_looks(assessment)
    return assessment


def _tell_that_it_joins(report, assessment, by):
    tell(
        notices.REPORT_JOINED,
        to=audience([assessment.worker], "assess", assessment.young_person),
        about=assessment,
        link=assessment.get_absolute_url(),
        dedupe=report.public_id,
        except_for=by,
    )


@transaction.atomic
def change_worker(*, assessment, to, by):
    """Let a colleague of the same agency answer for the assessment from now on; the former worker's sight ends.

    `by` is the worker, or the colleague where the worker is gone. Raises NotNow for anybody else, and for somebody who
    can't take it.
    """
    held = rooms.held(assessment.pk)
    if not (by == to and rooms.without_worker(by).filter(pk=held.pk).exists()):
        held = rooms.held_for_worker(by, assessment)
    rules.check_can_work_on(held, to)
    former, held.worker = held.worker, to
    held.save(update_fields=["worker"])
    hand_on(held, former=former)
    person = held.young_person
    end_grounds(young_person=person, source=held.public_id, kind=Kind.ASSESSMENT, membership=former)
    ground = give_ground(young_person=person, kind=Kind.ASSESSMENT, source=held.public_id, membership=to)
    done(about=held, codes=[notices.ASSESSMENT_WITHOUT_WORKER])
    tell(
        notices.YOUR_ASSESSMENT,
        to=audience([to], "assess", person),
        about=held,
        link=held.get_absolute_url(),
        dedupe=f"{held.public_id}:{ground.pk}",
        except_for=by,
    )
    return held
