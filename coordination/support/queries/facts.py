"""What one support has to tell of one half-year, as facts with nobody in them."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from coordination.clocks.rules import half_year_after, half_year_of
from coordination.support import rules
from coordination.support.models import HalfYearFact, Support
from coordination.support.states import OverlapState

What = HalfYearFact.What


@dataclass(frozen=True)
class Fact:
    """One fact, as `HalfYearFact` keeps it; `agencies` know of it anyway."""

    what: str
    value: int = 0
    since: int = 0
    agencies: tuple = ()


def with_all(supports):
    """The supports with everything that facts are made of."""
    return supports.select_related("adult").prefetch_related(
        "contacts",
        "whereabouts",
        "ratings",
        "relationships",
        "proposals__asked",
        "substitutions__membership",
        "permissions__membership",
    )


def facts_of(support, half, *, until=None):
    """The facts of this support in the half-year with this first day, or of its days `until` one of them. The support
    comes with `with_all`.

    Days without an adult come with `gap_before`, and how many young people each adult has is the whole area's.
    """
    if not support.began_at:
        return []
    last = until or half_year_after(half) - timedelta(days=1)
    began, ended = _day(support.began_at), support.ended_at and _day(support.ended_at)
    found = [*_said(support, half, last)]
    if began <= last and (ended is None or ended >= half):
        found += _stretch(support, half, last, began, ended)
        found += _around(support, half, last)
    know = _agencies(support)
    return [Fact(one.what, one.value, one.since, tuple(sorted(know.union(one.agencies)))) for one in found]


def gap_before(support):
    """The days without an adult since the support before this one, as (the half-year in which they ended, Fact), or
    None."""
    ended = _others(support).filter(ended_at__isnull=False, ended_at__lte=support.began_at)
    return _gap(ended.order_by("-ended_at", "-pk").first(), support)


def gap_after(support):
    """The same until the next support: where both are there, the later one tells it, unless the earlier goes first."""
    if not support.ended_at:
        return None
    return _gap(support, _others(support).filter(began_at__gte=support.ended_at).order_by("began_at", "pk").first())


def touched(support):
    """The first and the last day on which anything of this support could be counted."""
    first = _day(support.began_at)
    days = [one.on for one in support.whereabouts.all()] + [_day(one.at) for one in support.ratings.all()]
    days += [_day(one.closed_at) for one in support.proposals.all() if one.closed_at]
    return first, max([first, *days, _day(support.ended_at or timezone.now())])


def in_area(area, half):
    """The supports of which this area's half-year has something to count, the same young person's one after the
    other."""
    found = Support.objects.filter(area=area, began_at__isnull=False)
    found = found.filter(Q(ended_at=None) | Q(ended_at__date__gte=half) | Q(whereabouts__on__gte=half))
    return with_all(found.distinct().order_by("young_person", "began_at", "pk"))


def caseloads(area, last):
    """How many adults have somebody as their one adult at the end of this day, as facts: one for each young person, and
    one for each adult."""
    there = Support.objects.filter(area=area, began_at__date__lte=last).filter(
        Q(ended_at=None) | Q(ended_at__date__gt=last)
    )
    rows = [*there.values_list("adult", "adult__agency")]
    yield from (Fact(What.YOUNG, agencies=(agency,)) for _adult, agency in rows)
    yield from (Fact(What.ADULTS, agencies=(agency,)) for _adult, agency in set(rows))


def _said(support, half, last):
    """What was said in the half-year, whether or not the support went on in it."""
    for one in support.whereabouts.all():
        if half <= one.on <= last:
            yield Fact(f"{one.moment}_{one.where}")
    ratings = [one for one in support.ratings.all() if half <= _day(one.at) <= last]
    if ratings:
        yield Fact(What.STARS, ratings[-1].stars)


def _stretch(support, half, last, began, ended):
    """Its end, and its days and contacts, as far as they lie in the half-year."""
    since = (half - began).days - 1 if began < half else 0
    is_over = ended is not None and ended <= last
    # Who begins and ends on one day had the adult for that day.
    until = max((ended - began).days, 1) if is_over else (last - began).days
    if is_over:
        yield Fact(f"why_{support.end_reason}")
        yield Fact(What.LASTED, until, since)
    elif until > since:
        yield Fact(What.GOES_ON, until, since)
    if until > since:
        came = Counter(one.came for one in support.contacts.all() if half <= one.on <= last)
        yield Fact(What.CONTACTS, came[True], until - since)


def _around(support, half, last):
    """Agencies and adults around the young person at the naming and now, and what was closed in the half-year. Where
    nothing was ticked there is nothing to compare."""
    rows = [one for one in support.relationships.all() if _day(one.recorded_at) <= last]
    if any(one.at_naming for one in rows):
        agencies, adults = rules.around([one for one in rows if one.at_naming])
        yield Fact(What.AGENCIES_THEN, agencies)
        yield Fact(What.ADULTS_THEN, adults)
        agencies, adults = rules.around([one for one in rows if not one.ended_at or _day(one.ended_at) > last])
        yield Fact(What.AGENCIES_NOW, agencies)
        yield Fact(What.ADULTS_NOW, adults)
    for one in support.proposals.all():
        if one.state == OverlapState.CLOSED and half <= _day(one.closed_at) <= last:
            # Whoever agreed to it said the hours.
            yield Fact(What.CLOSED, one.hours_freed, agencies=(one.asked.agency_id,))


def _agencies(support):
    """The agencies that know of the support anyway: of the adult, of who stood in, and of who may have talked."""
    others = [*support.substitutions.all(), *support.permissions.all()]
    return {support.adult.agency_id, *(one.membership.agency_id for one in others)}


def _others(support):
    return Support.objects.filter(young_person=support.young_person_id, began_at__isnull=False).exclude(pk=support.pk)


def _gap(first, second):
    """None where there was no gap: at a handover, and after a reason after which nobody waits for an adult."""
    if first is None or second is None or first.end_reason in Support.FINAL:
        return None
    began = _day(second.began_at)
    days = (began - _day(first.ended_at)).days
    agencies = tuple(sorted(_agencies(first) | _agencies(second)))
    return (half_year_of(began), Fact(What.GAP, days, agencies=agencies)) if days > 0 else None


def _day(moment):
    return timezone.localdate(moment)
