"""Counting what the one adult's supports come to, once a half-year is over; and what stays of a support that goes."""

from datetime import timedelta

from django.db import transaction

from coordination.agencies.models import Area
from coordination.clocks import half_years
from coordination.clocks.rules import half_year_after, half_year_of, today
from coordination.interface.each import each
from coordination.support.models import HalfYearFact, Support
from coordination.support.queries import facts
from coordination.support.queries.counted import halves_to_count

What = HalfYearFact.What


def count_halves():
    """Count every half-year of every area that can be counted by now and wasn't. Doing it again does nothing more."""
    each(Area.objects.all(), _count_area, otherwise="the half-years of area %s could not be counted")


def _count_area(area):
    """The oldest first: a later half-year before an earlier one would let what was told together change."""
    for half in halves_to_count(area, today()):
        count_half(area=area, half=half)


@transaction.atomic
def count_half(*, area, half):
    """Write down the facts of the half-year, unless they stand there. It is counted even where nothing has happened,
    so that a half-year which shows says nothing."""
    area = half_years.hold(area)
    if half_years.is_counted(HalfYearFact, area, half):
        return
    person, seen = None, set()
    for support in facts.in_area(area, half):
        if support.young_person_id != person:
            person, seen = support.young_person_id, set()
        gap = facts.gap_before(support)
        found = facts.facts_of(support, half) + ([gap[1]] if gap and gap[0] == half else [])
        for fact in found:
            half_years.add(HalfYearFact, area, half, fact, people=0 if fact.what in seen else 1)
            seen.add(fact.what)
    for fact in facts.caseloads(area, half_year_after(half) - timedelta(days=1)):
        half_years.add(HalfYearFact, area, half, fact, people=1)
    half_years.add(HalfYearFact, area, half, facts.Fact(What.COUNTED), people=0)


def facts_to_keep(support):
    """What figures still need of a support that is about to be erased, as [(half-year, Fact, how many people)].

    A young person who has another support with such a fact is counted with that one.
    """
    if not support.began_at:
        return []
    support = facts.with_all(Support.objects.filter(pk=support.pk)).get()
    others = facts.with_all(
        Support.objects.filter(young_person=support.young_person_id, began_at__isnull=False).exclude(pk=support.pk)
    )
    first, last = facts.touched(support)
    kept, half = [], half_year_of(first)
    while half <= last:
        elsewhere = {fact.what for other in others for fact in facts.facts_of(other, half)}
        twice = set()
        # It was followed until today, and no further.
        until = min(half_year_after(half) - timedelta(days=1), today())
        for fact in facts.facts_of(support, half, until=until):
            kept.append((half, fact, 0 if fact.what in elsewhere | twice else 1))
            twice.add(fact.what)
        half = half_year_after(half)
    gaps = (facts.gap_before(support), facts.gap_after(support))
    return kept + [(*gap, 1) for gap in gaps if gap]
