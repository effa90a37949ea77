"""Figures of calendar half-years: each is counted once, two weeks after it is over, as facts with nobody in them."""

from dataclasses import asdict
from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F

from coordination.agencies.models import Area
from coordination.clocks.rules import half_year_after, half_year_of

COUNTED = "counted"
# What was done in time may be written down a few days late.
TIME_TO_WRITE_DOWN = timedelta(days=14)


class FactOfHalfYear(models.Model):
    """How often something was so in one half-year of an area: facts that are alike are one row with a `count`.

    A fact is cut loose from what it comes of and from every other fact, so that no row tells of anybody. It comes when
    the half-year is counted, once and for good, or before that when what it comes of is erased. `agencies` are the
    numbers of those that know of it anyway (never shown: they decide what may be shown), and `people` how many
    different young people there are in it. The row "counted" says that the half-year, named by its first day, has been
    counted.
    """

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="+")
    half = models.DateField()
    what = models.CharField(max_length=20)
    value = models.PositiveIntegerField(default=0)
    agencies = ArrayField(models.PositiveBigIntegerField(), default=list)
    people = models.PositiveIntegerField(default=0)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ["area", "half", "what", "pk"]

    def __str__(self):
        return f"{self.what} {self.half:%Y-%m} {self.count}"


def counted_on(half):
    """The day on which the half-year's figures come: it follows from the calendar alone, never from what happened."""
    return half_year_after(half) + TIME_TO_WRITE_DOWN


def next_half(day):
    """The next half-year whose figures come, and the day on which they do."""
    half = half_year_of(day - TIME_TO_WRITE_DOWN)
    return half, counted_on(half)


def is_counted(facts, area, half):
    """Whether the half-year has been counted in these `facts` (a model of FactOfHalfYear)."""
    return facts.objects.filter(area=area, half=half, what=COUNTED).exists()


def counted_halves(facts, area):
    """The first days of the half-years that have been counted, in their order."""
    rows = facts.objects.filter(area=area, what=COUNTED).order_by("half")
    return list(rows.values_list("half", flat=True))


def halves_to_count(facts, area, *, first, day):
    """The half-years of this area from the `first` on that can be counted on this day and haven't been; the first
    first. Without a first one there are none."""
    half, counted = first, set(counted_halves(facts, area))
    while half is not None and counted_on(half) <= day:
        if half not in counted:
            yield half
        half = half_year_after(half)


def rows_of_halves(facts, area):
    """The facts of the half-years that have been counted, as {first day: rows}, in one reading."""
    counted, rows = [], {}
    for row in facts.objects.filter(area=area).order_by("half", "pk"):
        rows.setdefault(row.half, []).append(row)
        if row.what == COUNTED:
            counted.append(row.half)
    return {half: rows[half] for half in sorted(counted)}


def hold(area):
    """So that what is counted and what is erased meanwhile don't miss each other, and nothing is counted twice."""
    return Area.objects.select_for_update(no_key=True).get(pk=area.pk)


def add(facts, area, half, fact, *, people):
    """Count one more fact of the half-year. `fact` (a dataclass) has what makes facts alike."""
    alike = asdict(fact) | {"agencies": list(fact.agencies)}
    row, _is_new = facts.objects.get_or_create(area=area, half=half, **alike)
    more = {"count": F("count") + 1, "people": F("people") + people}
    facts.objects.filter(pk=row.pk).update(**more)  # unaudited: facts hang on nobody and name nobody


def keep(facts, area, kept):
    """Write down `kept`, as [(half-year, fact, how many people)], of what is about to be erased; but not of half-years
    that have been counted already: there it was counted with all others. Last in its transaction: the area is others',
    too."""
    if not kept:
        return
    area = hold(area)
    counted = {half for half in {half for half, _fact, _people in kept} if is_counted(facts, area, half)}
    for half, fact, people in kept:
        if half not in counted:
            add(facts, area, half, fact, people=people)
