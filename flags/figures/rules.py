"""Fixed periods: calendar months, and the halves of calendar years over which they are added up."""

from calendar import monthrange
from datetime import date, timedelta

from coordination.clocks.rules import working_day_after

# Sides that know something of a count beside the agencies.
COORDINATORS, ERASED = "coordinators", "erased"
HALF = 6
# What was done in time may be written down a few days late.
DAYS_TO_WRITE_DOWN = timedelta(days=7)


def first_of(day):
    """The first day of the day's month."""
    return day.replace(day=1)


def last_of(month):
    """The last day of the month."""
    return month.replace(day=monthrange(month.year, month.month)[1])


def after(month):
    """The month after."""
    return last_of(month) + timedelta(days=1)


def counted_on(area, month):
    """The day on which a month's figures come: the last match of it is due by then, and a week has passed.

    It follows from the calendar and the area's setting alone, never from what has happened.
    """
    return working_day_after(last_of(month), area.days_to_contact) + DAYS_TO_WRITE_DOWN


def ends_half(month):
    """Whether the half-year ends with this month."""
    return month.month % HALF == 0


def first_complete_month(began):
    """The first calendar month that is complete for somebody who began on this day."""
    return began if began.day == 1 else after(first_of(began))


def months_between(first, last):
    """Every month from the first to the last, both included."""
    month = first
    while month <= last:
        yield month
        month = after(month)


def months_of(year, half=None):
    """The months of a year, or of its first or second half."""
    numbers = range(1, 13) if half is None else range(HALF * half - HALF + 1, HALF * half + 1)
    return [date(year, number, 1) for number in numbers]
