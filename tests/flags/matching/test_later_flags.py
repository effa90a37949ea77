"""A setting that was widened counts for later flags only, a narrowed one for all."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from coordination.agencies.models import Area, Municipality
from coordination.follow_ups.commands import close_follow_up, take_up
from coordination.follow_ups.models import FollowUp
from coordination.people.models import Ground
from flags.flagging.commands import end_expired
from flags.flagging.models import Flag
from flags.flagging.renewing import renew_flag
from flags.matching.models import Match
from tests.cast import born
from tests.flags.matching.acts import asked, settle_all, withdraw


def set_mikkeli(cast, **settings):
    """Change Mikkeli's settings, as two administrators have agreed."""
    for name, value in settings.items():
        setattr(cast.mikkeli, name, value)
    cast.mikkeli.save()
    # Members were read with their area.
    for member in (cast.teacher, cast.nurse, cast.social_worker, cast.youth_worker):
        member.agency.area.refresh_from_db()


def meet_again():
    """Let all flags meet once more, as after a join."""
    Flag.objects.update(settled_at=None)
    settle_all()


def test_a_flag_posted_under_two_is_not_matched_alone(cast):
    cast.flag(cast.teacher)
    set_mikkeli(cast, threshold=1)
    meet_again()
    assert not Match.objects.exists()


def test_a_later_flag_is(cast):
    set_mikkeli(cast, threshold=1)
    cast.flag(cast.teacher)
    assert asked(FollowUp.objects.get()) == {cast.teacher}


def test_earlier_and_later_of_two_agencies_match_as_two_would(cast):
    cast.flag(cast.teacher)
    set_mikkeli(cast, threshold=1)
    cast.flag(cast.nurse)
    assert asked(FollowUp.objects.get()) == {cast.teacher, cast.nurse}


def test_an_earlier_colleague_stays_unseen_beside_a_later_flag(cast):
    """The later one matches alone; of the earlier one nobody learns, before somebody of another agency has flagged."""
    colleague = cast.member("Olli", "Opettaja", cast.school)
    cast.flag(colleague)
    set_mikkeli(cast, threshold=1)
    cast.flag(cast.teacher)
    assert asked(FollowUp.objects.get()) == {cast.teacher}
    meet_again()
    assert asked(FollowUp.objects.get()) == {cast.teacher}
    cast.flag(cast.nurse)
    assert asked(FollowUp.objects.get()) == {cast.teacher, cast.nurse, colleague}


def test_colleagues_count_only_where_both_are_later(cast):
    colleague = cast.member("Olli", "Opettaja", cast.school)
    cast.flag(cast.teacher)
    set_mikkeli(cast, different_agencies=False)
    cast.flag(colleague)
    assert not Match.objects.exists()
    third = cast.member("Outi", "Opettaja", cast.school)
    cast.flag(third)
    assert asked(FollowUp.objects.get()) == {colleague, third}


def test_narrowed_it_counts_at_once_and_for_good(cast):
    set_mikkeli(cast, threshold=1)
    flag = cast.flag(cast.teacher, settle=False)
    set_mikkeli(cast, threshold=2)
    settle_all()
    assert not Match.objects.exists()
    set_mikkeli(cast, threshold=1)
    Flag.objects.filter(pk=flag.pk).update(settled_at=None)
    settle_all()
    assert not Match.objects.exists()


def test_a_municipality_that_came_later_is_not_home_to_earlier_flags(cast):
    town = Municipality.objects.create(
        code="097", name_fi="H", county=cast.mikkeli.municipalities.first().county, region_code="1", language_relation=0
    )
    cast.flag(cast.teacher, municipality=town)
    town.area, town.area_since = cast.kerava, timezone.now()
    town.save()
    cast.flag(cast.nurse)
    assert FollowUp.objects.get().area == cast.mikkeli


@pytest.mark.parametrize("known", [True, False])
def test_one_that_had_come_before_is(cast, known):
    town = Municipality.objects.get(code="245")
    town.area_since = timezone.now()
    town.save()
    cast.kerava.threshold = 2
    cast.kerava.save()
    flag = cast.flag(cast.teacher)
    if known:
        flag.young_person.municipality = town
        flag.young_person.save()
    else:
        Flag.objects.filter(pk=flag.pk).update(municipality=town)
    cast.flag(cast.nurse)
    assert FollowUp.objects.get().area == cast.kerava


def test_an_earlier_flag_ends_at_the_age_of_its_time(cast):
    set_mikkeli(cast, oldest_age=18)
    before = cast.flag(cast.teacher, birth_date=born(18))
    set_mikkeli(cast, oldest_age=28)
    after = cast.flag(cast.nurse, birth_date=born(18), first_name="Toinen")
    grown = timezone.localdate() - timedelta(days=19 * 366)
    Flag.objects.update(birth_date=grown)
    end_expired()
    assert not Flag.objects.filter(pk=before.pk, ended_at=None).exists()
    assert Flag.objects.filter(pk=after.pk, ended_at=None).exists()


@pytest.mark.parametrize("late", [True, False])
def test_sight_after_closing_is_as_long_as_when_it_was_flagged(cast, late):
    if late:
        set_mikkeli(cast, days_seen_after_closing=60)
    cast.flag(cast.teacher)
    set_mikkeli(cast, days_seen_after_closing=60)
    cast.flag(cast.nurse)
    follow_up = FollowUp.objects.get()
    take_up(follow_up=follow_up, by=cast.coordinator)
    follow_up.refresh_from_db()
    follow_up.area = Area.objects.get(pk=cast.mikkeli.pk)
    close_follow_up(follow_up=follow_up, by=cast.coordinator, outcome="in_touch", version=follow_up.version)
    ground = Ground.objects.get(source=follow_up.public_id, kind=Ground.Kind.COORDINATION)
    assert ground.until == timezone.localdate() + timedelta(days=60 if late else 30)


def ground_on_the_sheet(cast):
    return FollowUp.objects.get().asked.get(membership=cast.teacher, left_at=None).legal_ground


def on_a_ground(cast):
    return {"told_and_allowed": False, "legal_ground": cast.legal_ground}


def test_flagged_anew_with_permission_it_came_on_no_ground(cast):
    first = cast.flag(cast.teacher, **on_a_ground(cast))
    cast.flag(cast.nurse)
    take_up(follow_up=FollowUp.objects.get(), by=cast.coordinator)
    assert ground_on_the_sheet(cast) == cast.legal_ground
    withdraw(first)
    cast.flag(cast.teacher)
    assert ground_on_the_sheet(cast) is None
    withdraw(Flag.objects.get(ended_at=None, user=cast.teacher.user))
    cast.flag(cast.teacher, **on_a_ground(cast))
    assert ground_on_the_sheet(cast) == cast.legal_ground


def test_what_a_renewal_stands_on_reaches_the_sheet(cast):
    flag = cast.match() and Flag.objects.get(user=cast.teacher.user)
    renewed = {"flag": flag, "by": cast.teacher, "until": flag.until}
    renew_flag(token=uuid4(), **renewed, **on_a_ground(cast))
    settle_all()
    assert ground_on_the_sheet(cast) == cast.legal_ground
    renew_flag(token=uuid4(), **renewed, told_and_allowed=True)
    settle_all()
    assert ground_on_the_sheet(cast) is None
