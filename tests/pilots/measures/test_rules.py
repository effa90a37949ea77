"""Scores against values worked by hand."""

from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coordination.agencies.rules import NotNow
from pilots.measures import rules
from pilots.measures.models import Instrument, Respondent, Response, Scale
from pilots.measures.rules import Score, Standing, Verdict

CHANGE = Decimal("5.0")
ORS = SimpleNamespace(kind=Instrument.Kind.OUTCOME, reliable_change=CHANGE, alert_drop=None)
SRS = SimpleNamespace(kind=Instrument.Kind.ALLIANCE, reliable_change=CHANGE, alert_drop=Decimal("1.0"))
LINE = Scale(kind=Scale.Kind.VISUAL, lowest=0, highest=10)
STEPS = Scale(kind=Scale.Kind.DISCRETE, lowest=1, highest=5)


def scores(*totals, cutoff="28.0"):
    """One score a week; a cut-off of None is none."""
    cutoff = cutoff and Decimal(cutoff)
    return [
        Score(number, date(2026, 1, 5) + timedelta(days=7 * number), Decimal(total), cutoff)
        for number, total in enumerate(totals, start=1)
    ]


def verdicts(*totals, **more):
    return [one.verdict for one in rules.readings(ORS, scores(*totals, **more))]


# --- The way since the first score ------------------------------------------------------------------------------------

# Worked by hand: first 18.4, reliable change 5.0, cut-off 28.0.
# 20.1 is up 1.7: no reliable change. 23.3 is up 4.9: none yet. 23.4 is up 5.0: reliably better, still below 28.
# 27.9 is up 9.5, below 28. 28.0 isn't below 28: across. 13.4 is down 5.0: reliably worse. 13.5 is down 4.9: none.
BY_HAND = [
    ("20.1", Verdict.SAME),
    ("23.3", Verdict.SAME),
    ("23.4", Verdict.BETTER),
    ("27.9", Verdict.BETTER),
    ("28.0", Verdict.ACROSS),
    ("40.0", Verdict.ACROSS),
    ("13.5", Verdict.SAME),
    ("13.4", Verdict.WORSE),
    ("0.0", Verdict.WORSE),
]


@pytest.mark.parametrize(("last", "verdict"), BY_HAND)
def test_what_the_last_score_says(last, verdict):
    assert verdicts("18.4", last) == [Verdict.FIRST, verdict]


def test_whoever_began_above_the_cutoff_gets_better_without_crossing_it():
    assert verdicts("29.0", "35.0")[-1] == Verdict.BETTER


def test_without_a_cutoff_nothing_crosses_it():
    assert verdicts("10.0", "39.0", cutoff=None)[-1] == Verdict.BETTER


def test_five_sessions_worked_by_hand():
    found = rules.readings(ORS, scores("18.4", "20.1", "22.0", "25.9", "30.2"))
    assert [one.change for one in found] == [Decimal(text) for text in ("0.0", "1.7", "3.6", "7.5", "11.8")]
    first, better, across = Verdict.FIRST, Verdict.BETTER, Verdict.ACROSS
    assert [one.verdict for one in found] == [first, Verdict.SAME, Verdict.SAME, better, across]
    assert [one.score.is_below for one in found] == [True, True, True, True, False]


def test_a_tenth_is_exact():
    """0.1 + 0.2 is 0.3 here, as on a ruler."""
    first, last = scores("0.3", "5.3")
    assert rules.verdict_of(first, last, CHANGE) == Verdict.BETTER


# --- Cut-offs by age --------------------------------------------------------------------------------------------------


def cutoff(respondent, from_age, to_age, value):
    return SimpleNamespace(respondent=respondent, from_age=from_age, to_age=to_age, value=Decimal(value))


CUTOFFS = [cutoff("young_person", 13, 17, 28), cutoff("young_person", 18, None, 25), cutoff("guardian", 13, 17, 27)]


