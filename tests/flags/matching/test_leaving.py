"""What follows from a flag that ends: nothing of an unmatched one stays, and a begun follow-up goes on."""

from datetime import timedelta

import pytest
import time_machine
from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from config import merging
from coordination.activity.models import Event
from coordination.agencies.models import Membership
from coordination.clocks.rules import today
from coordination.follow_ups.commands import Decision, begin_from_call, save_call, take_up
from coordination.follow_ups.models import FollowUp
from coordination.follow_ups.queries import asked_adults, network
from coordination.outbox.models import Notification
from coordination.people import access
from coordination.people.models import Ground, LikelyDouble, YoungPerson
from flags.flagging.commands import end_expired, withdraw_flag
from flags.flagging.models import Flag
from flags.flagging.queries import own_flags
from flags.matching.commands import settle_flag, sweep
from flags.matching.models import Match, MatchedFlag
from tests.cast import born
from tests.flags.matching.everything import found_in

NAME = {"first_name": "Xenobia", "last_name": "Yxkukainen"}


def withdraw(cast, flag):
    withdraw_flag(flag=flag, by=flag.membership)
    settle_flag(flag_id=flag.pk)


def audit_rows(model, pk):
    return LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(model), object_pk=str(pk)).count()


def say(follow_up, adult, takes_part, *, by):
    from uuid import uuid4

    follow_up.refresh_from_db()
    save_call(
        follow_up=follow_up,
        by=by,
        version=follow_up.version,
        token=uuid4(),
        attempt=None,
        decisions=[Decision(adult, takes_part, "yes" if takes_part == "yes" else "no", "young_person")],
        next_step="meeting",
        next_step_on=today() + timedelta(days=7),
        pause=False,
        contact={},
    )


def asked(follow_up):
    return {adult.membership for adult in asked_adults(follow_up)}


# --- Unmatched ------------------------------------------------------------------------------------------------------


def test_an_unmatched_flag_is_erased_with_everything_that_named_the_person(cast):
    flag = cast.flag(cast.teacher, **NAME, phone="+358409998887")
    person = flag.young_person
    traces = ["xenobia", "yxkukainen", flag.public_id, flag.token, person.public_id, person.log_keys[0]]
    assert found_in(*traces) >= {
        "flags_flag.first_name",
        "coordination_youngperson.name_key",
        "coordination_ground.source",
        "coordination_event.about",
    }
    assert audit_rows(Flag, flag.pk)
    withdraw(cast, flag)
    assert found_in(*traces) == set()
    assert not audit_rows(Flag, flag.pk)
    assert not audit_rows(YoungPerson, person.pk)
    assert not LogEntry.objects.filter(changes__icontains=str(person.public_id)).exists()


def test_nothing_of_the_telephone_or_code_was_ever_readable(cast):
    cast.mikkeli.hetu_allowed = True
    cast.mikkeli.save()
    cast.flag(cast.teacher, **NAME, phone="+358409998887", hetu="131108A901K")
    assert found_in("409998887", "131108A", "901K") == set()


def test_the_person_stays_for_others_flags(cast):
    own = cast.flag(cast.teacher)
    other = cast.flag(cast.member("Olli", "Opettaja", cast.school))
    assert not Match.objects.exists()
    withdraw(cast, own)
    assert not Flag.objects.filter(pk=own.pk).exists()
    other.refresh_from_db()
    assert other.ended_at is None
    assert other.young_person.grounds.count() == 1
    assert Event.objects.filter(about=own.public_id).count() == 0


def test_a_likely_double_goes_with_the_erased_person_and_so_does_the_coordinators_sight(cast):
    one = cast.flag(cast.teacher)
    other = cast.flag(cast.nurse, first_name="Aina")
    assert LikelyDouble.objects.exists()
    assert access.may(cast.coordinator, "compare_double", one.young_person)
    withdraw(cast, other)
    assert not LikelyDouble.objects.exists()
    assert not access.may(cast.coordinator, "compare_double", one.young_person)
    assert not list(access.drift())


def test_after_a_join_nothing_stays_of_either_row(cast):
    one = cast.flag(cast.teacher, first_name="Xenobia", last_name="Yxkukainen")
    other = cast.flag(cast.member("Olli", "Opettaja", cast.school), first_name="Xenobja", last_name="Yxkukainen")
    double = LikelyDouble.objects.get()
    gone = other.young_person
    merging.decide(double=double, same=True, by=cast.coordinator)
    sweep(older_than_seconds=-60)
    for flag in (one, other):
        flag.refresh_from_db()
        withdraw(cast, flag)
    assert not YoungPerson.objects.exists()
    assert found_in("xenobia", "xenobja", "yxkukainen") == set()
    assert not audit_rows(YoungPerson, one.young_person_id)
    assert not audit_rows(YoungPerson, gone.pk)
    assert not audit_rows(LikelyDouble, double.pk)


