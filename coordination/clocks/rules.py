"""Working days as Finnish law counts them.

Source: the act on the calculation of statutory time limits (150/1930) 5 §. Not working days are Saturdays, Sundays,
church holidays, Independence Day, May Day, Christmas Eve and Midsummer Eve. The days themselves come from the
``holidays`` library. Every function takes and gives plain dates; a datetime is refused, because which day it falls on
depends on a time zone that the caller must have chosen.
"""

from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays
from django.utils import timezone

HELSINKI = ZoneInfo("Europe/Helsinki")
ONE_DAY = timedelta(days=1)
SATURDAY = 5
MONTHS_OF_HALF = 6


@cache
def _days_off(year):
    """The dates of `year` that are holidays in Finland, whatever the weekday."""
    # Named apart from the library's default so that a new default can't move a deadline.
    return frozenset(holidays.Finland(years=year, expand=False, observed=False, categories=("public",)))


def _check_date(day):
    if not isinstance(day, date) or isinstance(day, datetime):
        raise TypeError(f"A plain date is needed, not {type(day).__name__}.")


def is_working_day(day):
    """Whether `day` (a date) is a working day in Finland."""
    _check_date(day)
    return day.weekday() < SATURDAY and day not in _days_off(day.year)


def working_day_after(day, n):
    """The date of the `n`-th working day after `day`.

    `day` itself is not counted, whether or not it is a working day: what was received on a Tuesday must be begun by
    Thursday of the next week when the limit is seven working days. `n` is at least 1; anything less is a ValueError.
    """
    _check_date(day)
    if n < 1:
        raise ValueError("The number of working days must be at least 1.")
    while n:
        day += ONE_DAY
        if is_working_day(day):
            n -= 1
    return day


def today():
    """The date now in Finland, whatever time zone the process or the reader uses."""
    return timezone.localdate(timezone=HELSINKI)


def months_after(day, months):
    """The date so many months after `day`; where that month is shorter, its last day."""
    _check_date(day)
    month = day.month - 1 + months
    year, month, number = day.year + month // 12, month % 12 + 1, day.day
    while True:
        try:
            return day.replace(year=year, month=month, day=number)
        except ValueError:
            number -= 1


def half_year_of(day):
    """The first day of the calendar half-year in which the day lies: figures come by fixed periods."""
    _check_date(day)
    return date(day.year, 1 if day.month <= MONTHS_OF_HALF else MONTHS_OF_HALF + 1, 1)


def half_year_after(first):
    """The first day of the half-year that follows the one with this first day."""
    return months_after(first, MONTHS_OF_HALF)
