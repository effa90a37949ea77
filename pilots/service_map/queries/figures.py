"""Figures of the directory and of its gaps and overlaps. They tell of services and decisions, of no young person."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from statistics import median

from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils import timezone

from coordination.clocks.rules import half_year_after, half_year_of, today
from coordination.services.models import Service
from coordination.services.queries.coverage import covering
from coordination.services.queries.sight import seen_by
from pilots.service_map import coverage_rules as rules
from pilots.service_map.models import Finding

_YEAR = timedelta(days=365)
# Saying that an entry is true, or who keeps it, is no change of what it says.
_NO_CHANGE = {"checked_on", "keeper"}
_HALVES = 6


@dataclass(frozen=True)
class Changes:
    """How many entries of the directory were added, changed and taken out of use within a year. An entry counts once in
    each, and one that was added or taken out of use isn't counted as changed, too."""

    added: int
    changed: int
    retired: int


@dataclass(frozen=True)
class HalfOfFindings:
    """How many gaps and overlaps were opened, decided and closed in a half-year, and the middle of how many days. What
    was opened again counts as opened alone, until it is decided anew."""

    first: object
    opened: int
    decided: int
    closed: int
    days_to_decide: Decimal | None
    days_to_close: Decimal | None


def by_priority(area):
    """[(priority or None, [services in each band], services)]: a service stands in each band that its ages touch."""
    services = covering(area, own=True)
    found = []
    for priority, label in [*Service.Priority.choices, (None, "")]:
        of = [one for one in services if one.priority == priority]
        bands = [sum(rules.touches(band, one.youngest_age, one.oldest_age) for one in of) for band in rules.BANDS]
        found.append((label, bands, len(of)))
    return found


def changes_of(area):
    """What has changed within a year in the area's own entries that everybody may know of, by the history of
    changes."""
    own = seen_by(Service.objects.filter(area=area), None).annotate(key=Cast("pk", TextField())).values("key")
    kind = ContentType.objects.get_for_model(Service)
    rows = LogEntry.objects.filter(content_type=kind, timestamp__gte=timezone.now() - _YEAR, object_pk__in=own)
    added, changed, retired = set(), set(), set()
    for key, action, said in rows.values_list("object_pk", "action", "changes"):
        if action == LogEntry.Action.CREATE:
            added.add(key)
        elif (said or {}).get("is_active") == ["True", "False"]:
            retired.add(key)
        elif set(said or {}) - _NO_CHANGE:
            changed.add(key)
    return Changes(len(added), len(changed - added - retired), len(retired))


def halves_of(area):
    """The latest six half-years with what happened in each, the running one last."""
    rows = list(Finding.objects.filter(area=area).values("opened_on", "decided_on", "closed_on"))
    counts = {
        what: Counter(half_year_of(row[f"{what}_on"]) for row in rows if row[f"{what}_on"])
        for what in ("opened", "decided", "closed")
    }
    return [
        HalfOfFindings(
            half,
            *(counts[what][half] for what in ("opened", "decided", "closed")),
            _days(rows, "decided_on", half),
            _days(rows, "closed_on", half),
        )
        for half in _halves(today())
    ]


def _halves(day):
    half, found = half_year_of(day.replace(year=day.year - 3, day=1)), []
    while half <= day:
        found.append(half)
        half = half_year_after(half)
    return found[-_HALVES:]


def _days(rows, until, half):
    """The middle of the days from opening to what ended in this half-year; None where nothing did."""
    ended = [row for row in rows if row[until] and half_year_of(row[until]) == half]
    return median(Decimal((row[until] - row["opened_on"]).days) for row in ended) if ended else None
