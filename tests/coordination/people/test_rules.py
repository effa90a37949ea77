"""Identity codes and ages."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from coordination.interface.names import normalise_name
from coordination.people.doubles import usual_slips
from coordination.people.rules import age_on, birth_date_of, clean_hetu, hetu_indexes

CHECK = "0123456789ABCDEFHJKLMNPRSTUVWXY"


def code(day, separator, number):
    digits = f"{day:%d%m}{day.year % 100:02d}{number:03d}"
    return f"{digits[:6]}{separator}{number:03d}{CHECK[int(digits) % 31]}"


@pytest.mark.parametrize("separator", "ABCDEF")
def test_separators_of_the_2000s(separator):
    made = code(date(2010, 5, 3), separator, 901)
    assert clean_hetu(made) == made
    assert birth_date_of(made) == date(2010, 5, 3)


@pytest.mark.parametrize("separator", "-YXWVU")
def test_separators_of_the_1900s(separator):
    made = code(date(1998, 5, 3), separator, 901)
    assert clean_hetu(made) == made
    assert birth_date_of(made) == date(1998, 5, 3)


def test_the_separator_is_part_of_the_identity():
    codes = [code(date(2010, 5, 3), separator, 901) for separator in "ABCDEF"]
    assert len({hetu_indexes(clean_hetu(one)) for one in codes}) == 6


def test_small_letters_and_spaces_around():
    made = code(date(1952, 10, 13), "-", 918)
    assert clean_hetu(f" {made.lower()} ") == made


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("131052-308U", "check"),
        ("131052308T", "format"),
        ("131052G308T", "format"),
        ("310299-9017", "format"),
        ("", "format"),
        ("1310521308T", "format"),
    ],
)
def test_what_is_wrong_with_it(text, problem):
    with pytest.raises(ValueError, match=problem):
        clean_hetu(text)


@pytest.mark.parametrize(("number", "is_test"), [(899, False), (900, True), (999, True)])
def test_individual_numbers_from_900_are_for_testing(settings, number, is_test):
    made = code(date(2010, 5, 3), "A", number)
    for is_demo, refusal in [(True, "real"), (False, "test")]:
        settings.TEST_HETUS_ALLOWED = is_demo
        if is_test == is_demo:
            assert clean_hetu(made) == made
        else:
            with pytest.raises(ValueError, match=refusal):
                clean_hetu(made)


@given(st.text(max_size=20))
def test_any_text_is_a_code_or_a_value_error(text):
    try:
        problem = clean_hetu(text) and ""
    except ValueError as error:
        problem = str(error)
    assert problem in {"", "format", "check", "real"}


@pytest.mark.parametrize(
    ("birth_date", "day", "age"),
    [
        (date(2008, 6, 2), date(2026, 6, 1), 17),
        (date(2008, 6, 2), date(2026, 6, 2), 18),
        (date(2012, 2, 29), date(2025, 2, 28), 12),
        (date(2012, 2, 29), date(2025, 3, 1), 13),
        (date(2012, 2, 29), date(2028, 2, 29), 16),
    ],
)
def test_age_on(birth_date, day, age):
    assert age_on(birth_date, day) == age


@given(st.dates())
@example(date.min)
@example(date.max)
def test_usual_slips_of_any_day(day):
    assert day in usual_slips(day)


def test_the_usual_slips():
    slips = usual_slips(date(2010, 3, 12))
    assert date(2010, 12, 3) in slips  # day and month swapped
    assert date(2010, 3, 21) in slips  # digits of the day swapped
    assert {date(2009, 3, 12), date(2011, 3, 12), date(2000, 3, 12), date(2020, 3, 12)} <= slips
    assert {date(2010, 2, 12), date(2010, 4, 12)} <= slips
    assert {date(2010, 3, 11), date(2010, 3, 13)} <= slips
    assert date(2010, 3, 12) + timedelta(days=5) not in slips


@given(st.text(max_size=30), st.text(max_size=30))
def test_normalising_a_name_twice_changes_nothing(first, last):
    once = normalise_name(first, last)
    assert normalise_name(*once.split("|")) == once
