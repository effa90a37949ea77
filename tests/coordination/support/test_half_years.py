"""Figures of a written-out story equal those counted by hand, and what is erased before it is counted counts, too."""

from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from django.utils import translation

from coordination.clocks import half_years
from coordination.clocks.half_years import next_half
from coordination.clocks.rules import HELSINKI
from coordination.support.commands import counting
from coordination.support.commands.counting import count_half, count_halves
from coordination.support.commands.erasing import erase_support
from coordination.support.models import HalfYearFact, Support
from coordination.support.queries.figures import figures
from tests.cast import Cast
from tests.coordination.support.half_years import (
    AGAIN,
    BY_HAND,
    COUNTED_ON,
    CURVE,
    JANUARY,
    JULY,
    closed,
    noon,
    relationship,
    somebody,
    story,
    support_of,
)


@pytest.fixture(autouse=True)
def summer(time_machine, settings, tmp_path):
    settings.ERASURE_LEDGER_FILE = tmp_path / "erasures.jsonl"
    time_machine.move_to(noon(date(2026, 6, 20)), tick=False)


@pytest.fixture
def cast(db, summer):
    return Cast()


def told(area):
    with translation.override("en"):
        return figures(area)


def counted_halves(area):
    return half_years.counted_halves(HalfYearFact, area)


def facts(what):
    return [(row.value, row.since, row.people, row.count) for row in HalfYearFact.objects.filter(what=what)]


def erase(*supports):
    for support in supports:
        with transaction.atomic():
            erase_support(support=support)


@pytest.mark.parametrize("goes_first", [[], [7], range(8), [20, 7], range(20, -1, -1)])
def test_the_story_counted_by_hand(cast, time_machine, goes_first):
    """Whether all are still there, or some went before the half-year was counted. With everybody erased nobody knows
    of the last day of June, so nothing is told of how many young people an adult had then, and who was erased on
    20 June was followed until that day."""
    supports = story(cast)
    erase(*(supports[number] for number in goes_first))
    time_machine.move_to(noon(COUNTED_ON), tick=False)
    count_halves()
    found = told(cast.mikkeli)
    by_hand = dict(BY_HAND)
    if len(goes_first) == 21:
        # 8 × 70 + 12 × 166 + 86 = 2,638 days
        by_hand["months"] = "1,0"
    if 20 in goes_first:
        del by_hand["caseload"]
    assert found.halves == [JANUARY]
    assert {code: str(found.columns[code].cells[0]) for code in by_hand} == by_hand
    assert found.lasting.told.points == CURVE
    assert facts("gap") == [(10, 0, 1, 1)]


def test_a_half_year_is_counted_two_weeks_after_it_is_over_and_once(cast, time_machine):
    supports = story(cast)
    for day, counted in ((COUNTED_ON - timedelta(days=1), []), (COUNTED_ON, [JANUARY])):
        time_machine.move_to(noon(day), tick=False)
        count_halves()
        assert counted_halves(cast.mikkeli) == counted
    before = list(HalfYearFact.objects.order_by("pk").values())
    support_of(cast, somebody(cast, 21), cast.nurse)
    count_halves()
    count_half(area=cast.mikkeli, half=JANUARY)
    erase(supports[3])
    assert list(HalfYearFact.objects.filter(half=JANUARY).order_by("pk").values()) == before


def test_when_the_next_figures_come():
    assert next_half(date(2026, 6, 20)) == (JANUARY, COUNTED_ON)
    assert next_half(date(2026, 7, 14)) == (JANUARY, COUNTED_ON)
    assert next_half(COUNTED_ON) == (JULY, date(2027, 1, 15))


def test_a_half_year_is_counted_though_nothing_has_happened(cast, time_machine):
    support_of(cast, somebody(cast, 1), cast.nurse, ended=date(2026, 3, 1), reason="moved")
    time_machine.move_to(noon(date(2027, 7, 15)), tick=False)
    count_halves()
    assert counted_halves(cast.mikkeli) == [JANUARY, JULY, date(2027, 1, 1)]
    assert counted_halves(cast.kerava) == []
    assert {str(cell) for column in told(cast.mikkeli).columns.values() for cell in column.cells} == {"<5", "–"}