def test_a_withdrawn_flag_leaves_the_list_at_once(cast):
    flag = cast.flag(cast.teacher)
    withdraw_flag(flag=flag, by=cast.teacher)
    assert not own_flags(cast.teacher).exists()
    assert not Ground.objects.open().filter(membership=cast.teacher).exists()


def test_withdrawing_twice_ends_once(cast):
    flag = cast.flag(cast.teacher, settle=False)
    withdraw_flag(flag=flag, by=cast.teacher)
    ended_at = Flag.objects.get().ended_at
    withdraw_flag(flag=flag, by=cast.teacher)
    assert Flag.objects.get().ended_at == ended_at


# --- Matched --------------------------------------------------------------------------------------------------------


def test_a_withdrawn_flag_leaves_its_match_and_a_follow_up_nobody_began_is_no_longer_needed(cast):
    follow_up = cast.match()
    flag = Flag.objects.get(user=cast.teacher.user)
    assert access.may(cast.coordinator, "coordinate", follow_up.young_person)
    withdraw(cast, flag)
    follow_up.refresh_from_db()
    assert follow_up.state == "not_needed"
    assert MatchedFlag.objects.get(flag=flag).left_at
    assert asked(follow_up) == {cast.nurse}
    assert not access.may(cast.coordinator, "coordinate", follow_up.young_person)
    assert not Notification.objects.waiting().exists()
    assert not list(access.drift())


def test_enough_others_keep_the_follow_up_waiting(cast):
    follow_up = cast.match()
    cast.flag(cast.social_worker)
    withdraw(cast, Flag.objects.get(user=cast.teacher.user))
    follow_up.refresh_from_db()
    assert follow_up.state == "waiting"
    assert asked(follow_up) == {cast.nurse, cast.social_worker}


def test_a_begun_follow_up_stays_and_its_sheet_loses_the_adult(cast):
    follow_up = cast.match()
    take_up(follow_up=follow_up, by=cast.coordinator)
    withdraw(cast, Flag.objects.get(user=cast.teacher.user))
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
        withdraw(cast, flag)
    follow_up.refresh_from_db()
    assert follow_up.state == "taken_up"
    assert asked(follow_up) == set()


def test_who_takes_part_and_withdraws_sees_nothing_from_then_on(cast):
    follow_up = cast.match()
    take_up(follow_up=follow_up, by=cast.coordinator)
    say(follow_up, follow_up.asked.get(membership=cast.teacher), "yes", by=cast.coordinator)
    assert access.may(cast.teacher, "view_network", follow_up.young_person)
    withdraw(cast, Flag.objects.get(user=cast.teacher.user))
    assert not access.may(cast.teacher, "view_network", follow_up.young_person)
    assert not list(access.drift())


def test_another_open_flag_of_the_same_professional_keeps_them_asked(cast):
    """Two spellings of one person, joined: one of the two flags withdrawn is not the wish to leave."""
    follow_up = cast.match()
    other = cast.flag(cast.teacher, first_name="Aina")
    merging.decide(double=LikelyDouble.objects.get(), same=True, by=cast.coordinator)
    sweep(older_than_seconds=-60)
    withdraw(cast, Flag.objects.get(pk=other.pk))
    assert asked(FollowUp.objects.get(pk=follow_up.pk)) == {cast.teacher, cast.nurse}


def test_a_matched_flag_is_kept_though_it_ended(cast):
    cast.match()
    flag = Flag.objects.get(user=cast.teacher.user)
    withdraw(cast, flag)
    assert Flag.objects.filter(pk=flag.pk, end_reason="withdrawn").exists()
    assert not own_flags(cast.teacher).exists()


def test_one_who_left_and_flags_again_is_asked_anew(cast):
    follow_up = cast.match()
    take_up(follow_up=follow_up, by=cast.coordinator)
    say(follow_up, follow_up.asked.get(membership=cast.teacher), "no", by=cast.coordinator)
    withdraw(cast, Flag.objects.get(user=cast.teacher.user))
    cast.flag(cast.teacher)
    adult = follow_up.asked.get(membership=cast.teacher)
    assert (adult.left_at, adult.takes_part) == (None, "")


# --- By date --------------------------------------------------------------------------------------------------------


def settle_all():
    sweep(older_than_seconds=-60)


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
            row["name"] for row in network(follow_up.young_person, cast.coordinator)
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
