"""Working days and deadlines as Finnish law counts them.

Source: the act on the calculation of statutory time limits (150/1930), 3 § for months and 5 § for days that aren't
working days: Saturdays, Sundays, church holidays, Independence Day, May Day, Christmas Eve and Midsummer Eve. Nothing
here reads the database. Functions of days take and give plain dates; a datetime is refused there, because which day it
falls on depends on a time zone that the caller must have chosen. `deadline` takes a moment, and its day is Finland's.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from coordination.clocks.days import ALL, Unit, reasons_off
from coordination.templatetags.ui import weekday_date, weekday_moment

HELSINKI = ZoneInfo("Europe/Helsinki")
ONE_DAY = timedelta(days=1)
MONTHS_OF_HALF = 6


def _check_date(day):
    if not isinstance(day, date) or isinstance(day, datetime):
        raise TypeError(f"A plain date is needed, not {type(day).__name__}.")


def is_working_day(day, not_working=ALL):
    """Whether `day` (a date) is a working day in Finland: off for none of these reasons (codes of NotWorking)."""
    _check_date(day)
    return reasons_off(day).isdisjoint(not_working)


def working_day_after(day, n, not_working=ALL):
    """The date of the `n`-th working day after `day`.

    `day` itself is not counted, whether or not it is a working day: what was received on a Tuesday must be begun by
    Thursday of the next week when the limit is seven working days. `n` is at least 1; anything less is a ValueError.
    """
    _check_date(day)
    if n < 1:
        raise ValueError("The number of working days must be at least 1.")
    while n:
        day += ONE_DAY
        if is_working_day(day, not_working):
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


@dataclass(frozen=True)
class Due:
    """By when something is to be done: the last day, and for minutes the moment; neither where it is without delay.

    `rule` is the DeadlineRule that says so, None where there is none, `received_on` the day in Finland from which it
    was counted.
    """

    rule: Any
    received_on: date
    day: date | None
    at: datetime | None = None

    @property
    def warn_on(self):
        """The first day on which 80 % of the days from receipt to the last day have passed; None without a last day.

        At the earliest the day after receipt and at the latest the day before the last one; the last day itself where
        no day lies between the two. (Ours.)
        """
        if self.day is None:
            return None
        days = (self.day - self.received_on).days
        passed = -(-days * 4 // 5)  # rounded up
        return self.received_on + timedelta(days=max(min(passed, days - 1), min(1, days)))

    def is_over(self, now):
        """Whether the last day, or for minutes the moment, has passed at `now` (an aware datetime)."""
        if self.at:
            return now > self.at
        return self.day is not None and day_of(now) > self.day

    @property
    def when(self):
        """The last day as "to 3.12.2026", or the moment as "to 3.12.2026 klo 9.15"; empty where there is none."""
        return weekday_moment(self.at) if self.at else weekday_date(self.day)

    @property
    def why(self):
        """The rule and where it stands, as "7. arkipäivä vastaanotosta (SHL 36 §)"; without a law it's our promise.
        Empty where the product itself sets the day, without any rule."""
        return f"{self.rule.name} ({self.rule.law or 'Rinnalla'})" if self.rule else ""

    @property
    def text(self):
        """Both, as "to 3.12.2026, 7. arkipäivä vastaanotosta (SHL 36 §)", in the reader's language."""
        return ", ".join(filter(None, [self.when, self.why]))


def day_of(moment):
    """The date of this moment in Finland. A naive moment has none, and is refused."""
    if not isinstance(moment, datetime) or timezone.is_naive(moment):
        raise TypeError("A moment with its time zone is needed.")
    return moment.astimezone(HELSINKI).date()


def deadline(rule, received):
    """By when this is due under the DeadlineRule, when it was received at this moment (an aware datetime).

    Minutes are counted in UTC, so that the nights when clocks are moved neither add nor take an hour. A last day that
    isn't a working day moves on to the next one where the rule says so.
    """
    on = day_of(received)
    if rule.unit == Unit.WITHOUT_DELAY:
        return Due(rule, on, None)
    if rule.unit == Unit.MINUTES:
        at = (received.astimezone(UTC) + timedelta(minutes=rule.number)).astimezone(HELSINKI)
        return Due(rule, on, at.date(), at)
    day = _last_day(rule, on)
    if rule.rolls_to_working_day:
        while not is_working_day(day, rule.not_working):
            day += ONE_DAY
    return Due(rule, on, day)


def _last_day(rule, on):
    """The last day before any rolling. Where the day of receipt counts as the first, all ends a day earlier."""
    if rule.unit == Unit.WORKING_DAYS:
        return working_day_after(on if rule.counts_from_next_day else on - ONE_DAY, rule.number, rule.not_working)
    last = months_after(on, rule.number) if rule.unit == Unit.MONTHS else on + timedelta(days=rule.number)
    return last if rule.counts_from_next_day else last - ONE_DAY
