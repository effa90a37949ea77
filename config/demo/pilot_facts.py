"""Invented figures of pilots by half-year, as the portal would have counted them."""

from coordination.agencies.models import Agency
from coordination.clocks.half_years import next_half
from coordination.clocks.rules import MONTHS_OF_HALF, months_after, today


def latest_halves(number):
    """The first days of the latest half-years whose figures show, the earliest first."""
    following, _day = next_half(today())
    return [months_after(following, -MONTHS_OF_HALF * back) for back in range(number, 0, -1)]


def write_facts(model, pilot, half, agency, facts):
    """(what, value, how many young people, how many) of what the agency of this name did in the half-year."""
    key = Agency.objects.get(area=pilot.area, name_fi=agency).pk
    for what, value, people, count in facts:
        known = {"what": what, "value": value, "people": people, "count": count}
        model.objects.create(area=pilot.area, pilot=pilot, half=half, agencies=[key], **known)
