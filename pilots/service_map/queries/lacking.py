"""What was needed in real work and not available: counts of the latest year, of which no mark can be worked out.

Each calendar year is a column of its own, with its two half-years as cells (`interface.small_numbers`, rule 1), told
once they are over and two weeks have passed. So what shows never overlaps, and never changes later: a window that moved
on by a month would tell by its difference what happened in that month.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from coordination.clocks.half_years import counted_on
from coordination.clocks.rules import half_year_after, half_year_of, today
from coordination.interface.small_numbers import Count, groups, together
from coordination.services.queries.coverage import marks_of

_SHOWN = 2


@dataclass(frozen=True)
class Lacking:
    """How often a need was marked as not available from the half-year that begins on `first` to that on `last`."""

    number: int
    first: date
    last: date


def lacking_in(area):
    """{need's key: what may be told of the two latest half-years that are over} of this area."""
    halves = _closed(today())
    shown = halves[-_SHOWN:]
    cells = defaultdict(lambda: {half: Count(0) for half in halves})
    for need, month, agency, number in marks_of(area, halves[0], half_year_after(halves[-1])):
        half = half_year_of(month)
        cells[need][half] += Count(number, {agency: number})
    return {need: told for need, counts in cells.items() if (told := _told(counts, shown))}


def _closed(day):
    """The half-years from January of the year before last that can be told of on this day: two years' or more."""
    half, found = date(day.year - 2, 1, 1), []
    while counted_on(half) <= day:
        found.append(half)
        half = half_year_after(half)
    return found


def _told(counts, shown):
    """What of these counts ends within the half-years that are shown."""
    found = []
    for year in sorted({half.year for half in counts}):
        halves = [half for half in counts if half.year == year]
        for group in groups([counts[half] for half in halves]):
            first, last = halves[group.start], halves[group.stop - 1]
            if last in shown:
                number = together([counts[half] for half in halves[group.start : group.stop]]).number
                found.append(Lacking(number, first, last))
    return found
