"""The days of a schedule, worked out by hand."""

from datetime import date, timedelta

import pytest

from coordination.clocks.rules import today
from pilots.schedules import reference, rules
from pilots.schedules.models import DueStep, ScheduleStep
from pilots.schedules.rules import State


def after(days, **more):
    return ScheduleStep(order=1, when="after", after_days=days, **more)


def of_year(number, day, month, **more):
    return ScheduleStep(order=1, when="school_year", school_year=number, day=day, month=month, **more)


@pytest.mark.parametrize(
    ("step", "first_day", "day"),
    [
        (after(0), date(2026, 8, 17), date(2026, 8, 17)),
        (after(14), date(2026, 8, 17), date(2026, 8, 31)),
        (after(30), date(2028, 1, 31), date(2028, 3, 1)),
        (after(182), date(2026, 9, 1), date(2027, 3, 2)),
        # The school year goes from August to July; its months from January on are the next year's.
        (of_year(1, 1, 10), date(2026, 8, 1), date(2026, 10, 1)),
        (of_year(1, 15, 2), date(2026, 8, 1), date(2027, 2, 15)),
        (of_year(1, 31, 7), date(2026, 12, 31), date(2027, 7, 31)),
        (of_year(1, 1, 8), date(2026, 12, 31), date(2026, 8, 1)),
        (of_year(2, 1, 10), date(2026, 12, 31), date(2027, 10, 1)),
        (of_year(2, 5, 5), date(2026, 12, 31), date(2028, 5, 5)),
        # A first day in the spring is of the school year that goes on.
        (of_year(1, 5, 5), date(2027, 2, 1), date(2027, 5, 5)),
        (of_year(2, 1, 10), date(2027, 5, 31), date(2027, 10, 1)),
        # One in June or July of that to come.
        (of_year(1, 1, 10), date(2027, 6, 1), date(2027, 10, 1)),
        (of_year(1, 5, 5), date(2027, 7, 31), date(2028, 5, 5)),
        (of_year(2, 1, 10), date(2027, 6, 30), date(2028, 10, 1)),
        # February has a 29th in 2028 and none in 2027; the 31st of a month of thirty days is its last.
        (of_year(1, 29, 2), date(2027, 8, 20), date(2028, 2, 29)),
        (of_year(1, 29, 2), date(2026, 8, 20), date(2027, 2, 28)),
        (of_year(1, 31, 11), date(2026, 8, 20), date(2026, 11, 30)),
    ],
)
def test_the_day_of_a_step(step, first_day, day):
    assert rules.due_on(step, first_day) == day


def sisukas():
    """The steps that come with the portal."""
    (said,) = [one for one in reference.written() if one["code"] == "sisukas"]
    return [ScheduleStep(order=place, **_columns(one)) for place, one in enumerate(said["steps"], start=1)]


def _columns(said):
    when = "after" if "after_days" in said else "school_year"
    named = {"name_fi": said["name"]["fi"], "days_before": said["days_before"], "when": when}
    return named | {name: said.get(name) for name in ("after_days", "school_year", "month", "day")}


@pytest.mark.parametrize(
    ("first_day", "expected"),
    [
        (
            date(2026, 8, 17),
            ["31.8.2026", "16.9.2026", "1.10.2026", "1.12.2026", "15.2.2027", "5.5.2027", "1.10.2027", "1.12.2027"],
        ),
        # What lay before the first day isn't made up for.
        (
            date(2026, 12, 2),
            ["16.12.2026", "1.1.2027", "15.2.2027", "5.5.2027", "1.10.2027", "1.12.2027", "15.2.2028", "5.5.2028"],
        ),
        (
            date(2027, 6, 15),
            ["29.6.2027", "15.7.2027", "1.10.2027", "1.12.2027", "15.2.2028", "5.5.2028", "1.10.2028", "1.12.2028"],
        ),
    ],
)
def test_sisukas_over_two_school_years(first_day, expected):
    found = [day for _step, day in rules.days_of(sisukas(), first_day, date(2015, 3, 3))]
    assert [f"{day.day}.{day.month}.{day.year}" for day in found][:8] == expected
    assert len(found) == {8: 10, 12: 8, 6: 10}[first_day.month]


@pytest.mark.parametrize(
    ("first_day", "expected"),
    [
        # The plan is due on 30 November, and a follow-up on the day after.
        (date(2026, 10, 31), ["14.11.2026", "30.11.2026", "1.12.2026", "15.2.2027"]),
        # It is due on that of the follow-up, which so falls away.
        (date(2026, 11, 1), ["15.11.2026", "1.12.2026", "15.2.2027"]),
        # The first follow-up would come even before the baseline.
        (date(2026, 9, 20), ["4.10.2026", "20.10.2026", "1.12.2026", "15.2.2027"]),
        (date(2027, 4, 10), ["24.4.2027", "10.5.2027", "1.10.2027", "1.12.2027"]),
    ],
)
def test_no_follow_up_comes_before_the_plan(first_day, expected):
    found = [day for _step, day in rules.days_of(sisukas(), first_day, date(2015, 3, 3))]
    assert [f"{day.day}.{day.month}.{day.year}" for day in found][: len(expected)] == expected


def test_only_what_is_due_and_stands_earlier_goes_ahead():
    """Neither a step for another age nor one that stands later holds a follow-up back."""
    later, follow_up = after(90, name_fi="later"), of_year(1, 1, 10, name_fi="follow-up")
    later.order = 2
    others = after(90, name_fi="others", youngest_age=17)
    found = rules.days_of([later, others, follow_up], date(2026, 8, 17), date(2015, 3, 3))
    assert [step.name_fi for step, _day in found] == ["follow-up", "later"]


def test_the_age_on_the_day_decides():
    """Ten on the day itself, and on the day before still nine."""
    steps = [after(30, name_fi="alle", oldest_age=9), after(30, name_fi="yli", youngest_age=10), after(30, name_fi="x")]
    first_day = date(2026, 8, 1)

    def due(birth_date):
        return [step.name_fi for step, _day in rules.days_of(steps, first_day, birth_date)]

    assert due(date(2016, 8, 31)) == ["yli", "x"]
    assert due(date(2016, 9, 1)) == ["alle", "x"]
    # Born on 29 February: ten on 1 March of a common year.
    assert rules.days_of([after(0, oldest_age=9)], date(2026, 2, 28), date(2016, 2, 29))
    assert not rules.days_of([after(1, oldest_age=9)], date(2026, 2, 28), date(2016, 2, 29))


@pytest.mark.parametrize(
    ("in_days", "done", "is_open", "state"),
    [
        (-1, None, True, State.LATE),
        (0, None, True, State.NOW),
        (7, None, True, State.NOW),
        (8, None, True, State.COMING),
        (-1, None, False, State.UNDONE),
        (3, 3, True, State.IN_TIME),
        (3, 4, True, State.DONE_LATE),
        (3, 0, False, State.IN_TIME),
    ],
)
def test_how_a_step_stands(in_days, done, is_open, state):
    due = DueStep(step=after(14, days_before=7), due_on=today() + timedelta(days=in_days))
    done_on = done is not None and today() + timedelta(days=done)
    assert rules.state_of(due, done_on=done_on, is_open=is_open) == state
