"""P8: posting and withdrawing count as searching, by what this user did alone."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone, translation

from coordination.agencies.rules import NotNow
from flags.flagging.commands import end_expired, withdraw_flag
from flags.flagging.models import FlaggingCount, FlaggingUnlock

TOO_OFTEN = "You have flagged and withdrawn unusually often. The coordinator can let you go on."


@pytest.fixture(autouse=True)
def by_day():
    """Noon, so that no test runs into midnight."""
    with translation.override("en"), time_machine.travel("2026-11-18T10:00:00+00:00", tick=False) as clock:
        yield clock


def count(user, number, key=b"another", ago=timedelta(0)):
    FlaggingCount.objects.bulk_create(
        FlaggingCount(user=user, identity_key=key, at=timezone.now() - ago) for _ in range(number)
    )


def too_often(cast, by=None, **typed):
    try:
        cast.flag(by or cast.teacher, settle=False, **typed)
    except NotNow as refusal:
        return refusal.sentence == TOO_OFTEN
    return False


def test_twenty_in_an_hour(cast):
    count(cast.teacher.user, 19)
    assert not too_often(cast)
    assert too_often(cast, first_name="Eeva")


def test_an_hour_later_it_goes_on(cast, by_day):
    count(cast.teacher.user, 20)
    by_day.shift(timedelta(hours=1, seconds=1))
    assert not too_often(cast)


def test_sixty_in_a_day(cast):
    count(cast.teacher.user, 59, ago=timedelta(hours=20))
    assert not too_often(cast)
    assert too_often(cast, first_name="Eeva")


def test_a_day_later_it_goes_on(cast, by_day):
    count(cast.teacher.user, 60, ago=timedelta(hours=20))
    by_day.shift(timedelta(hours=4, seconds=1))
    assert not too_often(cast)


def test_six_of_one_identity_in_a_day(cast):
    for _ in range(3):
        withdraw_flag(flag=cast.flag(cast.teacher), by=cast.teacher)
    assert too_often(cast)
    assert not too_often(cast, first_name="Eeva")


def test_withdrawing_is_counted_but_never_refused(cast):
    flag = cast.flag(cast.teacher)
    count(cast.teacher.user, 100)
    withdraw_flag(flag=flag, by=cast.teacher)
    assert FlaggingCount.objects.filter(user=cast.teacher.user).count() == 102


def test_a_refusal_because_of_an_own_flag_counts(cast):
    cast.flag(cast.teacher)
    with pytest.raises(NotNow):
        cast.flag(cast.teacher)
    assert FlaggingCount.objects.filter(user=cast.teacher.user).count() == 2


def test_others_counts_do_not_count(cast):
    count(cast.nurse.user, 60)
    key = bytes(cast.flag(cast.nurse, settle=False).identity_key) if not too_often(cast, cast.nurse) else b"key"
    count(cast.nurse.user, 60, key=key)
    assert not too_often(cast)


def test_two_memberships_are_one_user(cast):
    from coordination.agencies.commands import add_membership

    count(cast.teacher.user, 20)
    second = add_membership(user=cast.teacher.user, agency=cast.health)
    assert too_often(cast, second)


def test_a_coordinator_unlocks(cast, by_day):
    count(cast.teacher.user, 60)
    assert too_often(cast)
    by_day.shift(timedelta(minutes=1))
    FlaggingUnlock.objects.create(user=cast.teacher.user, by=cast.coordinator)
    by_day.shift(timedelta(minutes=1))
    assert not too_often(cast)


def test_unlocking_begins_the_count_anew(cast, by_day):
    FlaggingUnlock.objects.create(user=cast.teacher.user, by=cast.coordinator)
    by_day.shift(timedelta(minutes=1))
    count(cast.teacher.user, 20)
    assert too_often(cast)


def test_unlocking_somebody_else_unlocks_nobody_else(cast, by_day):
    count(cast.teacher.user, 20)
    by_day.shift(timedelta(minutes=1))
    FlaggingUnlock.objects.create(user=cast.nurse.user, by=cast.coordinator)
    by_day.shift(timedelta(minutes=1))
    assert too_often(cast)


def test_sending_the_same_page_again_is_not_counted(cast):
    from uuid import uuid4

    token = uuid4()
    first = cast.flag(cast.teacher, token=token)
    assert cast.flag(cast.teacher, token=token) == first
    assert FlaggingCount.objects.count() == 1


def test_counts_are_forgotten_when_no_limit_needs_them(cast):
    count(cast.teacher.user, 3, ago=timedelta(days=2, minutes=1))
    count(cast.teacher.user, 2, ago=timedelta(days=1))
    end_expired()
    assert FlaggingCount.objects.count() == 2
