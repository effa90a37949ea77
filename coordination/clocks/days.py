"""What a deadline is counted by: units, and the days that aren't working days.

Source: the act on the calculation of statutory time limits (150/1930) 5 §. The days come from the ``holidays`` library;
which of them count is data (`DeadlineRule.not_working`), because the law may change.
"""

from functools import cache

import holidays
from django.db import models
from django.utils.translation import gettext_lazy as _

SATURDAY, SUNDAY = 5, 6


class Unit(models.TextChoices):
    """What the number of a rule counts. `WITHOUT_DELAY` has no number, and so no last day."""

    MINUTES = "minutes", _("minutes")
    DAYS = "days", _("days")
    WORKING_DAYS = "working_days", _("working days")
    MONTHS = "months", _("months")
    WITHOUT_DELAY = "without_delay", _("without delay")


class NotWorking(models.TextChoices):
    """What isn't a working day. Church holidays on weekdays include New Year's Day, Epiphany and Ascension Day."""

    SATURDAY = "saturday", _("Saturdays")
    SUNDAY = "sunday", _("Sundays")
    CHURCH_HOLIDAY = "church_holiday", _("church holidays")
    INDEPENDENCE_DAY = "independence_day", _("Independence Day")
    MAY_DAY = "may_day", _("May Day")
    CHRISTMAS_EVE = "christmas_eve", _("Christmas Eve")
    MIDSUMMER_EVE = "midsummer_eve", _("Midsummer Eve")


ALL = frozenset(NotWorking.values)

# What the library calls the holidays that are not the church's; every other one is.
_BY_NAME = {
    "Itsenäisyyspäivä": NotWorking.INDEPENDENCE_DAY,
    "Vappu": NotWorking.MAY_DAY,
    "Jouluaatto": NotWorking.CHRISTMAS_EVE,
    "Juhannusaatto": NotWorking.MIDSUMMER_EVE,
}


def all_of_them():
    """Every kind of day off, as a row keeps it."""
    return list(NotWorking.values)


def reasons_off(day):
    """Why `day` (a date) isn't a working day, as codes of NotWorking; empty for one that is. May Day can be Ascension
    Day as well: a day can be off for two reasons."""
    weekend = {SATURDAY: {NotWorking.SATURDAY.value}, SUNDAY: {NotWorking.SUNDAY.value}}.get(day.weekday(), set())
    return weekend | _holidays(day.year).get(day, frozenset())


@cache
def _holidays(year):
    """The holidays of `year` in Finland, whatever the weekday: {date: codes}."""
    # Named apart from the library's defaults so that a new default can't move a deadline.
    found = holidays.Finland(years=year, expand=False, observed=False, categories=("public",), language="fi")
    return {
        day: frozenset(_BY_NAME.get(name, NotWorking.CHURCH_HOLIDAY).value for name in found.get_list(day))
        for day in found
    }
