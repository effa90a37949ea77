"""A match is told to the home area's coordinators, once, with the day of the first contact; to nobody else."""

from datetime import date

import pytest
import time_machine

from coordination.follow_ups.commands import take_up
from coordination.follow_ups.models import FollowUp
from coordination.outbox.models import Notification
from coordination.people.commands import exclude
from flags.flagging.models import Flag
from flags.matching.commands import settle_flag


def told():
    return sorted((notice.code, notice.membership.user.first_name) for notice in Notification.objects.all())


BOTH = [("follow_up_waits", "Kaisa"), ("follow_up_waits", "Kalle")]


def test_nobody_is_told_of_a_flag(cast):
    cast.flag(cast.teacher)
    assert told() == []


def test_the_areas_coordinators_are_told_once(cast):
    follow_up = cast.match()
    assert told() == BOTH
    assert {notice.due_on for notice in Notification.objects.all()} == {follow_up.contact_by}
    assert {notice.link for notice in Notification.objects.all()} == {follow_up.get_absolute_url()}
    Flag.objects.update(settled_at=None)
    for flag in Flag.objects.all():
        settle_flag(flag_id=flag.pk)
    cast.flag(cast.social_worker)
    assert told() == BOTH


def test_an_excluded_coordinator_is_not_told(cast):
    first = cast.flag(cast.teacher)
    exclude(young_person=first.young_person, by=cast.coordinator, user=cast.second_coordinator.user)
    cast.flag(cast.nurse)
    assert told() == [("follow_up_waits", "Kaisa")]


def test_another_areas_coordinator_is_told_of_their_own_only(cast):
    cast.flag(cast.stranger)
    assert told() == [("follow_up_waits", "Oona")]


def test_a_later_flag_is_told_to_the_owner_alone(cast):
    follow_up = cast.match()
    take_up(follow_up=follow_up, by=cast.coordinator)
    cast.flag(cast.social_worker)
    assert told() == [("follow_up_grew", "Kaisa"), *BOTH]


@pytest.mark.parametrize(
    ("day", "contact_by"),
    [
        ("2026-11-18", date(2026, 11, 25)),  # Wednesday to Wednesday
        ("2026-11-21", date(2026, 11, 27)),  # a Saturday: from Monday on
        ("2028-12-01", date(2028, 12, 11)),  # Independence Day on a Wednesday
        ("2026-12-22", date(2026, 12, 31)),  # Christmas Eve and Christmas Day on weekdays
        ("2026-12-30", date(2027, 1, 8)),  # New Year's Day and Epiphany
    ],
)
def test_five_working_days(db, day, contact_by):
    with time_machine.travel(f"{day}T10:00:00+00:00"):
        from tests.cast import Cast

        follow_up = Cast().match()
    assert follow_up.contact_by == contact_by


def test_the_areas_own_number_of_days(cast):
    cast.mikkeli.days_to_contact = 1
    cast.mikkeli.save()
    with time_machine.travel("2026-11-18T10:00:00+00:00"):
        for by in (cast.teacher, cast.nurse):
            by.refresh_from_db()
            cast.flag(by)
    assert FollowUp.objects.get().contact_by == date(2026, 11, 19)
