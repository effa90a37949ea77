"""From which pilot a pilot has spread, and to which it has."""

from collections import defaultdict
from dataclasses import dataclass, field

from pilots.registry.models import Pilot, PilotText
from pilots.registry.queries.texts import text_of


@dataclass(frozen=True)
class Relative:
    """A pilot in another's lineage, with its text; `level` says how many steps away it is, from 1."""

    pilot: Pilot
    text: PilotText
    level: int


@dataclass
class Lineage:
    """Where a pilot stands among those that do the same: `up` is where it came from, the nearest first; `down` is where
    it went, each before those that have spread from it in turn."""

    up: list = field(default_factory=list)
    down: list = field(default_factory=list)


def lineage_of(pilot):
    """The lineage of a pilot; the same statements however long it is."""
    parents = dict(Pilot.objects.exclude(spread_from=None).values_list("pk", "spread_from"))
    children = defaultdict(list)
    for child, parent in sorted(parents.items()):
        children[parent].append(child)
    up, down = list(_up(pilot.pk, parents)), list(_down(pilot.pk, children))
    found = Pilot.objects.filter(pk__in={key for key, _level in up + down}).select_related("area")
    relatives = {one.pk: one for one in found.prefetch_related("texts")}
    return Lineage(
        up=[Relative(relatives[key], text_of(relatives[key]), level) for key, level in up],
        down=[Relative(relatives[key], text_of(relatives[key]), level) for key, level in down],
    )


def _up(key, parents):
    level = 0
    while key := parents.get(key):
        level += 1
        yield key, level


def _down(key, children, level=1):
    for child in children[key]:
        yield child, level
        yield from _down(child, children, level + 1)
