"""Deadlines, worked by hand from a Finnish almanac; the act is 150/1930, 3 § and 5 §."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from coordination.clocks.rules import HELSINKI, deadline, is_working_day
from tests.coordination.clocks.ruling import here, rule


def d(text):
    return date.fromisoformat(text)


def due(unit, number, received, **fields):
    return deadline(rule(unit, number, **fields), here(received if " " in received else f"{received} 12:00")).day


@pytest.mark.parametrize(
    ("received", "last"),
    [
        # Tuesday → Thursday of next week: W 18 is 1, Th 2, F 3, M 23 4, Tu 5, W 6, Th 26 7.
        ("2026-11-17", "2026-11-26"),
        # On a Saturday and on a Sunday: M 23 is 1, Tu 2, W 3, Th 4, F 27 5, M 30 6, Tu 1 December 7.
        ("2026-11-21", "2026-12-01"),
        ("2026-11-22", "2026-12-01"),
        # Christmas on weekdays. F 19 is 1, M 22 2, Tu 23 3; W 24 eve, Th 25, F 26 St Stephen's off; M 29 4, Tu 30 5,
        # W 31 6; Th 1 New Year off; F 2 January 7.
        ("2025-12-18", "2026-01-02"),
        # M 29 is 1, Tu 2, W 31 3; Th 1 off; F 2 4, M 5 5; Tu 6 Epiphany off; W 7 6, Th 8 7.
        ("2025-12-23", "2026-01-08"),
        # Christmas Eve on a Thursday, New Year on a Friday, Epiphany on a Wednesday. W 23 is 1; M 28 2, Tu 3, W 4,
        # Th 31 5; M 4 6, Tu 5 7.
        ("2026-12-22", "2027-01-05"),
        # M 28 is 1, Tu 2, W 3, Th 31 4; M 4 5, Tu 5 6; W 6 off; Th 7 7.
        ("2026-12-23", "2027-01-07"),
        # Easter 2026: W 1 is 1, Th 2 2; Good Friday 3, Easter Monday 6 off; Tu 7 3, W 4, Th 5, F 10 6, M 13 7.
        ("2026-03-31", "2026-04-13"),
        # Easter 2027, with the night in which clocks go forward: Tu 23 is 1, W 2, Th 25 3; F 26 and M 29 off; Tu 30 4,
        # W 31 5, Th 1 6, F 2 April 7.
        ("2027-03-22", "2027-04-02"),
        # May Day on a Friday: Tu 28 is 1, W 2, Th 30 3; F 1 off; M 4 4, Tu 5, W 6, Th 7 7.
        ("2026-04-27", "2026-05-07"),
        # May Day on a Monday: W 26 is 1, Th 2, F 28 3; M 1 off; Tu 2 4, W 5, Th 6, F 5 7.
        ("2028-04-25", "2028-05-05"),
        # Ascension Day, Thursday 14 May: W 6 is 1, Th 2, F 8 3, M 11 4, Tu 5, W 13 6; F 15 7.
        ("2026-05-05", "2026-05-15"),
        # Midsummer Eve, Friday 19 June: Th 11 is 1, F 2, M 15 3, Tu 4, W 5, Th 18 6; M 22 7.
        ("2026-06-10", "2026-06-22"),
        # Independence Day on a Monday: W 1 is 1, Th 2, F 3 3; M 6 off; Tu 7 4, W 5, Th 6, F 10 7.
        ("2027-11-30", "2027-12-10"),
        # … and on a Wednesday: W 29 is 1, Th 2, F 1 3, M 4 4, Tu 5 5; W 6 off; Th 7 6, F 8 7.
        ("2028-11-28", "2028-12-08"),
        # … and on a Sunday: no Monday in its stead. W 2 is 1, Th 2, F 4 3, M 7 4, Tu 5, W 6, Th 10 7.
        ("2026-12-01", "2026-12-10"),
        # Clocks go back on the night of 25 October: W 21 is 1, Th 2, F 23 3, M 26 4, Tu 5, W 6, Th 29 7.
        ("2026-10-20", "2026-10-29"),
        # The day is Finland's. A minute before midnight it is Tuesday still, in winter and in summer …
        ("2026-11-17 23:59", "2026-11-26"),
        ("2026-06-09 23:59", "2026-06-18"),
        # … and a minute after it Wednesday, though in UTC it is Tuesday: Th 19 is 1, F 2, M 3, Tu 4, W 5, Th 6, F 27 7.
        ("2026-11-18 00:01", "2026-11-27"),
        ("2026-06-10 00:01", "2026-06-22"),
    ],
)
def test_the_seventh_working_day(received, last):
    assert due("working_days", 7, received) == d(last)


def test_the_time_zone_of_the_moment_makes_no_difference():
    received = here("2026-11-18 00:01")
    assert received.astimezone(UTC).date() == d("2026-11-17")
    assert deadline(rule("working_days", 7), received.astimezone(UTC)).day == d("2026-11-27")


@pytest.mark.parametrize("moment", [datetime(2026, 11, 17, 12), date(2026, 11, 17)])
def test_a_moment_without_a_time_zone_is_refused(moment):
    with pytest.raises(TypeError):
        deadline(rule("working_days", 7), moment)


@pytest.mark.parametrize(
    ("received", "last"),
    [
        ("2026-03-15", "2026-06-15"),
        # February has 28 days, and 29 in a leap year.
        ("2026-11-30", "2027-02-28"),
        ("2027-11-30", "2028-02-29"),
        ("2028-02-29", "2028-05-29"),
        # November and April have 30.
        ("2026-08-31", "2026-11-30"),
        ("2026-01-31", "2026-04-30"),
        # Over the turn of the year, and over the nights in which clocks are moved.
        ("2026-12-31", "2027-03-31"),
        ("2026-09-01 00:01", "2026-12-01"),
    ],
)
def test_three_months_end_on_the_same_number_or_the_months_last_day(received, last):
    assert due("months", 3, received) == d(last)


@pytest.mark.parametrize(
    ("received", "fields", "last"),
    [
        # 28.2.2027 is a Sunday.
        ("2026-11-30", {"rolls_to_working_day": False}, "2027-02-28"),
        ("2026-11-30", {"rolls_to_working_day": True}, "2027-03-01"),
        # A working day stays: 30.11.2026 is a Monday.
        ("2026-08-31", {"rolls_to_working_day": True}, "2026-11-30"),
        # Christmas Eve on a Thursday: Christmas Day, Saturday and Sunday follow.
        ("2026-09-24", {"rolls_to_working_day": True}, "2026-12-28"),
        # Good Friday 2026 → Tuesday after Easter.
        ("2026-01-03", {"rolls_to_working_day": True}, "2026-04-07"),
        # Where only Sundays are off, Christmas Eve is a day like others, and Sunday moves on to Monday.
        ("2026-09-24", {"rolls_to_working_day": True, "not_working": ["sunday"]}, "2026-12-24"),
        ("2026-09-27", {"rolls_to_working_day": True, "not_working": ["sunday"]}, "2026-12-28"),
    ],
)
def test_a_last_day_off_moves_on_where_the_rule_says_so(received, fields, last):
    assert due("months", 3, received, **fields) == d(last)


@pytest.mark.parametrize(
    ("unit", "number", "received", "next_day", "last"),
    [
        # The day of receipt is the first where it counts.
        ("working_days", 1, "2026-11-17", True, "2026-11-18"),
        ("working_days", 1, "2026-11-17", False, "2026-11-17"),
        ("working_days", 1, "2026-11-21", False, "2026-11-23"),
        ("days", 7, "2026-11-17", True, "2026-11-24"),
        ("days", 7, "2026-11-17", False, "2026-11-23"),
        ("months", 3, "2026-03-01", False, "2026-05-31"),
        # The same day, on a Sunday, too.
        ("days", 0, "2026-11-22", True, "2026-11-22"),
        ("days", 0, "2026-11-22 23:59", True, "2026-11-22"),
    ],
)
def test_from_which_day_it_is_counted(unit, number, received, next_day, last):
    assert due(unit, number, received, counts_from_next_day=next_day) == d(last)


@pytest.mark.parametrize(
    ("not_working", "last"),
    [
        # W 23, Th 24, F 25, Sat 26 … each day counts.
        ([], "2026-12-29"),
        # Without Sunday 27: the seventh is W 30.
        (["sunday"], "2026-12-30"),
        # Without 26 and 27 as well: Th 31.
        (["saturday", "sunday"], "2026-12-31"),
        # Without the eve: W 23 is 1, F 25 2, M 28 3, Tu 4, W 5, Th 31 6, F 1 January 7.
        (["saturday", "sunday", "christmas_eve"], "2027-01-01"),
        # Without 25.12. and 1.1. as well: W 23 1, Th 24 2, M 28 3, Tu 4, W 5, Th 31 6, M 4 7.
        (["saturday", "sunday", "church_holiday"], "2027-01-04"),
    ],
)
def test_which_days_are_off_is_data(not_working, last):
    assert due("working_days", 7, "2026-12-22", not_working=not_working) == d(last)


@pytest.mark.parametrize(
    ("day", "code"),
    [
        ("2026-11-21", "saturday"),
        ("2026-11-22", "sunday"),
        ("2027-01-06", "church_holiday"),
        ("2027-01-01", "church_holiday"),
        ("2026-04-03", "church_holiday"),
        ("2027-12-06", "independence_day"),
        ("2026-05-01", "may_day"),
        ("2026-12-24", "christmas_eve"),
        ("2026-06-19", "midsummer_eve"),
    ],
)
def test_each_day_is_off_for_its_own_reason(day, code):
    assert not is_working_day(d(day), [code])
    others = {"saturday", "sunday", "church_holiday", "independence_day", "may_day", "christmas_eve", "midsummer_eve"}
    assert is_working_day(d(day), others - {code})


def test_a_day_can_be_off_for_two_reasons():
    # In 2008 Ascension Day was on May Day, a Thursday.
    assert not is_working_day(d("2008-05-01"), ["may_day"])
    assert not is_working_day(d("2008-05-01"), ["church_holiday"])


@pytest.mark.parametrize(
    ("received", "over_at", "clock"),
    [
        # Clocks go back at 4.00 on 25 October 2026: 3.30 summer time and an hour is 3.30 winter time.
        ("2026-10-25T00:30+00:00", "2026-10-25T01:30+00:00", "3.30"),
        # Clocks go forward at 3.00 on 28 March 2027: 2.30 and an hour is 4.30.
        ("2027-03-28T00:30+00:00", "2027-03-28T01:30+00:00", "4.30"),
        # Over midnight, and over the turn of the year.
        ("2026-12-31T21:30+00:00", "2026-12-31T22:30+00:00", "0.30"),
    ],
)
def test_an_hour_is_an_hour_on_every_night(received, over_at, clock):
    over_at = datetime.fromisoformat(over_at)
    # The moment comes as UTC from the database, and may come by the clock here.
    for moment in (datetime.fromisoformat(received), datetime.fromisoformat(received).astimezone(HELSINKI)):
        found = deadline(rule("minutes", 60), moment)
        assert found.at.astimezone(UTC) == over_at
        assert found.day == over_at.astimezone(HELSINKI).date()
        assert found.when.endswith(clock)
        assert not found.is_over(over_at)
        assert found.is_over(over_at + timedelta(seconds=1))


def test_the_last_day_is_there_until_midnight_in_finland():
    found = deadline(rule("working_days", 7), here("2026-11-17 12:00"))
    assert not found.is_over(datetime(2026, 11, 26, 21, 59, 59, tzinfo=UTC))
    assert found.is_over(datetime(2026, 11, 26, 22, tzinfo=UTC))


def test_without_delay_has_no_last_day():
    found = deadline(rule("without_delay"), here("2026-11-17 12:00"))
    assert (found.day, found.at, found.warn_on, found.when) == (None, None, None, "")
    assert not found.is_over(here("2036-11-17 12:00"))


@pytest.mark.parametrize(
    ("unit", "number", "received", "warned"),
    [
        # 9 days to Thursday 26: 80 % is 7.2 days, so 8 have passed on the 25th.
        ("working_days", 7, "2026-11-17", "2026-11-25"),
        # 91 days from 1 September to 1 December: 72.8, so 73: 61 days to 1 November and 12 more.
        ("months", 3, "2026-09-01", "2026-11-13"),
        # 10 days: 8 to the day.
        ("days", 10, "2026-11-01", "2026-11-09"),
        # 3 days: 2.4 would be the last day; the day before it.
        ("days", 3, "2026-11-01", "2026-11-03"),
        # 2 days: the one between.
        ("days", 2, "2026-11-01", "2026-11-02"),
        # No day between: the last one, and on the same day that day.
        ("days", 1, "2026-11-01", "2026-11-02"),
        ("days", 0, "2026-11-01", "2026-11-01"),
        ("minutes", 60, "2026-11-01", "2026-11-01"),
    ],
)
def test_a_warning_comes_when_most_of_the_time_has_passed(unit, number, received, warned):
    assert deadline(rule(unit, number), here(f"{received} 12:00")).warn_on == d(warned)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fi", "to 26.11.2026, 7. arkipäivä (SHL 36 §)"),
        ("sv", "tors 26.11.2026, 7:e vardagen (SHL 36 §)"),
        ("en", "Thu 26.11.2026, 7th working day (SHL 36 §)"),
    ],
)
def test_it_is_shown_with_weekday_date_and_rule_in_the_readers_language(language, text):
    words = {"name_fi": "7. arkipäivä", "name_sv": "7:e vardagen", "name_en": "7th working day"}
    with translation.override(language):
        assert deadline(rule("working_days", 7, **words), here("2026-11-17 12:00")).text == text


def test_a_moment_and_without_delay_are_shown_too():
    with translation.override("fi"):
        promise = rule("minutes", 60, law="", name_fi="60 minuuttia lähettämisestä")
        said = deadline(promise, here("2026-11-17 12:05")).text
        assert said == "ti 17.11.2026 klo 13.05, 60 minuuttia lähettämisestä (Rinnalla)"
        assert deadline(rule("without_delay", name_fi="viipymättä"), here("2026-11-17 12:05")).text == (
            "viipymättä (SHL 36 §)"
        )
