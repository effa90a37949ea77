"""Periods, and how an indicator stands, worked out by hand."""

from datetime import date
from decimal import Decimal

import pytest

from coordination.agencies.rules import NotNow
from pilots.results import rules
from pilots.results.models import Evaluation, EvaluationText, Indicator
from pilots.results.states import Standing

JANUARY, LAST = date(2026, 1, 1), date(2026, 12, 31)


# --- Periods --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("month", date(2026, 5, 1), date(2026, 5, 31)),
        ("quarter", date(2026, 4, 1), date(2026, 6, 30)),
        ("half_year", date(2026, 1, 1), date(2026, 6, 30)),
        ("year", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_day_lies_in_its_calendar_period(period, first, last):
    assert rules.first_of(period, date(2026, 5, 17)) == first
    assert rules.last_of(period, first) == last


def test_february_of_a_leap_year_ends_on_the_29th():
    assert rules.last_of("month", date(2028, 2, 1)) == date(2028, 2, 29)


def test_periods_run_from_the_first_day_to_the_running_one():
    found = rules.periods("month", date(2025, 11, 20), date(2026, 2, 1))
    assert found == [date(2025, 11, 1), date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1)]
    assert rules.periods("quarter", date(2026, 2, 20), date(2026, 3, 31)) == [date(2026, 1, 1)]


def test_a_pilot_to_come_has_no_period():
    assert rules.periods("month", date(2026, 5, 1), date(2026, 4, 30)) == []


def test_of_many_periods_the_latest_can_be_written():
    found = rules.periods("month", date(1990, 1, 1), date(2026, 5, 1))
    assert (len(found), found[-1]) == (rules.MOST_PERIODS, date(2026, 5, 1))


def test_the_running_period_is_not_over():
    assert rules.is_running("month", date(2026, 7, 1))
    assert not rules.is_running("month", date(2026, 6, 1))


# --- How it stands --------------------------------------------------------------------------------------------------


def standing(value, by, *, better="more", begins=JANUARY, ends=LAST, **columns):
    said = {"baseline": Decimal(10), "baseline_on": JANUARY, "target": Decimal(30), "target_on": date(2026, 7, 20)}
    one = Indicator(better=better, **said | columns)
    return rules.standing_of(one, Decimal(value), by=by, begins=begins, ends=ends)


# From 10 on 1.1. to 30 on 20.7., which is 200 days: a tenth a day. On 11.4., the hundredth day, 20 are expected.
HALF_WAY = date(2026, 4, 11)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("30", Standing.REACHED),
        ("31", Standing.REACHED),
        ("29.9", Standing.ON_WAY),
        ("20", Standing.ON_WAY),
        ("19.9", Standing.BEHIND),
        ("10", Standing.BEHIND),
        ("9.9", Standing.FURTHER),
    ],
)
def test_more_is_better(value, expected):
    assert standing(value, HALF_WAY) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("10", Standing.REACHED),
        ("20", Standing.ON_WAY),
        ("20.1", Standing.BEHIND),
        ("30", Standing.BEHIND),
        ("30.1", Standing.FURTHER),
    ],
)
def test_less_is_better(value, expected):
    assert standing(value, HALF_WAY, better="less", baseline=Decimal(30), target=Decimal(10)) == expected


def test_the_line_ends_at_the_target():
    assert standing("29.9", date(2026, 12, 1)) == Standing.BEHIND


def test_a_number_on_the_line_is_on_its_way_however_the_days_divide():
    """A sixth of the way from nought to 54 is nine."""
    line = {"baseline": Decimal(0), "target": Decimal(54), "target_on": date(2026, 3, 2)}
    assert standing("9", date(2026, 1, 11), **line) == Standing.ON_WAY
    assert standing("8.9", date(2026, 1, 11), **line) == Standing.BEHIND


def test_before_the_baseline_was_measured_nothing_is_expected():
    assert standing("10", date(2025, 12, 1)) == Standing.ON_WAY


def test_without_days_of_its_own_the_line_goes_through_the_whole_pilot():
    # 364 days; on 2.7., the 182nd, half of the way.
    without = {"baseline_on": None, "target_on": None}
    assert standing("20", date(2026, 7, 2), **without) == Standing.ON_WAY
    assert standing("19.9", date(2026, 7, 2), **without) == Standing.BEHIND


def test_where_no_line_can_be_drawn_it_is_reached_or_not():
    assert standing("20", HALF_WAY, target_on=None, ends=None) == Standing.NOT_YET
    assert standing("20", HALF_WAY, baseline=None, baseline_on=None) == Standing.NOT_YET
    assert standing("5", HALF_WAY, target_on=None, ends=None) == Standing.FURTHER
    assert standing("30", HALF_WAY, baseline=None, baseline_on=None) == Standing.REACHED


def test_what_is_kept_as_it_is_has_reached_its_target():
    assert standing("10", HALF_WAY, target=Decimal(10)) == Standing.REACHED
    assert standing("9", HALF_WAY, target=Decimal(10)) == Standing.FURTHER


def test_without_a_target_nothing_is_judged():
    assert standing("20", HALF_WAY, target=None, target_on=None) == Standing.NO_TARGET


# --- What is refused ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", ["-0.1", "100.1"])
def test_a_share_is_from_none_to_all(value):
    with pytest.raises(NotNow, match="0 to 100"):
        rules.check_fits("percent", Decimal(value))
    rules.check_fits("percent", None, Decimal(0), Decimal(100))


def test_no_number_is_negative_or_too_great_to_keep():
    for value in (Decimal("-1"), Decimal(10**8)):
        with pytest.raises(NotNow):
            rules.check_fits("euros", value)


def test_a_target_worse_than_the_baseline_is_refused():
    for better, target in (("more", 9), ("less", 11)):
        with pytest.raises(NotNow, match="worse than the baseline"):
            rules.check_way(Indicator(better=better, baseline=Decimal(10), target=Decimal(target)))
    rules.check_way(Indicator(better="more", baseline=Decimal(10), target=None))


def test_what_an_evaluation_misses():
    text = EvaluationText(language="fi", **dict.fromkeys(rules.NEEDED, "Jotain"))
    whole = Evaluation(covers_from=JANUARY, covers_to=LAST, recommends="stop")
    assert rules.missing(whole, [text]) == []
    text.heard = "  "
    assert rules.missing(whole, [text]) == [("fi", "heard")]
    assert rules.missing(Evaluation(), []) == [
        ("", "covers_from"), ("", "covers_to"), ("", "recommends"), *(("", name) for name in rules.NEEDED)
    ]  # fmt: skip


def test_what_can_be_decided_by_an_evaluation():
    states = [(state, rules.next_state(_Pilot(state), Evaluation(recommends="spread"))) for state in rules.MOVES]
    assert {str(state): found and str(found) for state, found in states} == {
        "planned": None,
        "running": "evaluated",
        "evaluated": "spread",
        "adapted": "spread",
        "spread": None,
        "stopped": None,
    }
    assert rules.next_state(_Pilot("running"), Evaluation(recommends="stop")) == "stopped"
    assert rules.next_state(_Pilot("evaluated"), Evaluation(recommends="go_on")) is None


class _Pilot:
    def __init__(self, state):
        self.state = state
