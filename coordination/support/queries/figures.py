"""What may be told of the one adult's supports: numbers that tell of nobody, by half-year.

Counts are told as those of `flags.figures`: half-years are put together until at least five remain whoever takes away
what they know. A mean or a median needs ten young people and three agencies, and five that no one agency knows of; it
is rounded, and near the least or the most that it can be it says only so. Each half-year is counted once. The curve of
days with the same adult, and its median, are of the half-years since it was last told: no end is told of twice.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from coordination.interface import survival
from coordination.interface.halves import Column, column, counts
from coordination.interface.small_numbers import JOINED, NOTHING, Told
from coordination.support.models import HalfYearFact, Support, Whereabouts
from coordination.support.queries.counted import halves

What = HalfYearFact.What
# Ends for another reason are in no column, and beginnings in none: else what is hidden of where young people were at
# the end or the naming could be worked out from the sum.
REASONS = [reason for reason in Support.EndReason if reason != Support.EndReason.OTHER]
DAYS_A_MONTH = Fraction(1461, 48)
_NEAR = Fraction(1, 5)
_TEN = 10


@dataclass(frozen=True)
class Lasting:
    """The curve of days with the same adult, of the half-years from the first to the last of them."""

    first: date
    last: date
    told: survival.Told


@dataclass(frozen=True)
class Figures:
    """All that is told: columns by their code, over the half-years named by their first days."""

    halves: list[date]
    columns: dict[str, Column] = field(default_factory=dict)
    lasting: Lasting | None = None


def figures(area):
    """The figures of all half-years of the area that have been counted."""
    found = halves(area)
    rows = list(found.values())
    ends = [f"why_{reason}" for reason in REASONS]
    where = [f"{moment}_{code}" for moment in Whereabouts.Moment.values for code in Whereabouts.Where.values]
    columns = {what: counts(rows, what) for what in (*ends, *where)}
    columns[What.CLOSED], columns["hours"] = counts(rows, What.CLOSED), _hours(rows)
    columns["months"] = Column([_mean(one, What.CONTACTS, _by_month) for one in rows])
    columns["caseload"] = Column([_mean(one, What.YOUNG, _caseload, least=1) for one in rows])
    columns[What.STARS] = Column([_mean(one, What.STARS, least=1, most=5) for one in rows])
    for what, least in (
        (What.AGENCIES_THEN, 1),
        (What.AGENCIES_NOW, 0),
        (What.ADULTS_THEN, 1),
        (What.ADULTS_NOW, 0),
    ):
        columns[what] = Column([_mean(one, what, least=least) for one in rows])
    columns[What.GAP] = Column([_median(one, What.GAP) for one in rows])
    columns["days"], lasting = _days(found)
    return Figures(list(found), columns, lasting)


def _hours(rows):
    """The hours a month that were freed, in the half-years in which it shows how many doubles were closed."""
    return column([one.number(What.CLOSED) for one in rows], [one.total(What.CLOSED) for one in rows])


def _mean(half, what, value=None, *, least=0, most=None):
    """A mean to one decimal; so near the least or the most that nearly everybody is there, only that it is near."""
    if not half.is_enough(what):
        return Told(NOTHING)
    mean = value(half) if value else Fraction(half.total(what), half.number(what).number)
    if mean <= least + _NEAR:
        return Told(f"≤{_decimal(least + _NEAR)}")
    if most is not None and mean >= most - _NEAR:
        return Told(f"≥{_decimal(most - _NEAR)}")
    return Told(_decimal(mean))


def _by_month(half):
    """Contacts in a month of one young person's support."""
    days = sum(row.since * row.count for row in half.rows(What.CONTACTS))
    return half.total(What.CONTACTS) * DAYS_A_MONTH / days


def _caseload(half):
    """Young people for one adult at the end of the half-year."""
    return Fraction(half.number(What.YOUNG).number, half.number(What.ADULTS).number)


def _decimal(number):
    """Half a tenth is rounded up, and the comma or full stop is the reader's."""
    tenths = int(number * _TEN + Fraction(1, 2))
    return number_format(Decimal(tenths) / _TEN, decimal_pos=1)


def _median(half, what):
    """A median of days, to the nearest ten."""
    middle = half.median(what)
    return Told(NOTHING) if middle is None else Told(str(max(round(middle / _TEN), 1) * _TEN))


def _days(found):
    """The days that half had the same adult, and the latest curve: of as many half-years together as it takes."""
    rows, firsts = list(found.values()), list(found)
    told, lasting, start = [Told(NOTHING)] * len(rows), None, 0
    for stop in range(1, len(rows) + 1):
        these = rows[start:stop]
        spells = [spell for one in these for spell in one.spells]
        # Everybody with a stretch of days has contacts, perhaps none of them; most were there in some half-year.
        found_now = survival.told(spells, people=max(one.people(What.CONTACTS) for one in these))
        if found_now:
            told[start:stop] = [Told(JOINED)] * (stop - start - 1) + [_days_told(found_now)]
            lasting = Lasting(firsts[start], firsts[stop - 1], found_now)
            start = stop
    return Column(told), lasting


def _days_told(found):
    if found.median is None:
        return Told(_("over %(days)d") % {"days": found.beyond})
    return Told(str(found.median), found.median)
