"""What there is for whom, in the few facts by which services are counted; and how often something was lacking."""

from dataclasses import dataclass

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import F, OuterRef, Sum
from django.db.models.functions import Coalesce

from coordination.services.models import Service, UnmetNeed
from coordination.services.queries.sight import in_area, offered_now, public, seen_by


@dataclass(frozen=True)
class Covering:
    """One service, as it is counted. `provider` tells different providers apart and names none."""

    pk: int
    provider: tuple
    service_class: int
    needs: frozenset[int]
    target_groups: frozenset[int]
    municipalities: frozenset[int]
    youngest_age: int | None
    oldest_age: int | None
    languages: tuple[str, ...]
    threshold: str
    priority: int | None


def countable(area, *, own):
    """The services of an area that count: for all who read alike, so that no count tells what one of them may not
    know. What a sensitive agency provides counts where it is said to be public; for readers of another area, what is
    public alone."""
    offered = offered_now(in_area(area))
    return seen_by(offered, None) if own else public(offered)


def covering(area, *, own):
    """Every service of `countable`, in one statement however many there are."""
    rows = (
        countable(area, own=own)
        .order_by("name_fi", "pk")
        .values_list(
            *("pk", "owner", "provider_name", "service_class"),
            *(_keys(name, column) for name, column in _ROWS),
            *("youngest_age", "oldest_age", "languages", "threshold", "priority"),
        )
    )
    return [_covering(*row) for row in rows]


_ROWS = (("needs", "need"), ("target_groups", "targetgroup"), ("municipalities", "municipality"))


def _keys(name, column):
    through = getattr(Service, name).through.objects.filter(service=OuterRef("pk")).order_by().values("service")
    return Coalesce(through.annotate(keys=ArrayAgg(column)).values("keys"), [])


def _covering(pk, owner, provider_name, service_class, needs, groups, towns, *facts):
    youngest, oldest, languages, threshold, priority = facts
    return Covering(
        pk=pk,
        provider=("agency", owner) if owner else ("name", provider_name.strip().casefold()),
        service_class=service_class,
        needs=frozenset(needs),
        target_groups=frozenset(groups),
        municipalities=frozenset(towns),
        youngest_age=youngest,
        oldest_age=oldest,
        languages=tuple(languages),
        threshold=threshold,
        priority=priority,
    )


def marks_of(area, first, until):
    """How often each need was marked as not available, [(need, month, agency, how often)], from the month that begins
    on this day until before that one; without what sensitive agencies marked."""
    rows = UnmetNeed.objects.filter(area=area, month__gte=first, month__lt=until, agency__sensitive=False)
    found = rows.order_by().values("need", "month", key=F("agency")).annotate(marks=Sum("count"))
    return [(row["need"], row["month"], row["key"], row["marks"]) for row in found]