@pytest.mark.parametrize(
    ("respondent", "age", "value"),
    [
        (Respondent.YOUNG_PERSON, 12, None),
        (Respondent.YOUNG_PERSON, 13, 28),
        (Respondent.YOUNG_PERSON, 17, 28),
        (Respondent.YOUNG_PERSON, 18, 25),
        (Respondent.YOUNG_PERSON, 90, 25),
        (Respondent.GUARDIAN_1, 15, 27),
        (Respondent.GUARDIAN_2, 15, 27),
        (Respondent.GUARDIAN_2, 18, None),
    ],
)
def test_the_cutoff_is_that_of_the_age(respondent, age, value):
    assert rules.cutoff_of(CUTOFFS, respondent, age) == (value and Decimal(value))


# --- Alliance ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("totals", "alerts"),
    [
        (["36.0"], [False]),
        (["35.9"], [True]),
        (["38.0", "37.1"], [False, False]),
        (["38.0", "37.0"], [False, True]),
        (["38.0", "36.5", "36.6"], [False, True, False]),
        (["30.0", "39.0"], [True, False]),
    ],
)
def test_an_alliance_is_talked_about_when_it_is_low_or_falls(totals, alerts):
    assert [one.is_alert for one in rules.readings(SRS, scores(*totals, cutoff="36.0"))] == alerts


def test_an_outcome_is_no_alliance():
    assert not any(one.is_alert for one in rules.readings(ORS, scores("10.0", "5.0")))


# --- How a course stands ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("young", "guardian", "standing"),
    [
        ([], [], Standing.EARLY),
        (["10.0"], [], Standing.EARLY),
        (["10.0", "15.0"], ["30.0", "10.0"], Standing.IMPROVING),
        (["10.0", "14.9"], [], Standing.UNCHANGED),
        (["10.0", "20.0", "5.0"], [], Standing.WORSE),
        (["10.0"], ["30.0", "25.0"], Standing.WORSE),
    ],
)
def test_a_course_stands_as_whoever_answered_twice_says(young, guardian, standing):
    said = {Respondent.YOUNG_PERSON: young, Respondent.GUARDIAN_1: guardian}
    outcomes = {one.value: rules.readings(ORS, scores(*totals)) for one, totals in said.items() if totals}
    assert rules.standing_of(outcomes) == standing


# --- Values -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number"),
    [("7.3", "7.3"), ("7,3", "7.3"), (" 0 ", "0"), ("10", "10"), ("10.0", "10.0"), ("10.1", "10.1")],
)
def test_a_number_is_read_with_a_point_or_a_comma(text, number):
    assert rules.number_of(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", "NaN", "Infinity", "1e1", "-1", "+1", "7.33", "7.", ".3", "٣", "7 3", "\0"])
def test_what_is_no_number_isnt_read(text):
    assert rules.number_of(text) is None


@pytest.mark.parametrize(("number", "scale", "fits"), [
    ("0", LINE, True), ("10.0", LINE, True), ("10.1", LINE, False), ("9.9", LINE, True),
    ("1", STEPS, True), ("5", STEPS, True), ("0", STEPS, False), ("2.5", STEPS, False), ("6", STEPS, False),
])  # fmt: skip
def test_a_number_lies_between_the_ends(number, scale, fits):
    assert rules.fits(Decimal(number), scale) == fits


@pytest.mark.parametrize("values", [[], ["1"], ["1", "2", "3", "10.1"], ["1"] * 5])
def test_each_scale_wants_a_number(values):
    with pytest.raises(NotNow):
        rules.check_values([Decimal(one) for one in values], [LINE] * 4)


@settings(max_examples=100, derandomize=True, database=None, deadline=None)
@given(st.lists(st.integers(0, 100), min_size=4, max_size=4))
def test_what_is_written_is_read_as_it_was(tenths):
    values = [Decimal(one) / 10 for one in tenths]
    read = Response(values=rules.as_text(values)).numbers
    assert read == values
    assert sum(read) == Decimal(sum(tenths)) / 10
