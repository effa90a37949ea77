"""What may be told of a pilot by half-year, with the small-number rules, without a sum across columns."""

from dataclasses import dataclass, field
from datetime import date

from coordination.clocks import half_years
from coordination.clocks.rules import half_year_of
from coordination.interface import small_numbers
from coordination.interface.charts import Chart, Series, months
from coordination.interface.halves import Column, Half
from coordination.interface.small_numbers import NOTHING, Part, Told, together, told_share


@dataclass(frozen=True)
class Fact:
    """What makes facts of pilots alike; as it stands, the row of a counted half-year, which is the area's."""

    what: str = half_years.COUNTED
    pilot_id: int | None = None
    agencies: tuple = ()
    value: int = 0


@dataclass(frozen=True)
class Figures:
    """The half-years by their first days, and the columns over them, each with its heading."""

    halves: list[date] = field(default_factory=list)
    columns: dict[str, Column] = field(default_factory=dict)
    heads: list[str] = field(default_factory=list)
    chart: Chart | None = None

    @property
    def rows(self):
        """(half-year, its cells in the order of the columns)."""
        cells = [column.cells for column in self.columns.values()]
        return list(zip(self.halves, zip(*cells, strict=True), strict=True))

    @property
    def together(self):
        """What shows of each column in all half-years together."""
        return [column.together or Told(NOTHING) for column in self.columns.values()]

    def of(self, what):
        """{half-year: what is told} of one column."""
        return dict(zip(self.halves, self.columns[what].cells, strict=True)) if self.halves else {}


def own_halves(facts, pilot):
    """{first day: Half} of the half-years that have been counted since the pilot began, with its own facts; a pilot
    without an area has none.

    No fact is ever left out: else whoever changes the day on which it began would see other half-years counted
    together, and could work out one of them.
    """
    found = half_years.rows_of_halves(facts, pilot.area) if pilot.area else {}
    own = {half: [row for row in rows if row.pilot_id == pilot.pk] for half, rows in found.items()}
    began = min([half_year_of(pilot.starts_on), *(half for half, rows in own.items() if rows)])
    return {half: Half(rows) for half, rows in own.items() if half >= began}


def share(halves, what):
    """The share of the facts of these half-years together that say 1 and not 0, as it is told.

    Whoever knows of a fact knows what it says, so that both numbers must be such as may be told: else an agency could
    take its own away, and see that all of the others' say the same.
    """
    so, not_so = (together([one.number_saying(what, value) for one in halves]) for value in (1, 0))
    # The same young person may be in each of the half-years.
    people = max(one.people(what) for one in halves)
    agencies = frozenset(map(str, {*so.known, *not_so.known}))
    if not (so.is_shown and not_so.is_shown):
        return Told(NOTHING)
    return told_share(small_numbers.share(Part(so.number, so.number + not_so.number, people, agencies)))


def bars(halves, columns, *, id, title, desc):
    """The `columns`, by their names, side by side in each half-year."""
    return months(
        id=id,
        title=title,
        desc=desc,
        labels=[(half_in_short(half), half_in_short(half)) for half in halves],
        series=[
            Series(name, [cell.number for cell in column.cells], [cell.text for cell in column.cells])
            for name, column in columns.items()
        ],
    )


def half_in_short(first):
    """A half-year as charts name it: "2026/1"."""
    return f"{first.year}/{1 if first.month == 1 else 2}"
