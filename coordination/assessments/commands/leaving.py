"""What somebody who has left, or who must not learn of the child any more, leaves behind in assessments."""

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse

from coordination.agencies.models import Membership
from coordination.agencies.queries import administrators
from coordination.assessments import notices
from coordination.assessments.commands.taking_part import end_by_itself
from coordination.assessments.models import Assessment, Participant, PlanAction
from coordination.assessments.queries.rooms import workerless
from coordination.assessments.states import AssessmentState
from coordination.interface.each import each
from coordination.outbox.commands import forget, tell
from coordination.outbox.models import Notification
from coordination.people.access import audience
from coordination.people.exclusions import keeps_away, kept_away
from coordination.people.models import Exclusion, Ground

Kind = Ground.Kind


def leave_assessments(*, leaver):
    """End the parts of a membership that has ended, and tell those who must know: the worker of an open part or of an
    action that is still to be done, and the colleagues of a worker who has gone. Doing it again changes nothing."""
    for part in parts_of(leaver):
        end_part(part)
    for assessment in left_alone().filter(worker=leaver):
        _tell_without_worker(assessment)
    for action in promises_of(leaver):
        _tell_of_promise(action)


def settle():
    """Let every part and every assessment follow the sight that an exclusion has ended, and take back what was told of
    them; the rows are the queue, and doing it again changes nothing."""
    each(_overtaken_parts(), end_part, otherwise="part %s, overtaken, could not be ended")
    each(left_alone(), _tell_without_worker, otherwise="nobody could be told of assessment %s, which has no worker")
    # Last, since what ends above may have told somebody.
    each(_kept_from_somebody(), _take_back_news, otherwise="notices of assessment %s could not be taken back")


def parts_of(membership):
    """Where this membership takes part; it can be an OuterRef."""
    return Participant.objects.filter(membership=membership, ended_at=None)


def _overtaken_parts():
    here = {"membership": OuterRef("membership"), "source": OuterRef("assessment__public_id")}
    sees = Ground.objects.open().filter(kind=Kind.CONTRIBUTION, **here)
    away = keeps_away("membership", young_person="assessment__young_person")
    found = Participant.objects.filter(kind=Participant.Kind.PROFESSIONAL, ended_at=None)
    return found.filter(~Exists(sees) | Exists(away))


def left_alone():
    """The assessments that nobody answers for and of which nobody has been told yet. What was handed over waits for
    nobody."""
    told = _notices(notices.ASSESSMENT_WITHOUT_WORKER).filter(done_at=None)
    return workerless().filter(~Exists(told)).exclude(state=AssessmentState.HANDED_OVER)


def promises_of(membership):
    """The actions of joint plans that this membership (it can be an OuterRef) was to do, and of which the assessment's
    worker has not been told yet."""
    found = PlanAction.objects.filter(responsible=membership, done_at=None, assessment__isnull=False)
    untold = found.filter(~Exists(_notices(notices.ACTION_WITHOUT_RESPONSIBLE)))
    return untold.exclude(assessment__in=workerless().values("pk"))


def _notices(notice):
    return Notification.objects.filter(code=notice.code, about=OuterRef("public_id"))


@transaction.atomic
def end_part(part):
    """This professional takes part no more; what they wrote stays with its readers. The worker is told."""
    if assessment := end_by_itself(part):
        _tell_worker(notices.PARTICIPANT_LEFT, assessment, dedupe=part.public_id)


def _tell_of_promise(action):
    whole = Assessment.objects.select_related("young_person", "worker__user", "worker__agency__area")
    assessment = whole.get(pk=action.assessment_id)
    dedupe = f"{action.public_id}:{action.responsible_id}"
    _tell_worker(notices.ACTION_WITHOUT_RESPONSIBLE, assessment, about=action, dedupe=dedupe)


def _tell_worker(notice, assessment, *, dedupe, about=None):
    to = audience([assessment.worker], "assess", assessment.young_person)
    tell(notice, to=to, about=about or assessment, link=assessment.get_absolute_url(), dedupe=dedupe)


@transaction.atomic
def _tell_without_worker(assessment):
    """Tell the colleagues, one of whom takes it; where there is none, the administrators see that somebody comes."""
    away = kept_away(assessment.young_person)
    found = Membership.objects.open().filter(agency=assessment.agency_id)
    found = found.exclude(user__in=away) or administrators(assessment.area_id).exclude(user__in=away)
    grounds = Ground.objects.filter(source=assessment.public_id, kind=Kind.ASSESSMENT)
    tell(
        notices.ASSESSMENT_WITHOUT_WORKER,
        to=found.select_related("user"),
        about=assessment,
        link=reverse("assessments:mine"),
        dedupe=f"{assessment.public_id}:{grounds.latest('pk').pk}",
    )


def _kept_from_somebody():
    exclusions = Exclusion.objects.filter(young_person=OuterRef("young_person"), ended_at=None)
    return Assessment.objects.filter(Exists(exclusions)).select_related("young_person")


def _take_back_news(assessment):
    """Whoever must not learn of the child reads no notice that there is something, for whichever agency they act."""
    about = [assessment.public_id]
    for rows in (assessment.participants, assessment.actions, assessment.goals):
        about.extend(rows.values_list("public_id", flat=True))
    forget(about=about, to=Membership.objects.filter(user__in=kept_away(assessment.young_person)))
