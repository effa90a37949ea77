"""A withdrawn flag leaves its match; what was begun goes on, and what nobody began goes away."""

from config import merging
from coordination.follow_ups.commands import begin_from_call, take_up
from coordination.follow_ups.models import FollowUp
from coordination.outbox.models import Notification
from coordination.people import access
from coordination.people.drifting import drift
from coordination.people.models import LikelyDouble
from flags.flagging.models import Flag
from flags.flagging.queries import own_flags
from flags.matching.models import MatchedFlag
from tests.cast import born
from tests.flags.matching.acts import asked, say, settle_all, withdraw


def test_a_withdrawn_flag_leaves_its_match_and_a_follow_up_nobody_began_is_no_longer_needed(cast):
    follow_up = cast.match()
    flag = Flag.objects.get(user=cast.teacher.user)
    assert access.may(cast.coordinator, "coordinate", follow_up.young_person)
    withdraw(flag)
    follow_up.refresh_from_db()
    assert follow_up.state == "not_needed"
    assert MatchedFlag.objects.get(flag=flag).left_at
    assert asked(follow_up) == {cast.nurse}
    assert not access.may(cast.coordinator, "coordinate", follow_up.young_person)
    assert not Notification.objects.waiting().exists()
    assert not list(drift())


def test_enough_others_keep_the_follow_up_waiting(cast):
    follow_up = cast.match()
    cast.flag(cast.social_worker)
    withdraw(Flag.objects.get(user=cast.teacher.user))
    follow_up.refresh_from_db()
    assert follow_up.state == "waiting"
    assert asked(follow_up) == {cast.nurse, cast.social_worker}


def test_a_begun_follow_up_stays_and_its_sheet_loses_the_adult(cast):
    follow_up = cast.match()
    take_up(follow_up=follow_up, by=cast.coordinator)
    withdraw(Flag.objects.get(user=cast.teacher.user))
    follow_up.refresh_from_db()
    assert follow_up.state == "taken_up"
    assert asked(follow_up) == {cast.nurse}
    assert access.may(cast.coordinator, "coordinate", follow_up.young_person)


def test_a_follow_up_begun_from_a_call_outlives_all_its_flags(cast):
    follow_up = begin_from_call(
        first_name="Aino", last_name="Virtanen", birth_date=born(18), phone="", by=cast.coordinator
    )
    flags = [cast.flag(by) for by in (cast.teacher, cast.nurse)]
    for flag in flags:
        withdraw(flag)
    follow_up.refresh_from_db()
    assert follow_up.state == "taken_up"
    assert asked(follow_up) == set()


def test_who_takes_part_and_withdraws_sees_nothing_from_then_on(cast):
    follow_up = cast.match()
    take_up(follow_up=follow_up, by=cast.coordinator)
    say(follow_up, follow_up.asked.get(membership=cast.teacher), "yes", by=cast.coordinator)
    assert access.may(cast.teacher, "view_network", follow_up.young_person)
    withdraw(Flag.objects.get(user=cast.teacher.user))
    assert not access.may(cast.teacher, "view_network", follow_up.young_person)
    assert not list(drift())


def test_another_open_flag_of_the_same_professional_keeps_them_asked(cast):
    """Two spellings of one person, joined: one of the two flags withdrawn is not the wish to leave."""
    follow_up = cast.match()
    other = cast.flag(cast.teacher, first_name="Aina")
    merging.decide(double=LikelyDouble.objects.get(), same=True, by=cast.coordinator)
    settle_all()
    withdraw(Flag.objects.get(pk=other.pk))
    assert asked(FollowUp.objects.get(pk=follow_up.pk)) == {cast.teacher, cast.nurse}


def test_a_matched_flag_is_kept_though_it_ended(cast):
    cast.match()
    flag = Flag.objects.get(user=cast.teacher.user)
    withdraw(flag)
    assert Flag.objects.filter(pk=flag.pk, end_reason="withdrawn").exists()
    assert not own_flags(cast.teacher).exists()


def test_one_who_left_and_flags_again_is_asked_anew(cast):
    follow_up = cast.match()
    take_up(follow_up=follow_up, by=cast.coordinator)
    say(follow_up, follow_up.asked.get(membership=cast.teacher), "no", by=cast.coordinator)
    withdraw(Flag.objects.get(user=cast.teacher.user))
    cast.flag(cast.teacher)
    adult = follow_up.asked.get(membership=cast.teacher)
    assert (adult.left_at, adult.takes_part) == (None, "")
