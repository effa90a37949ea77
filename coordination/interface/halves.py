"""What may be told of facts that were counted by half-year (`coordination.clocks.half_years`)."""

from dataclasses import dataclass
from fractions import Fraction

from coordination.interface import small_numbers
from coordination.interface.small_numbers import LEAST_AGENCIES, LEAST_PEOPLE, Count, Part, Told


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
        return _counted(self.rows(*whats))

    def number_saying(self, what, value):
        """The same of those facts of this kind that say this."""
        return _counted(row for row in self.rows(what) if row.value == value)

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

    def median(self, what):
        """The middle of what these facts say; None where there are not enough to tell it."""
        if not self.is_enough(what):
            return None
        values = sorted(row.value for row in self.rows(what) for _each in range(row.count))
        return Fraction(values[(len(values) - 1) // 2] + values[len(values) // 2], 2)

    def share(self, what):
        """The share of the facts that say 1 rather than 0, as it may be told; None where it may not."""
        if not self.is_enough(what):
            return None
        number = self.number(what)
        agencies = frozenset(map(str, number.known))
        return small_numbers.share(Part(self.total(what), number.number, self.people(what), agencies))


def _counted(rows):
    number, known = 0, {}
    for row in rows:
        number += row.count
        for agency in row.agencies:
            known[agency] = known.get(agency, 0) + row.count
    return Count(number, known)


@dataclass(frozen=True)
class Column:
    """One thing, half-year by half-year, and what shows of it `together` where that says anything."""

    cells: list[Told]
    together: Told | None = None


def counts(halves, what):
    """How often it was so in each half-year, and last in all together."""
    return column([one.number(what) for one in halves])


def column(cells, numbers=None):
    """A column of these counts, or of these `numbers` where the counts may be told."""
    *told, together = small_numbers.column(cells, numbers)
    return Column(told, together)
