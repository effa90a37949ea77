"""What has been counted of each half-year of the one adult's supports."""

from django.db.models import Min
from django.utils import timezone

from coordination.clocks import half_years
from coordination.clocks.rules import half_year_of
from coordination.interface import halves as telling
from coordination.interface.survival import Spell
from coordination.support.models import HalfYearFact, Support

What = HalfYearFact.What


def first_half(area):
    """The half-year in which somebody was first asked to be somebody's one adult in the area; None before that."""
    named = Support.objects.filter(area=area).aggregate(at=Min("named_at"))["at"]
    kept = HalfYearFact.objects.filter(area=area).aggregate(half=Min("half"))["half"]
    found = [*([half_year_of(timezone.localdate(named))] if named else []), *([kept] if kept else [])]
    return min(found, default=None)


def halves_to_count(area, day):
    """The half-years of this area that can be counted on this day and haven't been, the first first."""
    return half_years.halves_to_count(HalfYearFact, area, first=first_half(area), day=day)


class Half(telling.Half):
    """Everything that was counted of one half-year of supports."""

    @property
    def spells(self):
        """The stretches of days with the same adult."""
        rows = self.rows(What.LASTED, What.GOES_ON)
        return [Spell(r.since, r.value, r.what == What.LASTED, frozenset(r.agencies), r.count) for r in rows]


def halves(area):
    """The half-years that have been counted, as {first day: Half}, in one reading."""
    return {half: Half(rows) for half, rows in half_years.rows_of_halves(HalfYearFact, area).items()}
