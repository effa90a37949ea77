"""Rights that nobody uses end, but never without a notice in time, and signing in keeps them."""

from datetime import UTC, timedelta

import pytest
import time_machine
from django.utils import timezone

from coordination.agencies.models import Membership, User
from coordination.outbox.models import Mail, Notification
from coordination.staffing.commands import end_idle

pytestmark = pytest.mark.django_db


@pytest.fixture
def seen(cast):
    """Everybody has signed in today; answers with the day."""
    User.objects.update(last_login=timezone.now())
    return timezone.localtime()


def waits(membership):
    return Notification.objects.waiting().filter(membership=membership, code="rights_end_soon")


def run_after(seen, days):
    # At the same hour, whatever the clocks do until then.
    with time_machine.travel((seen + timedelta(days=days)).astimezone(UTC)):
        return end_idle()


def test_nothing_is_said_until_the_notices_time(cast, seen):
    run_after(seen, 75)
    assert not waits(cast.teacher).exists()


def test_fourteen_days_before_the_notice_names_the_day(cast, seen):
    run_after(seen, 76)
    run_after(seen, 77)
    assert [one.due_on for one in waits(cast.teacher)] == [timezone.localdate(seen) + timedelta(days=90)]


def test_rights_end_on_that_day_and_those_in_charge_are_told(cast, seen):
    run_after(seen, 76)
    run_after(seen, 89)
    cast.teacher.refresh_from_db()
    assert cast.teacher.ended_on is None
    User.objects.filter(pk__in=[cast.administrator.user_id, cast.coordinator.user_id]).update(last_login=seen)
    run_after(seen, 90)
    cast.teacher.refresh_from_db()
    assert cast.teacher.ended_on == timezone.localdate(seen) + timedelta(days=90)
    assert Mail.objects.filter(kind=Mail.Kind.LETTER, area=cast.mikkeli).exists()


def test_signing_in_keeps_the_rights_and_ends_the_notice(cast, seen):
    run_after(seen, 80)
    User.objects.filter(pk=cast.teacher.user_id).update(last_login=seen + timedelta(days=81))
    run_after(seen, 95)
    cast.teacher.refresh_from_db()
    assert cast.teacher.ended_on is None
    assert not waits(cast.teacher).exists()


def test_however_late_it_runs_nobody_loses_rights_untold(cast, seen):
    assert run_after(seen, 200) == 0
    assert [one.due_on for one in waits(cast.teacher)] == [timezone.localdate(seen) + timedelta(days=214)]
    assert run_after(seen, 213) == 0
    assert run_after(seen, 214) > 0


def test_an_area_keeps_its_last_administrator(cast, seen):
    run_after(seen, 76)
    run_after(seen, 90)
    cast.administrator.refresh_from_db()
    assert cast.administrator.ended_on is None
    assert Membership.objects.open().filter(role=Membership.Role.ADMINISTRATOR, agency__area=cast.mikkeli).exists()


def test_the_days_are_the_areas_own(cast, seen):
    cast.mikkeli.days_idle, cast.mikkeli.days_idle_notice = 30, 7
    cast.mikkeli.save()
    run_after(seen, 23)
    assert waits(cast.teacher).exists()
    assert not waits(cast.stranger).exists()
