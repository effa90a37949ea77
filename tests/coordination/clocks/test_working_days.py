"""Worked by hand from a Finnish almanac; the act is 150/1930, 5 §."""

from datetime import date, datetime

import pytest
import time_machine

from coordination.clocks import rules


def d(text):
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2026-01-01", "New Year's Day, Thursday"),
        ("2026-01-06", "Epiphany, Tuesday"),
        ("2026-04-03", "Good Friday"),
        ("2026-04-05", "Easter Sunday"),
        ("2026-04-06", "Easter Monday"),
        ("2027-03-29", "Easter Monday, in March"),
        ("2026-05-01", "May Day, Friday"),
        ("2026-05-14", "Ascension Day, Thursday"),
        ("2027-05-06", "Ascension Day, Thursday, earlier"),
        ("2026-06-19", "Midsummer Eve, Friday"),
        ("2026-06-20", "Midsummer Day, Saturday"),
        ("2026-10-31", "All Saints' Day, Saturday"),
        ("2027-12-06", "Independence Day, Monday"),
        ("2026-12-24", "Christmas Eve, Thursday"),
        ("2026-12-25", "Christmas Day, Friday"),
        ("2029-12-26", "St Stephen's Day, Wednesday"),
        ("2026-11-21", "a Saturday"),
        ("2026-11-22", "a Sunday"),
    ],
)
def test_not_a_working_day(day, name):
    assert not rules.is_working_day(d(day)), name


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2026-04-02", "Maundy Thursday"),
        ("2026-04-30", "the eve of May Day"),
        ("2026-05-15", "the Friday after Ascension Day"),
        ("2026-06-18", "the Thursday before Midsummer Eve"),
        ("2026-12-07", "the Monday after an Independence Day on Sunday: nothing moves to it"),
        ("2026-12-23", "the day before Christmas Eve"),
        ("2026-12-28", "the Monday after a St Stephen's Day on Saturday"),
        ("2026-12-31", "New Year's Eve"),
        ("2027-01-05", "the day before Epiphany"),
    ],
)
def test_a_working_day(day, name):
    assert rules.is_working_day(d(day)), name


@pytest.mark.parametrize(
    ("received", "n", "due"),
    [
        # Tuesday: W 1, Th 2, F 3, M 4, Tu 5, W 6, Th 7.
        ("2026-11-17", 7, "2026-11-26"),
        # Received on a Saturday: M 1 … F 5.
        ("2026-11-21", 5, "2026-11-27"),
        ("2026-11-20", 1, "2026-11-23"),
        # Before Easter 2026, Wednesday 1 April: Th 2 is 1; F 3 to M 6 are off; Tu 7, W 8, Th 9, F 10.
        ("2026-04-01", 5, "2026-04-10"),
        # Before Christmas 2026, Tuesday 22: W 23 is 1; Th 24 to Sun 27 off; M 28, Tu 29, W 30, Th 31; F 1 Jan off; M 4.
        ("2026-12-22", 6, "2027-01-04"),
        # … Tu 5 is 7, W 6 Epiphany, Th 7 is 8.
        ("2026-12-22", 8, "2027-01-07"),
        # Midsummer 2026, Thursday 18 June: F eve, Sat, Sun off.
        ("2026-06-18", 1, "2026-06-22"),
        # Ascension Day on Thursday 14 May 2026: Friday 15 is a working day.
        ("2026-05-13", 1, "2026-05-15"),
        # Independence Day 2027 on Monday.
        ("2027-12-03", 1, "2027-12-07"),
    ],
)
def test_nth_working_day_after(received, n, due):
    assert rules.working_day_after(d(received), n) == d(due)


@pytest.mark.parametrize("n", [0, -1])
def test_the_number_of_days_is_at_least_one(n):
    with pytest.raises(ValueError, match="at least 1"):
        rules.working_day_after(d("2026-11-17"), n)


def test_a_moment_is_not_a_day():
    # A datetime is a date to Python, but never equals a holiday: Epiphany would pass as a working day.
    with pytest.raises(TypeError):
        rules.is_working_day(datetime(2026, 1, 6, 12))


@pytest.mark.parametrize(
    ("utc", "here"),
    [
        ("2026-11-21T21:59:59+00:00", "2026-11-21"),
        ("2026-11-21T22:00:00+00:00", "2026-11-22"),
        ("2026-06-21T21:00:00+00:00", "2026-06-22"),
    ],
)
def test_today_is_a_day_in_finland(utc, here, settings):
    settings.TIME_ZONE = "America/New_York"
    with time_machine.travel(datetime.fromisoformat(utc), tick=False):
        assert rules.today() == d(here)
