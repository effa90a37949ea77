"""A flag posted by mistake can be undone for the area's minutes, in which it meets nobody, whatever others do."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from coordination.agencies.rules import NotNow
from coordination.erasures.models import Tally
from coordination.follow_ups.commands import begin_from_call
from coordination.follow_ups.models import FollowUp
from coordination.people.models import LikelyDouble, YoungPerson
from flags.flagging.commands import undo_flag, withdraw_flag
from flags.flagging.models import Flag, FlaggingCount
from flags.matching.commands import settle_flag, sweep
from tests.cast import born, sign_in
from tests.flags.matching.acts import settle_all


@pytest.fixture(autouse=True)
def clock():
    with translation.override("en"), time_machine.travel("2026-11-18T10:00:00+00:00", tick=False) as clock:
        yield clock


@pytest.fixture
def cast(cast):
    cast.mikkeli.undo_minutes = 10
    cast.mikkeli.save()
    return cast


def test_for_ten_minutes_nothing_comes_of_it(cast, clock):
    for by in (cast.teacher, cast.nurse):
        cast.flag(by)
    clock.shift(timedelta(minutes=9, seconds=59))
    settle_all()
    assert not FollowUp.objects.exists()
    assert Flag.objects.filter(settled_at=None).count() == 2


def test_then_it_meets_the_others(cast, clock):
    for by in (cast.teacher, cast.nurse):
        cast.flag(by)
    clock.shift(timedelta(minutes=10))
    sweep()
    assert FollowUp.objects.get().asked.count() == 2


def test_a_flag_of_an_area_without_undoing_does_not_count_one_that_can_be_undone(cast, clock):
    cast.flag(cast.teacher)
    cast.mikkeli.undo_minutes = 0
    cast.mikkeli.save()
    other = cast.flag(cast.nurse)
    assert (other.counts_from, FollowUp.objects.count()) == (None, 0)
    clock.shift(timedelta(minutes=10))
    sweep()
    assert FollowUp.objects.exists()


def test_undone_it_had_never_been(cast):
    flag = cast.flag(cast.teacher)
    undo_flag(flag=flag, by=cast.teacher)
    settle_all()
    assert not Flag.objects.exists()
    assert not YoungPerson.objects.exists()
    assert not Tally.objects.exists()


def test_a_withdrawn_one_counts_in_the_figures(cast):
    flag = cast.flag(cast.teacher)
    withdraw_flag(flag=flag, by=cast.teacher)
    settle_all()
    assert Tally.objects.values_list("kind", "origin", "count").get() == ("flag", "unmatched", 1)


def test_undoing_counts_as_searching(cast):
    for _ in range(3):
        undo_flag(flag=cast.flag(cast.teacher), by=cast.teacher)
    assert FlaggingCount.objects.count() == 6
    with pytest.raises(NotNow, match="unusually often"):
        cast.flag(cast.teacher)


def test_too_late_is_too_late_matched_or_not(cast, clock):
    flags = [cast.flag(by) for by in (cast.teacher, cast.nurse)] + [cast.flag(cast.teacher, first_name="Eeva")]
    clock.shift(timedelta(minutes=10))
    settle_all()
    for flag in flags:
        with pytest.raises(NotNow, match="too late"):
            undo_flag(flag=flag, by=flag.membership)
    assert not Flag.objects.exclude(ended_at=None).exists()


def test_once_it_was_settled_a_slower_clock_undoes_nothing(cast, clock):
    """Two machines whose clocks differ: the worker's was ahead."""
    flag = cast.flag(cast.teacher)
    clock.shift(timedelta(minutes=10))
    settle_flag(flag_id=flag.pk)
    clock.shift(timedelta(minutes=-1))
    with pytest.raises(NotNow):
        undo_flag(flag=flag, by=cast.teacher)


def test_undoing_twice_ends_once(cast):
    flag = cast.flag(cast.teacher)
    for _ in range(2):
        undo_flag(flag=flag, by=cast.teacher)
    assert FlaggingCount.objects.count() == 2


def test_the_minutes_are_those_of_the_moment_of_posting(cast, clock):
    flag = cast.flag(cast.teacher)
    cast.mikkeli.undo_minutes = 0
    cast.mikkeli.save()
    clock.shift(timedelta(minutes=5))
    undo_flag(flag=flag, by=cast.teacher)


def test_a_row_that_only_such_a_flag_made_is_nobodys_double_yet(cast, clock):
    begin_from_call(first_name="Aina", last_name="Virtanen", birth_date=born(18), phone="", by=cast.coordinator)
    cast.mikkeli.undo_minutes = 0
    cast.mikkeli.save()
    cast.flag(cast.nurse, first_name="Aina")
    cast.mikkeli.undo_minutes = 10
    cast.mikkeli.save()
    flag = cast.flag(cast.teacher)
    third = cast.flag(cast.youth_worker, first_name="Aino", last_name="Virtane", settle=False)
    Flag.objects.filter(pk=third.pk).update(counts_from=None)
    settle_flag(flag_id=third.pk)
    alike = {pk for pair in LikelyDouble.objects.values_list("first", "second") for pk in pair}
    assert flag.young_person_id not in alike
    clock.shift(timedelta(minutes=10))
    settle_all()
    alike = {pk for pair in LikelyDouble.objects.values_list("first", "second") for pk in pair}
    assert flag.young_person_id in alike


# --- The page -------------------------------------------------------------------------------------------------------


def test_the_page_offers_it_until_the_minute(cast, clock):
    flag = cast.flag(cast.teacher)
    tiina = sign_in(Client(), cast.teacher)
    path, undo = (reverse(f"flagging:{name}", args=[flag.public_id]) for name in ("flag", "undo"))
    assert undo in tiina.get(path).content.decode()
    clock.shift(timedelta(minutes=10))
    page = tiina.get(path).content.decode()
    assert undo not in page
    assert reverse("flagging:withdraw", args=[flag.public_id]) in page
    assert tiina.post(undo).headers["Location"] == path
    assert Flag.objects.get().ended_at is None


def test_pressing_it_takes_the_flag_off_the_list(cast):
    flag = cast.flag(cast.teacher)
    tiina = sign_in(Client(), cast.teacher)
    undo = reverse("flagging:undo", args=[flag.public_id])
    assert tiina.post(undo).headers["Location"] == reverse("flagging:mine")
    assert tiina.post(undo).status_code == 404
    assert Flag.objects.get().end_reason == Flag.EndReason.UNDONE
    assert Flag.objects.get().ended_at == timezone.now()


def test_in_an_area_without_undoing_nothing_is_offered(cast):
    cast.mikkeli.undo_minutes = 0
    cast.mikkeli.save()
    flag = cast.flag(cast.teacher)
    page = sign_in(Client(), cast.teacher).get(reverse("flagging:flag", args=[flag.public_id]))
    assert not page.context["can_be_undone"]
