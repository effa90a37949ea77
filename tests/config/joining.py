"""A young person in two rows, and the coordinator who says so."""

from config import merging
from coordination.people.models import LikelyDouble
from flags.matching.commands import sweep


def pair(cast, **second):
    """Two flags on one young person, spelled differently: (double, kept row, row that goes)."""
    cast.flag(cast.teacher)
    cast.flag(cast.nurse, **{"first_name": "Aina"} | second)
    double = LikelyDouble.objects.get()
    return double, double.first, double.second


def same(cast, double):
    """Say that both are the same, and let the flags meet as the task would."""
    merging.decide(double=double, same=True, by=cast.coordinator)
    sweep(older_than_seconds=-1)


def afresh(*rows):
    """The rows as they are now."""
    for row in rows:
        row.refresh_from_db()
    return rows
