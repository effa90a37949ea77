"""Small numbers: which counts and shares may be shown, so that nobody can work out what is not.

A column of figures is one thing counted in each month of half a year. Three rules, each safe by itself:

1. Months are put together, from the first on, until at least five remain after taking away what any one side knows
   already (a *side* is an agency; `known` says how many each knows). Then the group shows one number, and the next
   begins. What is left at the end is "<5". A nought is "<5", too: it would tell of everybody.
2. The half-year's sum is that of the numbers that show, "at least" so many where something is left at the end. There is
   no sum across columns and no running total.
3. A share needs ten people and three agencies. Where its part or its rest is under five, it shows as the span in which
   that can be anything from nought to four.

Why that is safe: whatever a side knows, moving the others' people between the months of a group, or into and out of
what is left at the end, keeps all that is shown as it is. What shows after a month never changes later. Decision 33 has
the whole argument; the tests try every attack of a small world.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

LEAST = 5
LEAST_PEOPLE = 10
LEAST_AGENCIES = 3
# Signs in place of a number: hidden, counted with the period below, nothing to tell.
HIDDEN, JOINED, NOTHING = f"<{LEAST}", "↓", "–"
_ROOM = LEAST - 1  # a hidden number can be anything from nought to this


@dataclass(frozen=True)
class Count:
    """What was counted, and how much of it each side knows already."""

    number: int
    known: Mapping[str, int] = field(default_factory=dict)

    def __add__(self, other: "Count") -> "Count":
        sides = {*self.known, *other.known}
        known = {side: self.known.get(side, 0) + other.known.get(side, 0) for side in sides}
        return Count(self.number + other.number, known)

    @property
    def is_shown(self) -> bool:
        """Whether the number may be told: enough remains whoever takes their own away."""
        return self.number - max(self.known.values(), default=0) >= LEAST


@dataclass(frozen=True)
class Told:
    """What stands in one cell of a table, and the `number` for a chart where one is told."""

    text: str
    number: int | None = None

    def __str__(self):
        return self.text


@dataclass(frozen=True)
class Span:
    """A share in per cent, told exactly (`low` equals `high`) or as the span in which it lies."""

    low: int
    high: int

    def __str__(self):
        return f"{self.low} %" if self.low == self.high else f"{self.low}–{self.high} %"


@dataclass(frozen=True)
class Part:
    """A part of a count that shows: how many, of how many, of how many people and of which agencies."""

    number: int
    whole: int
    people: int
    agencies: frozenset[str] = frozenset()

    def __add__(self, other: "Part") -> "Part":
        return Part(
            self.number + other.number,
            self.whole + other.whole,
            self.people + other.people,
            self.agencies | other.agencies,
        )

    @property
    def is_shown(self) -> bool:
        """Whether a share may be told at all (rule 3)."""
        return self.people >= LEAST_PEOPLE and len(self.agencies) >= LEAST_AGENCIES

    @property
    def bounds(self) -> tuple[int, int]:
        """The least that the part can be by what is told of it alone, and by how much it can be more."""
        if not self.is_shown:
            return 0, self.whole
        if self.whole - self.number < LEAST:
            return self.whole - _ROOM, _ROOM
        return (0, _ROOM) if self.number < LEAST else (self.number, 0)


def groups(cells: Sequence[Count]) -> list[range]:
    """Which cells are told together (rule 1): the places of each group in their order. What no group has is hidden."""
    found, start = [], 0
    for stop in range(1, len(cells) + 1):
        if together(cells[start:stop]).is_shown:
            found.append(range(start, stop))
            start = stop
    return found


def together(cells: Sequence[Count]) -> Count:
    """All of these cells as one."""
    return sum(cells, Count(0))


def column(cells: Sequence[Count], numbers: Sequence[int] | None = None) -> list[Told]:
    """What is told of each cell, and last of all of them together (rule 2): their own numbers, or these `numbers` where
    the cells' counts may be told."""
    numbers = numbers or [cell.number for cell in cells]
    shown, told = groups(cells), [Told(HIDDEN)] * len(cells)
    for group in shown:
        number = sum(numbers[place] for place in group)
        told[group.start : group.stop] = [Told(JOINED)] * (len(group) - 1) + [Told(str(number), number)]
    if not shown:
        return [*told, Told(HIDDEN)]
    everything = sum(one.number or 0 for one in told)
    return [*told, Told(f"{'' if shown[-1].stop == len(cells) else '≥'}{everything}", everything)]


def share(part: Part) -> Span | None:
    """What may be told of a part's share; None where nothing may."""
    if not part.is_shown:
        return None
    least, room = part.bounds
    return _span(least, least + room, part.whole)


def told_share(span: Span | None) -> Told:
    """A share as what stands in a cell: a number where it is told exactly."""
    if span is None:
        return Told(NOTHING)
    return Told(str(span), span.low if span.low == span.high else None)


def share_of_all(parts: Sequence[Part]) -> Span | None:
    """What may be told of the share in all these parts together; None where nothing may. Each is told of but once.

    Those whose share is told exactly are added up. The others are pooled: five in the pool's part and five in its rest,
    and more than one in the pool, leave each as open as it was. Of a pool too small for that nothing is told.
    """
    everything = sum(parts, Part(0, 0, 0))
    if not everything.is_shown:
        return None
    bounds = [part.bounds for part in parts]
    certain = sum(least for least, _room in bounds)
    rooms = [room for _least, room in bounds if room]
    pool, pooled = sum(rooms), everything.number - certain
    if pool < 2 * LEAST:
        low, high = 0, pool
    elif pooled < LEAST:
        low, high = 0, _ROOM
    elif pool - pooled < LEAST:
        low, high = pool - _ROOM, pool
    elif len(rooms) > 1:
        low, high = pooled, pooled
    else:
        return None
    return _span(certain + low, certain + high, everything.whole)


def _span(low: int, high: int, whole: int) -> Span:
    """Rounded outwards; an exact share to the nearest, but never to none or all, which it isn't."""
    if low == high:
        nearest = min(max((200 * low + whole) // (2 * whole), 1), 99)
        return Span(nearest, nearest)
    return Span(100 * low // whole, -(-100 * high // whole))
