"""Counting what the assessments come to, once a half-year is over; and what stays of an assessment that goes."""

from datetime import timedelta

from django.db import transaction

from coordination.agencies.models import Area
from coordination.assessments.models import Assessment, AssessmentFact
from coordination.assessments.queries import facts
from coordination.assessments.queries.figures import first_half
from coordination.clocks import half_years
from coordination.clocks.rules import half_year_after, half_year_of, today
from coordination.interface.each import each

What = AssessmentFact.What


def count_halves():
    """Count every half-year of every area that can be counted by now and wasn't. Doing it again does nothing more."""
    each(Area.objects.all(), _count_area, otherwise="the assessments of area %s could not be counted")


def _count_area(area):
    """The oldest first: a later half-year before an earlier one would let what was told together change."""
    for half in half_years.halves_to_count(AssessmentFact, area, first=first_half(area), day=today()):
        count_half(area=area, half=half)


@transaction.atomic
def count_half(*, area, half):
    """Write down the facts of the half-year, unless they stand there. It is counted even where nothing has happened,
    so that a half-year which shows says nothing."""
    area = half_years.hold(area)
    if half_years.is_counted(AssessmentFact, area, half):
        return
    person, seen = None, set()
    for assessment in facts.in_area(area, half):
        if assessment.young_person_id != person:
            person, seen = assessment.young_person_id, set()
        for fact in facts.facts_of(assessment, half):
            half_years.add(AssessmentFact, area, half, fact, people=0 if fact.what in seen else 1)
            seen.add(fact.what)
    half_years.add(AssessmentFact, area, half, facts.Fact(What.COUNTED), people=0)


def facts_to_keep(assessment):
    """What figures still need of an assessment that is about to be erased, as [(half-year, Fact, how many people)].
    Called before anything of it is gone.

    A young person who has another assessment with such a fact is counted with that one.
    """
    assessment = facts.with_all(Assessment.objects.filter(pk=assessment.pk)).get()
    others = facts.with_all(
        Assessment.objects.filter(young_person=assessment.young_person_id, area=assessment.area_id)
    ).exclude(pk=assessment.pk)
    first, last = facts.touched(assessment)
    kept, half = [], half_year_of(first)
    while half <= last:
        until = min(half_year_after(half) - timedelta(days=1), today())
        seen = {fact.what for other in others for fact in facts.facts_of(other, half)}
        for fact in facts.facts_of(assessment, half, until=until):
            kept.append((half, fact, 0 if fact.what in seen else 1))
            seen.add(fact.what)
        half = half_year_after(half)
    return kept
