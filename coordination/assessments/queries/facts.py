"""What one assessment has to tell of one half-year, as facts with nobody in them.

Each thing counts in the half-year of its own day: the beginning in which it began, being in time in which the last day
was, the child's view in which it was first heard, and outcome, parts and days to finish in which it was first signed.
So what is told of one doesn't add up to what is told of another, and nothing hidden can be worked out from a sum.
"""

from dataclasses import dataclass

from django.utils import timezone

from coordination.assessments.models import Assessment, AssessmentFact, Participant
from coordination.assessments.states import ParticipantState
from coordination.clocks.models import DeadlineRule
from coordination.clocks.rules import ONE_DAY, half_year_after

What = AssessmentFact.What
_ASKED_FOR = [Participant.Kind.PROFESSIONAL, Participant.Kind.OUTSIDE]


@dataclass(frozen=True)
class Fact:
    """One fact, as `AssessmentFact` keeps it; `agencies` know of it anyway."""

    what: str
    value: int = 0
    agencies: tuple = ()


def with_all(assessments):
    """The assessments with everything that facts are made of."""
    return assessments.prefetch_related(
        "reports__by", "reports__deadlines", "participants__membership", "child_views", "summaries"
    )


def in_area(area, half):
    """The assessments of which this area's half-year may have something to count, the same young person's one after the
    other."""
    found = Assessment.objects.filter(area=area, pending_at__date__lt=half_year_after(half))
    return with_all(found.order_by("young_person", "pending_at", "pk"))


def facts_of(assessment, half, *, until=None):
    """The facts of this assessment in the half-year with this first day, or of its days `until` one of them. The
    assessment comes with `with_all`."""
    end = half_year_after(half) - ONE_DAY
    last = until or end
    know = _agencies(assessment)
    return [Fact(what, value, know) for what, value in _said(assessment, half, last, at_end=last == end)]


def touched(assessment):
    """The first and the last day on which anything of this assessment could be counted."""
    first = _day(assessment.pending_at)
    return first, max(filter(None, [first, timezone.localdate(), _last_day(assessment, DeadlineRule.What.FINISH)]))


def _said(assessment, half, last, *, at_end):
    pending, began = _day(assessment.pending_at), _day(assessment.began_at)
    signed = [one for one in assessment.summaries.all() if one.signed_at]
    finished = min((_day(one.signed_at) for one in signed), default=None)
    if at_end and pending <= last and (finished is None or finished > last):
        yield What.PENDING, 0
    if half <= began <= last:
        yield What.DAYS_TO_BEGIN, (began - pending).days
        if by := _last_day(assessment, DeadlineRule.What.START):
            yield What.BEGUN, int(began <= by)
    by = _last_day(assessment, DeadlineRule.What.FINISH)
    # Whether it was in time is known once it is finished, or its last day is over.
    if by and half <= by < half_year_after(half) and (finished or by <= last):
        yield What.FINISHED, int(finished is not None and finished <= by)
    if finished and half <= finished <= last:
        yield What.DAYS_TO_FINISH, (finished - pending).days
        yield f"out_{signed[-1].outcome}", 0
        yield from _parts(assessment, finished)
    heard = [one for one in assessment.child_views.all() if one.heard_on <= last]
    if heard and min(one.heard_on for one in heard) >= half:
        yield What.HEARD, int(any(one.met_alone for one in heard))


def _parts(assessment, finished):
    """The parts that agencies were asked for, and those that were still missing when it was signed; not of those who
    had been let go without one by then."""
    for one in assessment.participants.all():
        is_missing = one.state == ParticipantState.ASKED or bool(one.ended_at and one.answered_at is None)
        if one.kind in _ASKED_FOR and not (is_missing and one.ended_at and _day(one.ended_at) < finished):
            yield What.ASKED, 0
            if is_missing:
                yield What.MISSING, 0


def _last_day(assessment, what):
    """By when it was to begin or to finish: the earliest day, where there is one (SHL 36 §)."""
    deadlines = [one for report in assessment.reports.all() for one in report.deadlines.all() if one.what == what]
    return min((one.last_day for one in deadlines if one.last_day), default=None)


def _agencies(assessment):
    """The agencies that know of the assessment anyway: of who takes part, and of who reported. From the one that
    assesses nothing is kept: all of it is its own work."""
    others = {one.membership.agency_id for one in assessment.participants.all() if one.membership}
    others |= {one.by.agency_id for one in assessment.reports.all()}
    return tuple(sorted(others - {assessment.agency_id}))


def _day(moment):
    return timezone.localdate(moment)
