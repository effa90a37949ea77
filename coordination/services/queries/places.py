"""How many services there are in each municipality and each county."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef

from coordination.agencies.models import County, Municipality
from coordination.services.models import Service


@dataclass(frozen=True)
class Place:
    """A municipality or a county, and how many services are for it."""

    code: str
    name: str
    number: int


def municipalities(area=None):
    """The municipalities of this area, or of all areas, by their names in the reader's language."""
    found = Municipality.objects.select_related("county")
    found = found.filter(area=area) if area else found.exclude(area=None)
    return sorted(found, key=lambda one: one.name.casefold())


def by_municipality(services, towns):
    """Those of these municipalities for which there are services, with how many."""
    whole, said = _whole(services), _said(services, "municipality__code")
    numbers = {one.code: (one.name, whole[one.area_id] + said[one.code]) for one in towns}
    return [Place(code, name, number) for code, (name, number) in numbers.items() if number]


def by_county(services, towns):
    """{code: how many of these services are for somebody in it}; a service of several counties stands in each."""
    whole, said = _whole(services), _said(services, "municipality__county__code")
    areas = defaultdict(set)
    for town in towns:
        areas[town.county.code].add(town.area_id)
    return {code: said[code] + sum(whole[area] for area in its) for code, its in areas.items()}


def _whole(services):
    """How many are for the whole of each area, by its key."""
    places = Service.municipalities.through.objects.filter(service=OuterRef("pk"))
    found = services.filter(~Exists(places)).order_by().values_list("area").annotate(Count("pk"))
    return defaultdict(int, found)


def _said(services, place):
    """How many name a place of each kind, by its code."""
    rows = Service.municipalities.through.objects.filter(service__in=services.order_by().values("pk"))
    return defaultdict(int, rows.order_by().values_list(place).annotate(Count("service", distinct=True)))


def counties():
    """Every county that the portal knows, as the map draws them."""
    return County.objects.all()
