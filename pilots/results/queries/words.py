"""Periods and numbers as people read them."""

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from coordination.clocks.rules import months_after
from coordination.templatetags.ui import finnish_date
from pilots.results.models.indicators import Period, Unit
from pilots.results.rules import MONTHS


def period(kind, first):
    """A period within a sentence: "May 2026", "January–June 2026", "2026"."""
    if kind == Period.YEAR:
        return str(first.year)
    if kind == Period.MONTH:
        return date_format(first, "F Y")
    return f"{date_format(first, 'F')}–{date_format(months_after(first, MONTHS[kind] - 1), 'F Y')}"


def period_in_short(kind, first):
    """The same below a chart: "5/2026", "2026/1" of quarters and half-years."""
    if kind == Period.YEAR:
        return str(first.year)
    place = (first.month - 1) // MONTHS[kind] + 1
    return f"{place}/{first.year}" if kind == Period.MONTH else f"{first.year}/{place}"


def number(value, unit):
    """A number with what it is of: "12,5 %", "3 days" in short; whole numbers without a decimal."""
    said = number_format(value, decimal_pos=0 if value == int(value) else 1, force_grouping=True)
    if unit == Unit.DAYS:
        return _("%(number)s d") % {"number": said}
    return said + {Unit.PERCENT: " %", Unit.EUROS: " €", Unit.HOURS: " h"}.get(unit, "")


def dated(value, unit, day):
    """A number, and the day on which it is so where there is one."""
    if value is None:
        return "–"
    return f"{number(value, unit)} ({finnish_date(day)})" if day else number(value, unit)
