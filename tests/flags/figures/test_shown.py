"""What is shown of the counts: months put together, halves of what shows, and the rate in fixed periods."""

from datetime import date

import pytest

from coordination.follow_ups.models import FollowUp
from flags.figures import queries
from flags.figures.models import MonthCount

SIDES = "abcd"


def month(area, number, *, year=2026, flags=0, matches=0, in_time=0, outcomes=None):
    """A month counted, everything in it spread evenly over four agencies."""
    numbers = {"flags": flags, "matches": matches, "in_time": in_time}
    numbers |= {f"outcome_{code}": (outcomes or {}).get(code, 0) for code in FollowUp.Outcome.values}
    for what, counted in numbers.items():
        known = {side: counted // 4 + (place < counted % 4) for place, side in enumerate(SIDES)}
        MonthCount.objects.create(
            area=area, month=date(year, number, 1), what=what, number=counted, known=known, people=counted
        )


def texts(rows, name):
    return [str(getattr(row, name)) for row in rows]


@pytest.mark.django_db
def test_small_months_are_told_together_and_what_is_left_is_hidden(cast):
    for number, matches in enumerate((12, 4, 4, 9, 1, 2), 1):
        month(cast.mikkeli, number, matches=matches)
    [found] = queries.figures(cast.mikkeli, 2026)
    assert texts(found.months, "matches") == ["12", "↓", "8", "9", "<5", "<5"]
    assert texts(found.halves, "matches") == ["≥29"]


@pytest.mark.django_db
def test_a_half_whose_months_all_show_has_its_whole_sum(cast):
    for number in range(1, 7):
        month(cast.mikkeli, number, flags=10, matches=8)
    [found] = queries.figures(cast.mikkeli, 2026)
    assert texts(found.halves, "flags") == ["60"]


@pytest.mark.django_db
def test_a_half_comes_with_its_last_month_and_the_halves_have_nothing_in_common(cast):
    for number in range(1, 6):
        month(cast.mikkeli, number, matches=8)
    assert queries.figures(cast.mikkeli, 2026)[0].halves == []
    month(cast.mikkeli, 6, matches=8)
    month(cast.mikkeli, 7, matches=2)
    [found] = queries.figures(cast.mikkeli, 2026)
    assert [(half.first.month, half.last.month) for half in found.halves] == [(1, 6)]
    assert [row.is_half for row in found.rows] == [False] * 6 + [True, False]
    # July doesn't join what June left, nor June July.
    assert texts(found.months, "matches")[-1] == "<5"


@pytest.mark.django_db
def test_nothing_but_hidden_months_says_nothing_of_their_sum(cast):
    for number in range(1, 7):
        month(cast.mikkeli, number)
    [found] = queries.figures(cast.mikkeli, 2026)
    assert texts(found.rows, "matches") == ["<5"] * 7
    assert texts(found.rows, "in_time") == ["–"] * 7


@pytest.mark.django_db
def test_the_rate_hides_how_many_were_late_and_the_half_says_it_more_closely(cast):
    for number in range(1, 7):
        month(cast.mikkeli, number, matches=12, in_time=12 - number % 2)
    [found] = queries.figures(cast.mikkeli, 2026)
    assert texts(found.months, "in_time") == ["66–100 %"] * 6
    assert texts(found.halves, "in_time") == ["94–100 %"]
    assert found.halves[0].rate.low == 94


@pytest.mark.django_db
def test_the_rate_of_months_told_together_stands_where_their_number_does(cast):
    month(cast.mikkeli, 1, matches=4, in_time=0)
    month(cast.mikkeli, 2, matches=12, in_time=8)
    [found] = queries.figures(cast.mikkeli, 2026)
    assert texts(found.months, "matches") == ["↓", "16"]
    assert texts(found.months, "in_time") == ["↓", "50 %"]


@pytest.mark.django_db
def test_a_rate_needs_ten_people_and_three_agencies(cast):
    month(cast.mikkeli, 1, matches=9, in_time=5)
    month(cast.mikkeli, 2, matches=12, in_time=6)
    counted = MonthCount.objects.get(area=cast.mikkeli, month=date(2026, 2, 1), what="matches")
    counted.known = {"a": 6, "b": 6}
    counted.save()
    [found] = queries.figures(cast.mikkeli, 2026)
    assert texts(found.months, "in_time") == ["–", "–"]


@pytest.mark.django_db
def test_years_are_read_together_in_one_statement(cast, django_assert_num_queries):
    for year in (2025, 2026):
        for number in range(1, 13):
            month(cast.mikkeli, number, year=year, flags=30, matches=12, in_time=6, outcomes={"in_touch": 7})
    with django_assert_num_queries(1):
        this, before = queries.figures(cast.mikkeli, 2026, 2025)
    assert (this.year, before.year, len(this.rows), len(before.rows)) == (2026, 2025, 14, 14)
    assert this.halves[1].outcomes["in_touch"].number == 42
    assert queries.years(cast.mikkeli) == [2026, 2025]
    assert queries.years(cast.kerava) == []
