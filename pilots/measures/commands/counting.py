"""Saying once a half-year is over that its figures may show."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Min

from coordination.agencies.models import Area
from coordination.clocks import half_years
from coordination.clocks.rules import today
from coordination.interface.each import each
from pilots.measures.models import MeasureFact


@dataclass(frozen=True)
class _Counted:
    """What the row of a counted half-year consists of."""

    what: str = half_years.COUNTED
    pilot_id: None = None
    agencies: tuple = ()
    value: int = 0


def count_halves():
    """Close every half-year of every area that can be shown by now: its facts were written when they happened. Doing it
    again does nothing more."""
    each(Area.objects.all(), _count_area, otherwise="the measures of area %s could not be counted")


def _count_area(area):
    first = MeasureFact.objects.filter(area=area).aggregate(half=Min("half"))["half"]
    for half in half_years.halves_to_count(MeasureFact, area, first=first, day=today()):
        count_half(area=area, half=half)


@transaction.atomic
def count_half(*, area, half):
    """Close the half-year, unless it is: what is written later comes into none that shows."""
    area = half_years.hold(area)
    if not half_years.is_counted(MeasureFact, area, half):
        half_years.add(MeasureFact, area, half, _Counted(), people=0)