def test_one_area_that_fails_holds_up_no_other(cast, time_machine, monkeypatch):
    support_of(cast, somebody(cast, 1), cast.nurse)
    right = counting.count_half
    Support.objects.create(
        **{
            field.name: getattr(Support.objects.get(), field.name)
            for field in Support._meta.fields
            if field.name not in {"id", "public_id", "token", "area", "young_person"}
        },
        token=cast.nurse.public_id,
        area=cast.kerava,
        young_person=somebody(cast, 2),
    )
    time_machine.move_to(noon(COUNTED_ON), tick=False)

    def count(*, area, half):
        if area == cast.mikkeli:
            raise ValueError
        right(area=area, half=half)

    monkeypatch.setattr(counting, "count_half", count)
    count_halves()
    assert (counted_halves(cast.mikkeli), counted_halves(cast.kerava)) == ([], [JANUARY])


def test_each_day_with_an_adult_is_in_one_half_year(cast, time_machine):
    """176 days in the first, and on from there; the end is the second's."""
    support_of(cast, somebody(cast, 1), cast.nurse, ended=date(2026, 7, 11), reason="moved")
    time_machine.move_to(noon(date(2027, 1, 15)), tick=False)
    count_halves()
    assert facts("goes_on") == [(176, 0, 1, 1)]
    assert facts("lasted") == [(187, 176, 1, 1)]
    assert facts("contacts") == [(4, 176, 1, 1), (0, 11, 1, 1)]


def test_no_day_falls_between_the_end_of_june_and_july(cast, time_machine):
    support_of(cast, somebody(cast, 1), cast.nurse, began=date(2026, 6, 30), ended=JULY, reason="moved")
    support_of(cast, somebody(cast, 2), cast.nurse, ended=JULY, reason="moved")
    support_of(cast, somebody(cast, 3), cast.nurse, ended=date(2026, 1, 5), reason="moved")
    time_machine.move_to(noon(date(2027, 1, 15)), tick=False)
    count_halves()
    assert facts("goes_on") == [(176, 0, 1, 1)]
    assert sorted(facts("lasted")) == [(1, 0, 1, 1), (1, 0, 1, 1), (177, 176, 1, 1)]


@pytest.mark.parametrize("reason", ["not_needed", "declined", "moved"])
def test_after_some_ends_nobody_waits_so_there_is_no_gap(cast, time_machine, reason):
    person = somebody(cast, 1)
    support_of(cast, person, cast.nurse, ended=date(2026, 3, 16), reason=reason)
    support_of(cast, person, cast.teacher, began=AGAIN)
    time_machine.move_to(noon(COUNTED_ON), tick=False)
    count_halves()
    assert facts("gap") == []


def test_a_handover_leaves_no_gap(cast, time_machine):
    person = somebody(cast, 1)
    support_of(cast, person, cast.nurse, ended=date(2026, 3, 16), reason="handed_over")
    support_of(cast, person, cast.teacher, began=date(2026, 3, 16))
    time_machine.move_to(noon(COUNTED_ON), tick=False)
    count_halves()
    assert facts("gap") == []
    assert [people for _v, _s, people, _n in facts("contacts")].count(1) == 1


def test_facts_name_nobody_and_hang_on_nothing(cast):
    supports = story(cast)
    erase(*supports)
    columns = {field.name for field in HalfYearFact._meta.fields}
    assert columns == {"id", "area", "half", "what", "value", "since", "agencies", "people", "count"}
    assert {field.name for field in HalfYearFact._meta.fields if field.is_relation} == {"area"}


