"""Whose age counts from which day, and until when a flag may hold."""

from datetime import date
from types import SimpleNamespace

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from coordination.agencies.rules import NotNow
from flags.flagging.rules import check_age, last_day, needs_guardian

BAND = SimpleNamespace(youngest_age=13, oldest_age=28, guardian_allows_under=18)
LEAP_CHILD = date(2012, 2, 29)


def within(day, birth_date):
    with time_machine.travel(f"{day}T12:00:00+02:00"):
        try:
            check_age(BAND, birth_date)
        except NotNow:
            return False
        return True


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2025-02-28", False),
        ("2025-03-01", True),  # 13 on 1 March of a common year
        ("2028-02-28", True),
        ("2041-02-28", True),  # 28 until the day before 1 March
        ("2041-03-01", False),
    ],
)
def test_born_on_29_february(day, expected):
    assert within(day, LEAP_CHILD) is expected


@pytest.mark.parametrize(("day", "needed"), [("2030-02-28", True), ("2030-03-01", False)])
def test_the_guardian_of_a_leap_child_until_the_birthday(day, needed):
    with time_machine.travel(f"{day}T12:00:00+02:00"):
        assert needs_guardian(BAND, LEAP_CHILD) is needed


def test_the_day_turns_in_finland():
    with time_machine.travel("2025-02-28T21:59:00+00:00"):
        assert needs_guardian(BAND, date(2007, 3, 1))
    with time_machine.travel("2025-02-28T22:01:00+00:00"):
        assert not needs_guardian(BAND, date(2007, 3, 1))


def area(months):
    return SimpleNamespace(flag_lifetime_months=months)


@pytest.mark.parametrize(
    ("day", "months", "last"),
    [
        (date(2026, 11, 21), 6, date(2027, 5, 21)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2028, 2, 29), 24, date(2030, 2, 28)),
    ],
)
def test_the_last_day(day, months, last):
    assert last_day(area(months), day) == last


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 1, 1)), st.integers(1, 24))
def test_the_last_day_lies_so_many_months_ahead(day, months):
    last = last_day(area(months), day)
    assert (last.year - day.year) * 12 + last.month - day.month == months
    assert last.day == day.day or (last.day < day.day and (last.replace(day=28) != last or day.day > 28))
