"""Marking what was needed but not available, and letting a mark become a number."""

from django.db import transaction
from django.db.models import F

from coordination.clocks.rules import today
from coordination.services import rules
from coordination.services.models import UnmetNeed


def mark_unmet(*, need, source, birth_date, area, by):
    """Mark that this need found no service, for the young person behind `source` (a public id); once for each source.

    Only the age band is kept of the date of birth. Says whether the mark is new.
    """
    day = today()
    _row, is_new = UnmetNeed.objects.get_or_create(
        source=source,
        need=need,
        defaults={
            "area": area,
            "agency": by.agency,
            "age_band": rules.age_band(birth_date.year, day.year),
            "month": day.replace(day=1),
        },
    )
    return is_new


def take_back_unmet(*, unmet):
    """Take a mark back. A month that was counted meanwhile stays as it was counted."""
    UnmetNeed.objects.filter(pk=unmet.pk, source__isnull=False).delete()


@transaction.atomic
def move_unmet(*, gone, kept):
    """Two sources turned out to be about one young person: what both had marked counts once."""
    both = UnmetNeed.objects.filter(source=kept).values("need")
    UnmetNeed.objects.filter(source=gone, need__in=both).delete()
    UnmetNeed.objects.filter(source=gone).update(source=kept)


@transaction.atomic
def count_unmet(*, source):
    """The source is erased: its marks become numbers, and nothing leads from them to anybody any more.

    Called last in its transaction: the rows of numbers are others' too.
    """
    marks = list(UnmetNeed.objects.select_for_update().filter(source=source).order_by("need", "pk"))
    for mark in marks:
        alike = {name: getattr(mark, name) for name in ("area_id", "month", "need_id", "agency_id", "age_band")}
        row, _is_new = UnmetNeed.objects.get_or_create(
            source=None, **alike, defaults={"public_id": None, "count": 0}
        )  # fmt: skip
        UnmetNeed.objects.filter(pk=row.pk).update(count=F("count") + 1)
        mark.delete()
