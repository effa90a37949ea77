"""Enough different professionals of different agencies make a match, once, in the young person's home area."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from coordination.agencies.commands import add_membership
from coordination.agencies.models import CovenantParty, Municipality
from coordination.follow_ups.commands import close_follow_up, take_up
from coordination.follow_ups.commands import exclude as exclude_from
from coordination.follow_ups.models import FollowUp
from coordination.people.commands import exclude
from coordination.people.models import YoungPerson
from flags.flagging.models import Flag
from flags.matching.commands import settle_flag
from flags.matching.models import Match, MatchedFlag


def asked(follow_up):
    return {adult.membership for adult in follow_up.asked.filter(left_at=None)}


def test_two_where_the_threshold_is_two(cast):
    cast.flag(cast.teacher)
    assert not Match.objects.exists()
    assert not FollowUp.objects.exists()
    cast.flag(cast.nurse)
    match = Match.objects.get()
    assert match.follow_up.area == cast.mikkeli
    assert asked(match.follow_up) == {cast.teacher, cast.nurse}


def test_one_where_the_threshold_is_one(cast):
    cast.flag(cast.stranger)
    assert Match.objects.get().follow_up.area == cast.kerava
    assert asked(FollowUp.objects.get()) == {cast.stranger}


def test_one_human_with_two_memberships_counts_once(cast):
    """They can't flag one identity twice, but two spellings may turn out to be one person."""
    second = add_membership(user=cast.teacher.user, agency=cast.health, started_on=date(2026, 1, 1))
    first_flag = cast.flag(cast.teacher)
    flag = cast.flag(second, first_name="Aina", settle=False)
    Flag.objects.filter(pk=flag.pk).update(young_person=first_flag.young_person)
    settle_flag(flag_id=flag.pk)
    assert not Match.objects.exists()


def test_one_agency_counts_once(cast):
    colleague = cast.member("Olli", "Opettaja", cast.school)
    cast.flag(cast.teacher)
    cast.flag(colleague)
    assert not Match.objects.exists()
    cast.flag(cast.nurse)
    assert asked(FollowUp.objects.get()) == {cast.teacher, colleague, cast.nurse}


def test_where_the_area_lets_colleagues_count(cast):
    cast.mikkeli.different_agencies = False
    cast.mikkeli.save()
    cast.flag(cast.teacher)
    cast.flag(cast.member("Olli", "Opettaja", cast.school))
    assert Match.objects.count() == 1


def test_an_excluded_flaggers_flag_lies_inert(cast):
    first = cast.flag(cast.teacher)
    exclude(young_person=first.young_person, by=cast.coordinator, user=cast.nurse.user)
    cast.flag(cast.nurse)
    assert not Match.objects.exists()
    cast.flag(cast.social_worker)
    assert asked(FollowUp.objects.get()) == {cast.teacher, cast.social_worker}


def test_an_excluded_agencys_flags_lie_inert(cast):
    first = cast.flag(cast.teacher)
    exclude(young_person=first.young_person, by=cast.coordinator, agency=cast.health)
    cast.flag(cast.nurse)
    assert not Match.objects.exists()


def test_an_exclusion_of_somebody_else_hinders_nobody(cast):
    first = cast.flag(cast.teacher)
    exclude(young_person=first.young_person, by=cast.coordinator, user=cast.therapist.user)
    cast.flag(cast.nurse)
    assert Match.objects.exists()


def test_a_membership_that_has_ended_does_not_count(cast):
    cast.flag(cast.teacher)
    cast.teacher.ended_on = timezone.localdate()
    cast.teacher.save()
    cast.flag(cast.nurse)
    assert not Match.objects.exists()


def test_a_membership_that_ends_later_counts(cast):
    """A substitute's flag is as good as anybody's."""
    cast.teacher.ended_on = timezone.localdate() + timedelta(days=30)
    cast.teacher.save()
    cast.flag(cast.teacher)
    cast.flag(cast.nurse)
    assert Match.objects.exists()


def test_a_disabled_user_does_not_count(cast):
    cast.flag(cast.teacher)
    cast.teacher.user.is_active = False
    cast.teacher.user.save()
    cast.flag(cast.nurse)
    assert not Match.objects.exists()


# --- Home area ------------------------------------------------------------------------------------------------------


def test_the_home_area_is_the_known_municipalitys(cast):
    first = cast.flag(cast.teacher)
    first.young_person.municipality = Municipality.objects.get(code="245")
    first.young_person.save()
    cast.flag(cast.nurse)
    assert FollowUp.objects.get().area == cast.kerava


def test_the_home_areas_threshold_counts(cast):
    kerava = Municipality.objects.get(code="245")
    first = cast.flag(cast.teacher, settle=False)
    first.young_person.municipality = kerava
    first.young_person.save()
    settle_flag(flag_id=first.pk)
    assert FollowUp.objects.get().area == cast.kerava


