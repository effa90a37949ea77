"""Saying once a half-year is over that a pilot's figures of it may show."""

from django.db import transaction
from django.db.models import Min

from coordination.agencies.models import Area
from coordination.clocks import half_years
from coordination.clocks.rules import today
from coordination.interface.each import each
from pilots.registry.queries.figures import Fact


def count_halves(facts, *, first_of=None, found=None):
    """Close every half-year of every area that can be shown by now in these `facts` (a model of FactOfHalfYear with a
    pilot). Doing it again does nothing more.

    Facts were written when they happened, or are told by `found(area, half)` as [(fact, how many people)] when the
    half-year closes, the first of which `first_of(area)` then says.
    """

    def count_area(area):
        for half in half_years.halves_to_count(facts, area, first=(first_of or earliest)(area), day=today()):
            count_half(facts, area=area, half=half, found=found)

    def earliest(area):
        return facts.objects.filter(area=area).aggregate(half=Min("half"))["half"]

    each(Area.objects.all(), count_area, otherwise=f"{facts.__name__} of area %s could not be counted")


@transaction.atomic
def count_half(facts, *, area, half, found=None):
    """Close the half-year, unless it is: what is written later comes into none that shows."""
    area = half_years.hold(area)
    if half_years.is_counted(facts, area, half):
        return
    for fact, people in (*(found(area, half) if found else ()), (Fact(), 0)):
        half_years.add(facts, area, half, fact, people=people)
