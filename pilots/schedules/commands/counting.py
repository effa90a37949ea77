"""Counting what schedules come to, once a half-year is over."""

from django.db.models import Min

from coordination.clocks.rules import day_of, half_year_of
from pilots.registry.commands import counting
from pilots.schedules.models import Enrolment, ScheduleFact
from pilots.schedules.queries.figures import facts_in


def count_halves():
    """Count every half-year of every area that can be shown by now and wasn't. Doing it again does nothing more."""
    counting.count_halves(ScheduleFact, first_of=_first_of, found=facts_in)


def _first_of(area):
    begun = Enrolment.objects.filter(pilot__area=area).aggregate(at=Min("begun_at"))["at"]
    kept = ScheduleFact.objects.filter(area=area).aggregate(half=Min("half"))["half"]
    return min(filter(None, [begun and half_year_of(day_of(begun)), kept]), default=None)


def count_half(*, area, half):
    """Count this half-year, unless it has been."""
    counting.count_half(ScheduleFact, area=area, half=half, found=facts_in)
