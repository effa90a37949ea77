"""The door: an open ground and the named permission, both, and no exclusion before them."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission
from django.db import IntegrityError, transaction
from django.utils import timezone

from coordination.agencies.commands import add_membership, put_in_groups
from coordination.people import access
from coordination.people.commands import end_exclusion, exclude
from coordination.people.drifting import drift
from coordination.people.models import Ground, YoungPersonGroupPermission, YoungPersonUserPermission

PARTICIPATION = access.PERMISSIONS[Ground.Kind.PARTICIPATION]
COORDINATION = access.PERMISSIONS[Ground.Kind.COORDINATION]


@pytest.fixture
def person(cast):
    return cast.flag(cast.youth_worker).young_person


def let(person, membership, **changes):
    values = {"young_person": person, "kind": Ground.Kind.PARTICIPATION, "source": uuid4(), "membership": membership}
    return access.give_ground(**values | changes)


def let_coordinate(person, area):
    return let(person, None, area=area, kind=Ground.Kind.COORDINATION)


def allowed(membership, person):
    from coordination.agencies.models import Membership

    afresh = Membership.objects.select_related("user", "agency__area").get(pk=membership.pk)  # has_perm is cached
    every = set().union(*access.PERMISSIONS.values())
    return {permission for permission in every if access.may(afresh, permission, person)}


def test_nobody_may_anything_by_themselves(cast, person):
    for one in (cast.teacher, cast.coordinator, cast.administrator, cast.stranger, cast.other_coordinator):
        assert allowed(one, person) == set()


def test_an_own_flag_opens_nothing(cast, person):
    assert allowed(cast.youth_worker, person) == set()


def test_who_takes_part(cast, person):
    let(person, cast.teacher)
    assert allowed(cast.teacher, person) == PARTICIPATION
    assert allowed(cast.nurse, person) == set()


def test_the_areas_coordinators(cast, person):
    let_coordinate(person, cast.mikkeli)
    assert allowed(cast.coordinator, person) == allowed(cast.second_coordinator, person) == COORDINATION
    assert allowed(cast.other_coordinator, person) == set()
    assert allowed(cast.administrator, person) == set()


def test_a_ground_without_its_permission_rows_is_not_enough(cast, person):
    let(person, cast.teacher)
    YoungPersonUserPermission.objects.all().delete()
    assert allowed(cast.teacher, person) == set()


def test_permission_rows_without_a_ground_are_not_enough(cast, person):
    for codename in PARTICIPATION:
        permission = Permission.objects.get(codename=codename, content_type__app_label="coordination")
        YoungPersonUserPermission.objects.create(user=cast.teacher.user, permission=permission, content_object=person)
    assert cast.teacher.user.has_perm("coordination.view_network", person)
    assert allowed(cast.teacher, person) == set()


def test_a_group_row_without_a_ground_is_not_enough(cast, person):
    permission = Permission.objects.get(codename="coordinate", content_type__app_label="coordination")
    YoungPersonGroupPermission.objects.create(
        group=cast.mikkeli.coordinators, permission=permission, content_object=person
    )
    assert allowed(cast.coordinator, person) == set()


def test_an_ended_ground(cast, person):
    ground = let(person, cast.teacher)
    access.end_grounds(young_person=person, source=ground.source)
    assert allowed(cast.teacher, person) == set()
    assert not YoungPersonUserPermission.objects.exists()


@pytest.mark.parametrize(("days", "holds"), [(-1, False), (0, True), (1, True)])
def test_a_ground_holds_until_its_last_day_whether_or_not_the_timetable_came(cast, person, days, holds):
    let(person, cast.teacher, until=timezone.localdate() + timedelta(days=days))
    Ground.objects.filter(kind="participation").update(until=timezone.localdate() + timedelta(days=days))
    assert bool(allowed(cast.teacher, person)) is holds


def test_the_timetable_ends_what_ran_out(cast, person):
    let(person, cast.teacher)
    Ground.objects.filter(kind="participation").update(until=timezone.localdate() - timedelta(days=1))
    access.end_by_date()
    assert Ground.objects.get(kind="participation").ended_at
    assert not YoungPersonUserPermission.objects.exists()
    assert not list(drift())


@pytest.mark.parametrize("whom", ["user", "agency"])
@pytest.mark.parametrize("before", [True, False])
def test_an_exclusion_comes_before_everything(cast, person, whom, before):
    out = {whom: getattr(cast.teacher, whom)}
    if before:
        let(person, cast.teacher)
    exclude(young_person=person, by=cast.coordinator, **out)
    if not before:
        let(person, cast.teacher)
    assert allowed(cast.teacher, person) == set()
    assert not YoungPersonUserPermission.objects.exists()
    assert not list(drift())


@pytest.mark.parametrize("whom", ["user", "agency"])
def test_an_excluded_coordinator(cast, person, whom):
    let_coordinate(person, cast.mikkeli)
    exclude(young_person=person, by=cast.coordinator, **{whom: getattr(cast.second_coordinator, whom)})
    assert allowed(cast.second_coordinator, person) == set()
    assert allowed(cast.coordinator, person) == (COORDINATION if whom == "user" else set())


def test_sight_that_an_exclusion_ended_does_not_come_back_by_itself(cast, person):
    let(person, cast.teacher)
    exclusion, _is_new = exclude(young_person=person, by=cast.coordinator, user=cast.teacher.user)
    end_exclusion(exclusion=exclusion)
    assert allowed(cast.teacher, person) == set()
    let(person, cast.teacher)
    assert allowed(cast.teacher, person) == PARTICIPATION


def test_an_exclusion_is_of_one_user_or_one_agency(cast, person):
    from coordination.people.models import Exclusion

    with pytest.raises(IntegrityError), transaction.atomic():
        Exclusion.objects.create(
            young_person=person, user=cast.teacher.user, agency=cast.school, made_by=cast.coordinator
        )


def test_one_acts_for_one_membership_at_a_time(cast, person):
    second = add_membership(user=cast.teacher.user, agency=cast.health, started_on=date(2026, 1, 1))
    let(person, cast.teacher)
    assert allowed(cast.teacher, person) == PARTICIPATION
    assert allowed(second, person) == set()


def test_ending_one_of_two_memberships_sight_leaves_the_others(cast, person):
    second = add_membership(user=cast.teacher.user, agency=cast.health, started_on=date(2026, 1, 1))
    first_ground = let(person, cast.teacher)
    let(person, second)
    access.end_grounds(young_person=person, source=first_ground.source)
    assert allowed(second, person) == PARTICIPATION
    assert allowed(cast.teacher, person) == set()
    assert not list(drift())


def test_a_coordinator_who_is_one_no_longer(cast, person):
    let_coordinate(person, cast.mikkeli)
    cast.second_coordinator.ended_on = timezone.localdate()
    cast.second_coordinator.save()
    put_in_groups(user=cast.second_coordinator.user)
    assert allowed(cast.second_coordinator, person) == set()
    assert allowed(cast.coordinator, person) == COORDINATION


def test_an_ended_membership_may_nothing(cast, person):
    let(person, cast.teacher)
    cast.teacher.ended_on = timezone.localdate()
    cast.teacher.save()
    assert allowed(cast.teacher, person) == set()
    assert access.audience([cast.teacher], "view_network", person) == []


def test_a_disabled_user_may_nothing(cast, person):
    let(person, cast.teacher)
    let_coordinate(person, cast.mikkeli)
    for one in (cast.teacher, cast.coordinator):
        one.user.is_active = False
        one.user.save()
        assert allowed(one, person) == set()


def test_one_open_ground_of_a_kind(cast, person):
    first, second = let(person, cast.teacher), let(person, cast.teacher)
    first.refresh_from_db()
    assert first.ended_at
    assert second.ended_at is None
    assert allowed(cast.teacher, person) == PARTICIPATION


def test_the_database_keeps_one_open_ground_of_a_kind(cast, person):
    let(person, cast.teacher)
    with pytest.raises(IntegrityError), transaction.atomic():
        Ground.objects.create(young_person=person, kind="participation", source=uuid4(), membership=cast.teacher)


def test_two_doubles_give_two_grounds(cast, person):
    one = let(person, None, area=cast.mikkeli, kind=Ground.Kind.DOUBLE)
    let(person, None, area=cast.mikkeli, kind=Ground.Kind.DOUBLE)
    access.end_grounds(young_person=person, source=one.source)
    assert allowed(cast.coordinator, person) == {"compare_double"}


def test_the_audience_drops_who_may_not_open_it(cast, person):
    let(person, cast.teacher)
    let(person, cast.nurse)
    exclude(young_person=person, by=cast.coordinator, user=cast.nurse.user)
    everybody = [cast.teacher, cast.nurse, cast.stranger, cast.coordinator]
    assert access.audience(everybody, "view_network", person) == [cast.teacher]


def test_the_coordinators_who_may_coordinate(cast, person):
    assert access.coordinators(cast.mikkeli, person) == []
    let_coordinate(person, cast.mikkeli)
    exclude(young_person=person, by=cast.coordinator, user=cast.second_coordinator.user)
    assert access.coordinators(cast.mikkeli, person) == [cast.coordinator]


def test_grounds_that_run_out_leave_own_flags_alone(cast, person):
    ground = let(person, cast.teacher)
    last = timezone.localdate() + timedelta(days=30)
    access.let_grounds_run_out(young_person=person, source=ground.source, until=last)
    ground.refresh_from_db()
    assert ground.until == last
    assert Ground.objects.get(kind="flag").until != last
