"""What has been counted of each half-year, put together for the figures, and when the next comes."""

from datetime import timedelta

from django.db.models import Min
from django.utils import timezone

from coordination.clocks.rules import half_year_after, half_year_of
from coordination.interface.small_numbers import LEAST_AGENCIES, LEAST_PEOPLE, Count
from coordination.interface.survival import Spell
from coordination.support.models import HalfYearFact, Support

What = HalfYearFact.What
# What was done in time may be written down a few days late.
TIME_TO_WRITE_DOWN = timedelta(days=14)


def counted_on(half):
    """The day on which the half-year's figures come: it follows from the calendar alone, never from what happened."""
    return half_year_after(half) + TIME_TO_WRITE_DOWN


def is_counted(area, half):
    """Whether the half-year has been counted."""
    return HalfYearFact.objects.filter(area=area, half=half, what=What.COUNTED).exists()


def first_half(area):
    """The half-year in which somebody was first asked to be somebody's one adult in the area; None before that."""
    named = Support.objects.filter(area=area).aggregate(at=Min("named_at"))["at"]
    kept = HalfYearFact.objects.filter(area=area).aggregate(half=Min("half"))["half"]
    found = [*([half_year_of(timezone.localdate(named))] if named else []), *([kept] if kept else [])]
    return min(found, default=None)


def halves_to_count(area, day):
    """The half-years of this area that can be counted on this day and haven't been, the first first."""
    half, counted = first_half(area), set(counted_halves(area))
    while half is not None and counted_on(half) <= day:
        if half not in counted:
            yield half
        half = half_year_after(half)


def next_half(day):
    """The next half-year whose figures come, and the day on which they do."""
    half = half_year_of(day - TIME_TO_WRITE_DOWN)
    return half, counted_on(half)


def counted_halves(area):
    """The first days of the half-years that have been counted, in their order."""
    rows = HalfYearFact.objects.filter(area=area, what=What.COUNTED).order_by("half")
    return list(rows.values_list("half", flat=True))


class Half:
    """Everything that was counted of one half-year."""

    def __init__(self, rows):
        self._rows = {}
        for row in rows:
            self._rows.setdefault(row.what, []).append(row)

    def rows(self, *whats):
        """The facts of these kinds."""
        return [row for what in whats for row in self._rows.get(what, [])]

    def number(self, *whats):
        """How many facts of these kinds there are, and how many of them each agency knows of."""
        number, known = 0, {}
        for row in self.rows(*whats):
            number += row.count
            for agency in row.agencies:
                known[agency] = known.get(agency, 0) + row.count
        return Count(number, known)

    def people(self, what):
        """How many young people there are in the facts of this kind."""
        return sum(row.people for row in self.rows(what))

    def total(self, what):
        """The sum of what the facts of this kind say."""
        return sum(row.value * row.count for row in self.rows(what))

    def is_enough(self, what):
        """Whether a mean may be told of these facts: ten people, three agencies, and five facts that no one agency
        knows of."""
        number = self.number(what)
        return self.people(what) >= LEAST_PEOPLE and len(number.known) >= LEAST_AGENCIES and number.is_shown

    @property
    def spells(self):
        """The stretches of days with the same adult."""
        rows = self.rows(What.LASTED, What.GOES_ON)
        return [Spell(r.since, r.value, r.what == What.LASTED, frozenset(r.agencies), r.count) for r in rows]


def halves(area):
    """The half-years that have been counted, as {first day: Half}, in one reading."""
    counted, rows = [], {}
    for row in HalfYearFact.objects.filter(area=area).order_by("half", "pk"):
        rows.setdefault(row.half, []).append(row)
        if row.what == What.COUNTED:
            counted.append(row.half)
    return {half: Half(rows[half]) for half in sorted(counted)}
