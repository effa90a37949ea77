"""Needed but not available: a mark that can be taken back, and then a number that leads to nobody."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from coordination.services import commands, rules
from coordination.services.models import UnmetNeed
from tests.directory import need


def mark(cast, source, code="housing", *, year=2008):
    return commands.mark_unmet(
        need=need(code), source=source, birth_date=date(year, 12, 31), area=cast.mikkeli, by=cast.coordinator
    )


@pytest.mark.parametrize(
    ("age", "band"),
    [
        *((0, "0-12"), (12, "0-12"), (13, "13-15"), (15, "13-15"), (16, "16-17"), (17, "16-17")),
        *((18, "18-20"), (20, "18-20"), (21, "21-24"), (24, "21-24"), (25, "25+"), (40, "25+")),
    ],
)
def test_the_age_band_follows_from_the_year_of_birth(age, band):
    assert rules.age_band(2026 - age, 2026) == band


def test_a_mark_keeps_the_band_and_the_month_and_not_the_date_of_birth(cast, time_machine):
    time_machine.move_to("2026-03-18T10:00:00+00:00", tick=False)
    source = uuid4()
    assert mark(cast, source)
    assert not mark(cast, source)
    row = UnmetNeed.objects.get()
    assert (row.age_band, row.month, row.count, row.agency) == ("18-20", date(2026, 3, 1), 1, cast.outreach)
    names = {field.name for field in UnmetNeed._meta.get_fields()}
    assert names == {"id", "public_id", "source", "area", "need", "agency", "age_band", "month", "count"}


def test_when_the_source_goes_its_marks_become_numbers(cast):
    first, second, kept = uuid4(), uuid4(), uuid4()
    for source in (first, second, kept):
        mark(cast, source)
    mark(cast, first, "money")
    for source in (first, second, second):
        commands.count_unmet(source=source)
    assert set(UnmetNeed.objects.exclude(source=None).values_list("source", flat=True)) == {kept}
    numbers = UnmetNeed.objects.filter(source=None)
    assert {(one.need.code, one.count, one.public_id) for one in numbers} == {("housing", 2, None), ("money", 1, None)}


def test_what_two_sources_had_marked_counts_once_when_they_are_one_person(cast):
    gone, kept = uuid4(), uuid4()
    mark(cast, gone)
    mark(cast, gone, "money")
    mark(cast, kept)
    commands.move_unmet(gone=gone, kept=kept)
    assert sorted(UnmetNeed.objects.values_list("source", "need__code")) == [(kept, "housing"), (kept, "money")]


def test_a_number_is_not_taken_back(cast):
    source = uuid4()
    mark(cast, source)
    commands.count_unmet(source=source)
    commands.take_back_unmet(unmet=UnmetNeed.objects.get())
    assert UnmetNeed.objects.get().count == 1


def test_the_database_knows_a_mark_from_a_number(cast):
    source = uuid4()
    mark(cast, source)
    for wrong in ({"count": 2}, {"public_id": None}, {"source": None}, {"month": date(2026, 3, 2)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            UnmetNeed.objects.update(**wrong)
