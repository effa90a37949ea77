"""The summary: written in versions, signed, and opened again for a reason."""

from django.db import transaction
from django.utils import timezone

from coordination.assessments import notices, planning, rules
from coordination.assessments.commands.deadlines import met
from coordination.assessments.commands.plans import mark_needs, take_back_needs
from coordination.assessments.models import Reopening, Summary
from coordination.assessments.queries import plans, rooms
from coordination.assessments.queries import summaries as queries
from coordination.assessments.queries.participants import professionals
from coordination.assessments.states import AssessmentState
from coordination.cards.models import Phase
from coordination.cards.queries import own_card
from coordination.outbox.commands import done, tell


@transaction.atomic
def write_summary(*, assessment, number, readers, by, **columns):
    """Save a new version of the summary; what is the same as the last one makes none.

    `number` is that of the version it was based on, 0 for none; `readers` are participants. `columns` are those of
    Summary. Raises NotNow where another version was saved meanwhile, where a reason is missing, and for a reader who
    doesn't take part.
    """
    held = rooms.held_for_worker(by, assessment)
    rules.check_open(held)
    last = queries.latest(held)
    if last and _is_same(last, readers, columns):
        return last
    rules.check_version(number, rules.number_of(last))
    names = ("conclusions", "outcome", "outcome_why", "child_protection", "child_protection_why")
    planning.check_outcome(**{name: columns[name] for name in names})
    rules.check_chosen(readers, professionals(held))
    card, following = own_card(by, Phase.SUMMARISE), rules.number_of(last) + 1
    made = Summary.objects.create(assessment=held, number=following, card=card, by=by, **columns)
    made.readers.set(readers)
    return made


def _is_same(last, readers, columns):
    is_read_by = {one.pk for one in readers} == set(last.readers.values_list("pk", flat=True))
    return is_read_by and all(getattr(last, name) == value for name, value in columns.items())


@transaction.atomic
def sign(*, assessment, by, mark=None):
    """Sign the summary and the plan: from now on nothing is changed, and what is to be done is told to those who do it.

    `mark` is that of summary and plan as they stood on the page. Raises NotNow where something was changed since, and
    while something is missing without which nobody may sign. A part that is missing holds nothing up.
    """
    held = rooms.held_for_worker(by, assessment)
    rules.check_assessment_move(held, AssessmentState.SIGNED)
    queries.check_can_be_signed(held)
    if mark is not None:
        planning.check_seen(mark, plans.mark(held))
    held.state, held.signed_at, held.signed_by = AssessmentState.SIGNED, timezone.now(), by
    held.save(update_fields=["state", "signed_at", "signed_by"])
    summary = queries.latest(held)
    if summary.signed_at is None:
        summary.signed_at = held.signed_at
        summary.save(update_fields=["signed_at"])
    for report in held.reports.all():
        met(report, rules.What.FINISH)
    mark_needs(held, by=by)
    # Nobody writes any more, and whatever was sent has its answer.
    done(about=held, codes=[notices.ASSESSMENT_REOPENED, notices.PART_ASKED, notices.REPORT_JOINED])
    doers, readers = _concerned(held, summary)
    _tell(notices.PLAN_SIGNED, held, doers, dedupe=held.signed_at.isoformat(), by=by)
    _tell(notices.SUMMARY_SIGNED, held, readers, dedupe=held.signed_at.isoformat(), by=by)
    return held


@transaction.atomic
def reopen(*, assessment, why, by):
    """Open a signed assessment again, for a reason. The version that was signed stays as it is, and no deadline begins
    anew."""
    held = rooms.held_for_worker(by, assessment)
    rules.check_assessment_move(held, AssessmentState.OPEN)
    rules.check_said(why.strip())
    opened = Reopening.objects.create(assessment=held, why=why, by=by)
    held.state, held.signed_at, held.signed_by = AssessmentState.OPEN, None, None
    held.save(update_fields=["state", "signed_at", "signed_by"])
    take_back_needs(held)
    done(about=held, codes=[notices.PLAN_SIGNED])
    doers, readers = _concerned(held, queries.latest(held))
    _tell(notices.ASSESSMENT_REOPENED, held, doers + readers, dedupe=opened.public_id, by=by)
    return held


def _concerned(assessment, summary):
    """(those with something to do, those who only read): the professionals who come into the room now."""
    doing = set(assessment.actions.filter(done_at=None).values_list("responsible", flat=True))
    reading = set(summary.readers.values_list("pk", flat=True))
    able = professionals(assessment)
    doers = [one.membership for one in able if one.membership_id in doing]
    return doers, [one.membership for one in able if one.pk in reading and one.membership_id not in doing]


def _tell(notice, assessment, to, *, dedupe, by):
    link = assessment.get_absolute_url()
    tell(notice, to=to, about=assessment, link=link, dedupe=f"{assessment.public_id}:{dedupe}", except_for=by)
