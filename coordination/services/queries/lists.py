"""The list of services, by what is asked for."""

from dataclasses import dataclass, replace

from django.db.models import DateField, Exists, ExpressionWrapper, F, OuterRef, Q

from coordination.agencies.models import Municipality
from coordination.clocks.rules import today
from coordination.interface.pages import one_page
from coordination.services.models import Need, Service, ServiceClass, TargetGroup
from coordination.services.queries import search

A_PAGE = 25
# More are not counted: nobody reads them through, and the list would be read to its end.
MOST_COUNTED = 500


@dataclass(frozen=True)
class Filters:
    """What of the list is asked for; empty is everything. Lists and places are named by their codes."""

    words: str = ""
    service_class: str = ""
    need: str = ""
    group: str = ""
    age: int | None = None
    municipality: str = ""
    county: str = ""
    language: str = ""
    threshold: str = ""
    cost: str = ""
    channel: str = ""
    priority: str = ""
    kind: str = ""
    stale: bool = False
    everywhere: bool = False

    def anywhere(self):
        """The same filters, for all places."""
        return replace(self, municipality="", county="")


@dataclass(frozen=True)
class Found:
    """One page of the list: its services, whether there are more, how many there are (None: more than are counted),
    and what is spelt nearly like words that few say."""

    rows: list
    has_more: bool
    number: int | None
    near: list


def matching(services, filters):
    """Those of these services that the filters leave, but for their words."""
    said = {
        "service_class__code": filters.service_class,
        "languages__contains": [filters.language] if filters.language else "",
        "channels__contains": [filters.channel] if filters.channel else "",
        "threshold": filters.threshold,
        "cost": filters.cost,
        "priority": filters.priority,
        "kind": filters.kind,
    }
    found = services.filter(**{lookup: value for lookup, value in said.items() if value})
    for rows, name, code in (
        (Service.needs, "need", filters.need),
        (Service.target_groups, "targetgroup", filters.group),
    ):
        if code:
            found = found.filter(Exists(rows.through.objects.filter(service=OuterRef("pk"), **{f"{name}__code": code})))
    if filters.age is not None:
        found = found.filter(
            Q(youngest_age=None) | Q(youngest_age__lte=filters.age), Q(oldest_age=None) | Q(oldest_age__gte=filters.age)
        )
    if filters.municipality:
        found = found.filter(_for(Municipality.objects.filter(code=filters.municipality)))
    if filters.county:
        found = found.filter(_for(Municipality.objects.filter(county__code=filters.county)))
    return stale(found) if filters.stale else found


def _for(municipalities):
    """Whether a service is for one of these: it says so, or it is for the whole area of which they are a part."""
    places = Service.municipalities.through.objects.filter(service=OuterRef("pk"))
    whole = Q(area__in=municipalities.exclude(area=None).values("area")) & ~Q(Exists(places))
    return Q(Exists(places.filter(municipality__in=municipalities))) | whole


def stale(services):
    """Those of these services of which nobody has said for the days of their area that they are true."""
    until = ExpressionWrapper(F("checked_on") + F("area__directory_checked_days"), output_field=DateField())
    return services.alias(counts_until=until).filter(Q(checked_on=None) | Q(counts_until__lt=today()))


def listed(services, filters, *, page=1):
    """One page of those of these services that are asked for, by name, or the best first where words are.

    Must run in a transaction (`search.nearly`); the same statements however many there are.
    """
    services = matching(services, filters)
    words = search.said(filters.words)
    found = search.by_words(services, words) if words else services.order_by("name_fi", "pk")
    rows, has_more = one_page(_with_rows(found), page, A_PAGE)
    number = len(found.order_by().values_list("pk")[: MOST_COUNTED + 1])
    near = _near(services, words, rows) if words and page == 1 and number < search.FEW else []
    return Found(rows, has_more, number if number <= MOST_COUNTED else None, near)


def _near(services, words, rows):
    known = {row.pk for row in rows}
    return [one for one in _with_rows(search.nearly(services, words)) if one.pk not in known]


def _with_rows(services):
    return services.select_related("service_class", "owner__area", "area")


def choices():
    """The closed lists that services are sorted by, by their names in the reader's language."""
    return {model: _by_name(model.objects.filter(is_active=True)) for model in (ServiceClass, Need, TargetGroup)}


def _by_name(rows):
    return sorted(rows, key=lambda row: row.name.casefold())