def of(area, half, what, *, value=0, people=4, agencies=(1, 2, 3)):
    """As many facts with each of these agencies, all of different people."""
    HalfYearFact.objects.get_or_create(area=area, half=half, what="counted", defaults={"count": 1})
    for agency in agencies:
        row = {"area": area, "half": half, "what": what, "value": value, "agencies": [agency]}
        HalfYearFact.objects.create(**row, people=people, count=people)


@pytest.mark.parametrize(
    ("each", "agencies", "shown"),
    [(4, (1, 2, 3), "3,0"), (3, (1, 2, 3), "–"), (10, (1, 2), "–"), (10, (1,), "–")],
)
def test_a_mean_takes_ten_people_and_three_agencies(cast, each, agencies, shown):
    of(cast.mikkeli, JANUARY, "stars", value=3, people=each, agencies=agencies)
    assert str(told(cast.mikkeli).columns["stars"].cells[0]) == shown


def test_a_mean_is_hidden_where_one_agency_could_take_nearly_all_of_it_away(cast):
    of(cast.mikkeli, JANUARY, "stars", value=3, people=20, agencies=(1,))
    of(cast.mikkeli, JANUARY, "stars", value=4, people=2, agencies=(2, 3))
    assert str(told(cast.mikkeli).columns["stars"].cells[0]) == "–"


@pytest.mark.parametrize(("value", "shown"), [(5, "≥4,8"), (1, "≤1,2")])
def test_where_everybody_says_the_same_it_is_not_told_that_they_do(cast, value, shown):
    of(cast.mikkeli, JANUARY, "stars", value=value)
    assert str(told(cast.mikkeli).columns["stars"].cells[0]) == shown


def test_small_half_years_are_told_together_and_never_worked_out(cast):
    for half, each in ((JANUARY, 2), (JULY, 1), (date(2027, 1, 1), 1)):
        of(cast.mikkeli, half, "why_moved", people=each)
    column = told(cast.mikkeli).columns["why_moved"]
    assert [str(cell) for cell in column.cells] == ["↓", "9", "<5"]
    assert str(column.together) == "≥9"


@pytest.mark.parametrize(("answers", "shown"), [("social_worker", "<5"), (None, "6")])
def test_who_agreed_to_the_closing_knows_of_it(cast, time_machine, answers, shown):
    """Six doubles, closed at two hours: five of them by one agency, or each by another."""
    others = [cast.member("Eri", f"Virasto{chr(97 + n)}", cast.agency(f"Virasto {n}", "other")) for n in range(6)]
    for number, other in enumerate(others):
        support = support_of(
            cast, somebody(cast, number), cast.member("Oma", f"Aikuinen{chr(97 + number)}", _own(cast))
        )
        asked = cast.social_worker if answers and number else other
        rows = [relationship(support, agency) for agency in (asked.agency, cast.town)]
        closed(*rows, asked=asked)
    time_machine.move_to(noon(COUNTED_ON), tick=False)
    count_halves()
    assert str(told(cast.mikkeli).columns["closed"].cells[0]) == shown
    knowing = HalfYearFact.objects.filter(what="closed", agencies__contains=[cast.social.pk])
    assert sum(row.count for row in knowing) == (5 if answers else 0)
    # Nothing else in the half-year is theirs to take away.
    assert not HalfYearFact.objects.exclude(what="closed").filter(agencies__contains=[cast.social.pk]).exists()


def _own(cast):
    return cast.agency("Oma virasto", "other")


def test_what_is_not_counted_yet_shows_nowhere(cast):
    of(cast.mikkeli, JANUARY, "why_moved", people=5)
    HalfYearFact.objects.filter(what="counted").delete()
    assert told(cast.mikkeli).halves == []


def test_counting_again_adds_nothing(cast, time_machine):
    support_of(cast, somebody(cast, 1), cast.nurse)
    time_machine.move_to(datetime(2026, 7, 15, 12, tzinfo=HELSINKI), tick=False)
    for _time in range(2):
        count_half(area=cast.mikkeli, half=JANUARY)
    assert facts("counted") == [(0, 0, 0, 1)]
    assert facts("contacts") == [(4, 176, 1, 1)]
