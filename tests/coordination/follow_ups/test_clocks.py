"""The day of the first contact, and what is said of what stands still."""

from datetime import date, datetime, timedelta

import pytest

from coordination.clocks.rules import HELSINKI, today
from coordination.follow_ups import commands, queries
from coordination.follow_ups.models import FollowUp
from tests.coordination.follow_ups.conftest import told

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("opened", "due"),
    [
        (date(2026, 11, 23), date(2026, 11, 30)),
        (date(2026, 11, 28), date(2026, 12, 4)),  # Saturday
        (date(2026, 12, 1), date(2026, 12, 8)),  # Independence Day is a Sunday
        (date(2026, 12, 21), date(2026, 12, 30)),  # Christmas Eve to Boxing Day, the last on a Saturday
        (date(2027, 3, 24), date(2027, 4, 2)),  # Easter, Good Friday to Monday
    ],
)
def test_the_first_contact_is_due_in_five_working_days(cast, time_machine, opened, due):
    time_machine.move_to(datetime(opened.year, opened.month, opened.day, 10, tzinfo=HELSINKI))
    assert cast.match().contact_by == due


def test_every_coordinator_is_told_once_of_each_day_that_passed(cast, taken_up, time_machine):
    def tick():
        commands.look_after_clocks()
        return [told(one, "follow_up_late") for one in (cast.coordinator, cast.second_coordinator)]

    assert tick() == [0, 0]
    time_machine.move_to(taken_up.contact_by + timedelta(hours=9))
    assert tick() == [0, 0]
    time_machine.move_to(taken_up.contact_by + timedelta(days=1, hours=9))
    assert tick() == [1, 1]
    assert tick() == [1, 1]
    time_machine.shift(timedelta(days=1))
    assert tick() == [1, 1]
    FollowUp.objects.filter(pk=taken_up.pk).update(
        next_step="call_again", next_step_on=today() - timedelta(days=1), reached_at=taken_up.taken_up_at
    )
    assert tick() == [2, 2]
    assert told(cast.other_coordinator, "follow_up_late") == told(cast.teacher, "follow_up_late") == 0


@pytest.mark.parametrize(
    ("fields", "late"),
    [
        ({}, False),
        ({"contact_by": -1}, True),
        ({"contact_by": -1, "next_step_on": 2}, True),  # nobody was reached: a step agreed on moves no clock
        ({"contact_by": 1, "next_step_on": 2}, False),
        ({"next_step_on": -1}, True),
        ({"reached": True}, True),
        ({"reached": True, "next_step_on": 2}, False),
    ],
)
def test_what_stands_still(taken_up, fields, late):
    for name in ("contact_by", "next_step_on"):
        if name in fields:
            setattr(taken_up, name, today() + timedelta(days=fields[name]))
    taken_up.next_step = "call_again" if taken_up.next_step_on else ""
    taken_up.reached_at = taken_up.taken_up_at if fields.get("reached") else None
    taken_up.save()
    assert queries.late().filter(pk=taken_up.pk).exists() is late
