"""What may be told of a pilot's courses: by half-year, with the small-number rules, without a sum across columns."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from coordination.clocks import half_years
from coordination.clocks.rules import half_year_of
from coordination.interface.charts import Chart, Series, months
from coordination.interface.halves import Column, Half, counts
from coordination.interface.small_numbers import HIDDEN, NOTHING, Told
from pilots.measures.models import MeasureFact

What = MeasureFact.What
COUNTED = (What.BEGUN, What.PLANNED, What.UNPLANNED)


@dataclass(frozen=True)
class Figures:
    """The half-years by their first days, and the columns over them."""

    halves: list[date]
    columns: dict[str, Column]
    chart: Chart | None

    @property
    def rows(self):
        """(half-year, its cells in the order of the columns)."""
        cells = [column.cells for column in self.columns.values()]
        return list(zip(self.halves, zip(*cells, strict=True), strict=True))

    @property
    def together(self):
        """What shows of each column in all half-years together."""
        return [column.together or Told(NOTHING) for column in self.columns.values()]


def figures_of(pilot):
    """The figures of the half-years that have been counted since the pilot began; a pilot without an area has none."""
    found = half_years.rows_of_halves(MeasureFact, pilot.area) if pilot.area else {}
    began = half_year_of(pilot.starts_on)
    own = {
        half: Half([row for row in rows if row.pilot_id == pilot.pk]) for half, rows in found.items() if half >= began
    }
    columns = {what: counts(list(own.values()), what) for what in COUNTED} if own else {}
    if own:
        columns[What.IMPROVED] = Column([Told(str(one.share(What.IMPROVED) or NOTHING)) for one in own.values()])
    return Figures(list(own), columns, _chart(list(own), columns) if own else None)


def _chart(halves, columns):
    """The ends of each half-year, planned beside not planned."""
    named = ((What.PLANNED, _("ended as planned")), (What.UNPLANNED, _("ended otherwise")))
    return months(
        id="ends",
        title=_("Courses that ended"),
        desc=_("Courses that ended as planned and otherwise, in each half-year. The table has the same numbers."),
        labels=[(_half(half), _half(half)) for half in halves],
        series=[Series(name, [cell.number for cell in columns[what].cells]) for what, name in named],
        gap=HIDDEN,
    )


def _half(first):
    return f"{first.year}/{1 if first.month == 1 else 2}"
