"""Flags that end by a date: expired, or the young person out of the age band."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from coordination.agencies.models import Membership
from coordination.follow_ups.commands import take_up
from coordination.follow_ups.queries import taking_part
from coordination.people import access
from coordination.people.models import YoungPerson
from flags.flagging.commands import end_expired
from flags.flagging.models import Flag
from flags.flagging.queries import own_flags
from flags.matching.models import Match
from tests.flags.matching.acts import asked, say, settle_all


def test_an_expired_flag_ends_and_an_unmatched_one_is_erased(cast):
    flag = cast.flag(cast.teacher, until=timezone.localdate())
    end_expired()
    assert Flag.objects.get().ended_at is None
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert not own_flags(cast.teacher).exists()
        end_expired()
        assert Flag.objects.get(pk=flag.pk).end_reason == "expired"
        settle_all()
    assert not Flag.objects.exists()
    assert not YoungPerson.objects.exists()


def test_who_was_chosen_takes_part_though_their_flag_expired(cast):
    follow_up = cast.match(until=timezone.localdate())
    take_up(follow_up=follow_up, by=cast.coordinator)
    say(follow_up, follow_up.asked.get(membership=cast.teacher), "yes", by=cast.coordinator)
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        end_expired()
        settle_all()
        access.end_by_date()
        assert access.may(cast.teacher, "view_network", follow_up.young_person)
        assert cast.teacher.user.get_full_name() in {
            one.membership.user.get_full_name() for one in taking_part(follow_up)
        }
        assert asked(follow_up) == {cast.teacher, cast.nurse}
    assert set(Flag.objects.values_list("end_reason", flat=True)) == {"expired"}


def test_an_expired_flag_does_not_count(cast):
    cast.flag(cast.teacher, until=timezone.localdate())
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        cast.flag(cast.nurse)
    assert not Match.objects.exists()


def test_out_of_the_age_band(cast):
    tomorrow = timezone.localdate() + timedelta(days=1)
    flag = cast.flag(cast.teacher, birth_date=tomorrow.replace(year=tomorrow.year - 29))
    end_expired()
    assert Flag.objects.get().ended_at is None
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        end_expired()
        assert Flag.objects.get(pk=flag.pk).end_reason == "out_of_age"
        settle_all()
    assert not YoungPerson.objects.exists()


def test_a_disabled_flaggers_flag_ends_by_its_day_like_any_other(cast):
    cast.flag(cast.teacher, until=timezone.localdate())
    cast.teacher.user.is_active = False
    cast.teacher.user.save()
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        end_expired()
        settle_all()
    assert not Flag.objects.exists()


@pytest.mark.parametrize("role", [Membership.Role.PROFESSIONAL, Membership.Role.ADMINISTRATOR])
def test_only_the_coordinators_saw_the_follow_up(cast, role):
    follow_up = cast.match()
    for one in Membership.objects.filter(role=role):
        assert not access.may(one, "coordinate", follow_up.young_person)
        assert not access.may(one, "view_network", follow_up.young_person)
