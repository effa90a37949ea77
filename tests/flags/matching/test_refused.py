"""What the young person forbids lies inert, and counts again at once when it is allowed; so with an exclusion."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import translation

from config import merging
from coordination.follow_ups import commands as follow_ups
from coordination.follow_ups.models import FollowUp
from coordination.outbox.models import Notification
from coordination.people.models import Ground, LikelyDouble, Refusal
from flags.flagging.commands import end_expired
from flags.flagging.models import Flag
from flags.flagging.queries import own_flags
from flags.flagging.renewing import renew_flag
from flags.matching.commands import count_again, settle_flag, sweep
from flags.matching.queries import counting_flags
from tests.flags.matching.acts import asked, say, settle_all, withdraw


@pytest.fixture(autouse=True)
def clock():
    with translation.override("en"), time_machine.travel("2026-11-18T10:00:00+00:00", tick=False) as clock:
        yield clock


@pytest.fixture
def taken_up(cast, clock):
    follow_up = cast.match()
    clock.shift(timedelta(hours=1))
    return follow_ups.take_up(follow_up=follow_up, by=cast.coordinator)


def refuse(follow_up, membership, *, by):
    adult = follow_up.asked.get(membership=membership)
    return follow_ups.refuse_adult(follow_up=follow_up, adult=adult, said_by="young_person", by=by)


def counting(follow_up):
    return {flag.membership for flag in counting_flags(follow_up.young_person)}


def test_the_flag_counts_for_nothing_and_the_adult_leaves_the_sheet(cast, taken_up):
    refuse(taken_up, cast.teacher, by=cast.coordinator)
    assert counting(taken_up) == {cast.nurse}
    assert asked(taken_up) == {cast.nurse}


def test_the_flagger_sees_and_is_told_nothing(cast, taken_up):
    refuse(taken_up, cast.teacher, by=cast.coordinator)
    assert own_flags(cast.teacher).count() == 1
    assert not Notification.objects.filter(membership=cast.teacher).exists()


def test_who_takes_part_goes_and_is_told_so(cast, taken_up):
    say(taken_up, taken_up.asked.get(membership=cast.teacher), "yes", by=cast.coordinator)
    refuse(taken_up, cast.teacher, by=cast.coordinator)
    assert not Ground.objects.open().filter(membership=cast.teacher, kind="participation").exists()
    assert Notification.objects.filter(membership=cast.teacher, code="your_part_ended").exists()


def test_it_is_written_down_who_said_so(cast, taken_up):
    refusal = refuse(taken_up, cast.teacher, by=cast.coordinator)
    assert (refusal.said_by, refusal.made_by, refusal.user) == ("young_person", cast.coordinator, cast.teacher.user)


def test_renewed_it_lies_as_before(cast, taken_up, clock):
    refuse(taken_up, cast.teacher, by=cast.coordinator)
    clock.shift(timedelta(days=10))
    flag = Flag.objects.get(user=cast.teacher.user)
    renew_flag(
        flag=flag, by=cast.teacher, token=flag.public_id, until=flag.until + timedelta(days=30), told_and_allowed=True
    )
    settle_all()
    assert counting(taken_up) == {cast.nurse}


def test_a_new_flag_with_a_fresh_permission_counts(cast, taken_up, clock):
    refuse(taken_up, cast.teacher, by=cast.coordinator)
    withdraw(Flag.objects.get(user=cast.teacher.user))
    clock.shift(timedelta(days=1))
    cast.flag(cast.teacher, birth_date=taken_up.young_person.birth_date)
    assert asked(taken_up) == {cast.teacher, cast.nurse}


def test_it_stays_inert_after_the_follow_up(cast, taken_up):
    refuse(taken_up, cast.teacher, by=cast.coordinator)
    taken_up.refresh_from_db()
    follow_ups.close_follow_up(follow_up=taken_up, by=cast.coordinator, outcome="other", version=taken_up.version)
    cast.flag(cast.social_worker)
    assert asked(FollowUp.objects.latest("opened_at")) == {cast.nurse, cast.social_worker}


def test_it_ends_like_any_other(cast, taken_up, clock):
    refuse(taken_up, cast.teacher, by=cast.coordinator)
    clock.shift(timedelta(days=91))
    end_expired()
    assert not own_flags(cast.teacher).exists()


def test_lifted_it_counts_at_once_and_the_adult_is_asked_again(cast, taken_up, clock):
    refusal = refuse(taken_up, cast.teacher, by=cast.coordinator)
    clock.shift(timedelta(hours=1))
    follow_ups.lift_refusal(follow_up=taken_up, refusal=refusal, by=cast.coordinator)
    count_again(young_person_id=taken_up.young_person_id)
    assert counting(taken_up) == {cast.teacher, cast.nurse}
    adult = taken_up.asked.get(membership=cast.teacher)
    assert (adult.left_at, adult.takes_part) == (None, "")


def test_saying_it_twice_is_one_refusal(cast, taken_up):
    refusal = refuse(taken_up, cast.teacher, by=cast.coordinator)
    assert refuse(taken_up, cast.teacher, by=cast.coordinator) == refusal


def test_in_both_memberships_it_is_one_human(cast, taken_up):
    from coordination.agencies.commands import add_membership

    evening = add_membership(user=cast.teacher.user, agency=cast.association, started_on=taken_up.opened_at.date())
    follow_ups.add_adult(follow_up=taken_up, membership=evening, by=cast.coordinator)
    refuse(taken_up, cast.teacher, by=cast.coordinator)
    assert asked(taken_up) == {cast.nurse}


def test_for_somebody_who_has_not_flagged_it_looks_the_same(cast, taken_up):
    follow_ups.add_adult(follow_up=taken_up, membership=cast.youth_worker, by=cast.coordinator)
    refuse(taken_up, cast.youth_worker, by=cast.coordinator)
    assert asked(taken_up) == {cast.teacher, cast.nurse}


def test_a_join_takes_the_refusals_along(cast, taken_up):
    cast.flag(cast.social_worker, first_name="Aina")
    refuse(taken_up, cast.teacher, by=cast.coordinator)
    merging.decide(double=LikelyDouble.objects.get(), same=True, by=cast.coordinator)
    settle_all()
    taken_up.refresh_from_db()
    assert cast.teacher not in counting(taken_up)
    assert Refusal.objects.get().young_person == taken_up.young_person


# --- Exclusions that end --------------------------------------------------------------------------------------------


def excluded(cast, follow_up):
    exclusion = follow_ups.exclude(follow_up=follow_up, by=cast.coordinator, user=cast.teacher.user)
    return exclusion


def test_a_flag_of_the_match_is_asked_about_again(cast, taken_up, clock):
    exclusion = excluded(cast, taken_up)
    assert asked(taken_up) == {cast.nurse}
    clock.shift(timedelta(hours=1))
    follow_ups.end_exclusion(follow_up=taken_up, exclusion=exclusion, by=cast.coordinator)
    count_again(young_person_id=taken_up.young_person_id)
    assert asked(taken_up) == {cast.teacher, cast.nurse}


def test_a_flag_posted_while_excluded_joins(cast, taken_up, clock):
    exclusion = follow_ups.exclude(follow_up=taken_up, by=cast.coordinator, user=cast.social_worker.user)
    cast.flag(cast.social_worker)
    assert asked(taken_up) == {cast.teacher, cast.nurse}
    clock.shift(timedelta(hours=1))
    follow_ups.end_exclusion(follow_up=taken_up, exclusion=exclusion, by=cast.coordinator)
    count_again(young_person_id=taken_up.young_person_id)
    assert asked(taken_up) == {cast.teacher, cast.nurse, cast.social_worker}


def test_a_lost_hint_is_found_by_the_sweep(cast, taken_up, clock):
    exclusion = excluded(cast, taken_up)
    clock.shift(timedelta(hours=1))
    follow_ups.end_exclusion(follow_up=taken_up, exclusion=exclusion, by=cast.coordinator)
    clock.shift(timedelta(minutes=1))
    sweep()
    assert asked(taken_up) == {cast.teacher, cast.nurse}
    version = FollowUp.objects.get().version
    sweep()
    assert FollowUp.objects.get().version == version


def test_settling_anew_brings_nobody_back_who_was_never_away(cast, taken_up):
    adults = set(taken_up.asked.values_list("pk", "joined_at"))
    Flag.objects.update(settled_at=None)
    for flag in Flag.objects.all():
        settle_flag(flag_id=flag.pk)
    assert set(taken_up.asked.values_list("pk", "joined_at")) == adults
