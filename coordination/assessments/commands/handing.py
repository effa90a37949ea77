"""Handing an assessment over to the controller's own system, and letting the young person read who has looked."""

from django.db import transaction
from django.utils import timezone

from coordination.assessments import rules
from coordination.assessments.queries import rooms
from coordination.assessments.states import AssessmentState
from coordination.clocks.rules import today
from coordination.links.commands import end_links
from coordination.outbox.commands import done
from coordination.people.access import pass_on
from coordination.people.models import YoungPerson


def pass_on_record(*, assessment, by):
    """Write down that the whole record left the portal. Called where it does, in the same transaction. Raises NotNow
    before it was signed."""
    rules.check_signed(assessment)
    pass_on(young_person=assessment, by=by, to="outside", what=["record"])


def pass_on_copy(*, participant, by):
    """The same of a copy for the child or a guardian."""
    rules.check_signed(participant.assessment)
    is_child = participant.kind == participant.Kind.CHILD
    to = "young_person" if is_child else "guardian"
    pass_on(young_person=participant.assessment, by=by, to=to, what=["outcome"])


@transaction.atomic
def hand_over(*, assessment, on, receipt, by, looks="", held_why=""):
    """The controller's own system has received the record on that day, as somebody there confirmed; from then on our
    copy has its days. The links of those without an account end, and what waits about it waits no more.

    `looks` is "release" or "hold": whether the young person may read who has looked; with `held_why` what is held.
    """
    held = rooms.held_for_worker(by, assessment)
    rules.check_assessment_move(held, AssessmentState.HANDED_OVER)
    rules.check_received(held, on)
    held.state, held.handed_by, held.receipt = AssessmentState.HANDED_OVER, by, receipt
    held.handed_at = timezone.now() if on == today() else _end_of(on)
    held.looks_held_why = held_why if looks == "hold" else held.looks_held_why
    held.save(update_fields=["state", "handed_by", "handed_at", "receipt", "looks_held_why"])
    if looks == "release":
        release_looks(assessment=held, by=by)
    participants = list(held.participants.values_list("public_id", flat=True))
    for about in participants:
        end_links(about=about)
    for about in [held.public_id, *participants]:
        done(about=about)
    return held


def _end_of(day):
    """The last moment of that day, so that nothing was received before it was signed."""
    moment = timezone.localtime().replace(year=day.year, month=day.month, day=day.day)
    return moment.replace(hour=23, minute=59, second=59, microsecond=999999)


@transaction.atomic
def release_looks(*, assessment, by):
    """Let the young person read who has looked at the assessment, and at what was sent to social welfare and led to it.
    It can't be taken back. Raises NotNow for anybody but its worker, and where it has been released."""
    held = rooms.held_for_worker(by, assessment)
    rules.check_looks_held(held)
    held.looks_released_at, held.looks_held_why = timezone.now(), ""
    held.save(update_fields=["looks_released_at", "looks_held_why"])
    connect_looks(held)
    return held


def connect_looks(assessment):
    """Give the keys of a released assessment and of its reports to the young person, whom the caller holds, each once;
    a report that comes later brings its own."""
    person = YoungPerson.objects.get(pk=assessment.young_person_id)
    keys = [assessment.log_key, *assessment.reports.values_list("log_key", flat=True)]
    person.log_keys = list(dict.fromkeys([*person.log_keys, *keys]))
    person.save(update_fields=["log_keys"])
