"""What may be told of the assessments: numbers that tell of nobody, by half-year.

Counts are told as those of `flags.figures`, medians and shares as the means of `coordination.support.queries.figures`.
Nowhere does it stand how many assessments there are in all: what is hidden of the outcomes could be worked out from it.
How many are pending is told of the last day of each half-year and by itself: the same assessment may be pending on two.
"""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Min
from django.utils import timezone

from coordination.assessments.models import Assessment, AssessmentFact, Summary
from coordination.clocks import half_years
from coordination.clocks.rules import half_year_of
from coordination.interface.halves import Column, Half, counts
from coordination.interface.small_numbers import HIDDEN, NOTHING, Told

What = AssessmentFact.What
OUTCOMES = [f"out_{outcome}" for outcome in Summary.Outcome]
_TEN = 10


@dataclass(frozen=True)
class Figures:
    """All that is told: columns by their code, over the half-years named by their first days."""

    halves: list[date]
    columns: dict[str, Column] = field(default_factory=dict)


def first_half(area):
    """The half-year in which the area's first assessment became pending; None before that."""
    pending = Assessment.objects.filter(area=area).aggregate(at=Min("pending_at"))["at"]
    kept = AssessmentFact.objects.filter(area=area).aggregate(half=Min("half"))["half"]
    found = [*([half_year_of(timezone.localdate(pending))] if pending else []), *([kept] if kept else [])]
    return min(found, default=None)


def figures(area):
    """The figures of all half-years of the area that have been counted."""
    found = half_years.rows_of_halves(AssessmentFact, area)
    halves = [Half(rows) for rows in found.values()]
    columns = {what: counts(halves, what) for what in (What.ASKED, What.MISSING, *OUTCOMES)}
    columns[What.PENDING] = Column([_pending(one) for one in halves])
    for what in (What.BEGUN, What.FINISHED, What.HEARD):
        columns[what] = Column([Told(str(one.share(what) or NOTHING)) for one in halves])
    columns[What.DAYS_TO_BEGIN] = Column([_days(one.median(What.DAYS_TO_BEGIN), 1) for one in halves])
    columns[What.DAYS_TO_FINISH] = Column([_days(one.median(What.DAYS_TO_FINISH), _TEN) for one in halves])
    return Figures(list(found), columns)


def _pending(half):
    count = half.number(What.PENDING)
    return Told(str(count.number), count.number) if count.is_shown else Told(HIDDEN)


def _days(median, nearest):
    """A median of days, to the nearest so many; under that only that it is."""
    if median is None:
        return Told(NOTHING)
    if median <= nearest:
        return Told(f"≤{nearest}")
    return Told(str(round(median / nearest) * nearest))
