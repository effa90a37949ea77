"""How long something lasts, also while much of it still goes on: the Kaplan-Meier curve, and what may be told of it.

A spell is followed from one day of its own age to another, and either ended then or was followed no further. So a
spell that goes on for a year is two spells of two half-years, the second followed from the day on which the first was
left: the curve of several periods is that of all their spells, and each end is in one period only.

What may be told: the curve's height on a few fixed days, in whole per cent. Neighbouring stretches of days are put
together until at least five ends remain after taking away what any one side knows (`small_numbers`, rule 1), and at
least five others must still go on afterwards: neither an end nor what hasn't ended is ever that of a few.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction

from coordination.interface.small_numbers import LEAST, LEAST_AGENCIES, LEAST_PEOPLE, Count, groups

DAYS = [30, 60, 90, 120, 180, 270, 365, 545, 730, 1095, 1460, 1825]
_ALL = 100
_TEN = 10


@dataclass(frozen=True)
class Spell:
    """Followed after the day `since` up to the day `until` of its age; `sides` know of it, `times` are alike."""

    since: int
    until: int
    ended: bool
    sides: frozenset = frozenset()
    times: int = 1

    def is_followed(self, day: int) -> bool:
        """Whether it was still there, and seen, on this day of its age."""
        return self.since < day <= self.until


@dataclass(frozen=True)
class Told:
    """What may be told: the curve as (day, per cent), from the beginning, and the day by which half had ended.

    `median` is to the nearest ten days; None where fewer than half had ended by the last day told, `beyond`.
    """

    points: list[tuple[int, int]]
    median: int | None

    @property
    def beyond(self) -> int:
        """The last day of which something is told."""
        return self.points[-1][0]


def curve(spells: Collection[Spell]) -> list[tuple[int, Fraction, int]]:
    """The Kaplan-Meier estimate: for each day on which something ended the share that lasts longer, and how many were
    followed on that day."""
    share, steps = Fraction(1), []
    for day in sorted({one.until for one in spells if one.ended}):
        followed = sum(one.times for one in spells if one.is_followed(day))
        ended = sum(one.times for one in spells if one.ended and one.until == day)
        share *= 1 - Fraction(ended, followed)
        steps.append((day, share, followed))
    return steps


def told(spells: Collection[Spell], *, people: int, days: Sequence[int] = DAYS) -> Told | None:
    """What may be told of these spells of so many people; None where nothing may.

    Nothing is told of days on which fewer than five were followed: one more or less would move the curve too far.
    """
    if people < LEAST_PEOPLE or len({side for one in spells for side in one.sides}) < LEAST_AGENCIES:
        return None
    steps = curve(spells)
    cells = [_count(spells, lambda one, a=a, b=b: one.ended and a < one.until <= b) for a, b in _pairs(days)]
    points = [(0, _ALL)]
    for group in groups(cells):
        day = days[group.stop - 1]
        go_on = _count(spells, lambda one, day=day: one.is_followed(day + 1))
        if not go_on.is_shown or any(followed < LEAST for on, _share, followed in steps if on <= day):
            break
        points.append((day, _per_cent(height(steps, day))))
    return Told(points, _median(steps, points[-1][0])) if len(points) > 1 else None


def height(steps: Sequence[tuple[int, Fraction, int]], day: int) -> Fraction:
    """The share that lasts longer than this day."""
    return next((share for on, share, _followed in reversed(steps) if on <= day), Fraction(1))


def _median(steps, last):
    day = next((on for on, share, _followed in steps if share <= Fraction(1, 2)), None)
    return None if day is None or day > last else max(round(day / _TEN), 1) * _TEN


def _per_cent(share):
    """To the nearest, but never none or all, which it isn't."""
    return min(max(int(share * _ALL + Fraction(1, 2)), 1), _ALL - 1)


def _pairs(days):
    return list(zip([0, *days[:-1]], days, strict=True))


def _count(spells, wanted):
    """How many of the spells are `wanted`, and how many of these each side knows."""
    number, known = 0, {}
    for one in spells:
        if wanted(one):
            number += one.times
            for side in one.sides:
                known[side] = known.get(side, 0) + one.times
    return Count(number, known)