def test_else_the_municipality_that_was_typed_last_and_has_an_area(cast):
    """A flag posted in Kerava finds a person who was joined to Mikkeli's row."""
    CovenantParty.objects.create(area=cast.kerava, agency=cast.health, signed_on=date(2026, 1, 1))
    first = cast.flag(cast.teacher, municipality=Municipality.objects.get(code="491"))
    flag = cast.flag(cast.nurse, municipality=Municipality.objects.get(code="245"), settle=False)
    Flag.objects.filter(pk=flag.pk).update(young_person=first.young_person)
    YoungPerson.objects.filter(pk=flag.young_person_id).delete()
    settle_flag(flag_id=flag.pk)
    assert FollowUp.objects.get().area == cast.kerava


def test_else_where_the_first_flag_was_posted(cast):
    cast.match()
    assert FollowUp.objects.get().area == cast.mikkeli


# --- Once -----------------------------------------------------------------------------------------------------------


def test_later_flags_join(cast):
    follow_up = cast.match()
    cast.flag(cast.social_worker, phone="+358401112223")
    assert Match.objects.count() == FollowUp.objects.count() == 1
    assert asked(follow_up) == {cast.teacher, cast.nurse, cast.social_worker}
    assert follow_up.asked.get(membership=cast.social_worker).phone_given == "+358401112223"


def test_who_came_on_a_legal_ground_shows(cast):
    cast.flag(cast.teacher)
    cast.flag(cast.social_worker, told_and_allowed=False, legal_ground=cast.legal_ground)
    follow_up = FollowUp.objects.get()
    assert follow_up.asked.get(membership=cast.social_worker).legal_ground == cast.legal_ground
    assert follow_up.asked.get(membership=cast.teacher).legal_ground is None


def test_an_open_follow_up_from_a_call_is_joined(cast):
    from coordination.follow_ups.commands import begin_from_call
    from tests.cast import born

    follow_up = begin_from_call(
        first_name="Aino", last_name="Virtanen", birth_date=born(18), phone="", by=cast.coordinator
    )
    cast.flag(cast.teacher)
    assert not Match.objects.exists()
    cast.flag(cast.nurse)
    assert Match.objects.get().follow_up == follow_up
    assert FollowUp.objects.count() == 1
    assert asked(follow_up) == {cast.teacher, cast.nurse}


def test_after_a_closed_follow_up_a_new_flag_makes_a_new_match(cast):
    first = cast.match()
    take_up(follow_up=first, by=cast.coordinator)
    first.refresh_from_db()
    close_follow_up(follow_up=first, by=cast.coordinator, outcome="in_touch", version=first.version)
    assert Match.objects.count() == 1
    cast.flag(cast.social_worker)
    assert Match.objects.count() == 2
    second = FollowUp.objects.exclude(pk=first.pk).get()
    assert second.state == "waiting"
    assert asked(second) == {cast.teacher, cast.nurse, cast.social_worker}


def test_after_one_that_was_not_needed_too(cast):
    from flags.flagging.commands import withdraw_flag

    first = cast.match()
    flag = Flag.objects.get(user=cast.teacher.user)
    withdraw_flag(flag=flag, by=cast.teacher)
    settle_flag(flag_id=flag.pk)
    cast.flag(cast.social_worker)
    assert asked(FollowUp.objects.exclude(pk=first.pk).get()) == {cast.nurse, cast.social_worker}


def test_who_was_excluded_from_a_follow_up_is_not_asked_in_the_next(cast):
    first = cast.match()
    take_up(follow_up=first, by=cast.coordinator)
    exclude_from(follow_up=first, by=cast.coordinator, user=cast.teacher.user)
    first.refresh_from_db()
    close_follow_up(follow_up=first, by=cast.coordinator, outcome="in_touch", version=first.version)
    cast.flag(cast.social_worker)
    assert asked(FollowUp.objects.exclude(pk=first.pk).get()) == {cast.nurse, cast.social_worker}


@pytest.mark.parametrize("times", [2, 3])
def test_settling_again_does_nothing(cast, times):
    follow_up = cast.match()
    before = state_of(follow_up)
    for _ in range(times):
        for flag in Flag.objects.all():
            settle_flag(flag_id=flag.pk)
    assert state_of(follow_up) == before


def test_settling_anew_does_nothing_more(cast):
    """Even a flag that was marked as not yet settled, as after a join."""
    follow_up = cast.match()
    before = state_of(follow_up)
    Flag.objects.update(settled_at=None)
    for flag in Flag.objects.all():
        settle_flag(flag_id=flag.pk)
    assert state_of(follow_up)[:-1] == before[:-1]


def state_of(follow_up):
    from coordination.activity.models import Event
    from coordination.outbox.models import Notification

    follow_up.refresh_from_db()
    return (
        Match.objects.count(),
        MatchedFlag.objects.count(),
        follow_up.asked.count(),
        Event.objects.count(),
        Notification.objects.count(),
        follow_up.version,
    )


def test_a_flag_that_is_gone_is_passed_over(cast):
    settle_flag(flag_id=987654321)
