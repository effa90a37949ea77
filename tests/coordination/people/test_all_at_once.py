"""What is asked of many at once, or by a statement written by hand, answers as asking one by one does."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db.models import Q
from django.utils import timezone

from coordination.agencies.commands import add_membership, put_in_groups
from coordination.agencies.models import Membership
from coordination.people import access
from coordination.people.commands import end_exclusion, exclude
from coordination.people.exclusions import excluded, kept_away
from coordination.people.models import (
    Exclusion,
    Ground,
    YoungPerson,
    YoungPersonGroupPermission,
    YoungPersonUserPermission,
)
from coordination.people.permissions import PERMISSIONS, named


@pytest.fixture
def person(cast):
    return cast.flag(cast.youth_worker).young_person


def let(person, membership=None, area=None, kind=Ground.Kind.PARTICIPATION, **changes):
    return access.give_ground(
        young_person=person, kind=kind, source=uuid4(), membership=membership, area=area, **changes
    )


def everybody():
    return list(Membership.objects.select_related("user", "agency__area").order_by("pk"))


def one_by_one(permission, person):
    return [member for member in everybody() if access.may(member, permission, person)]


def exclusions_of(member):
    """The open exclusions that keep this member's user away, asked of one member: the slow way."""
    agencies = Membership.objects.open().filter(user=member.user_id).values("agency")
    return Exclusion.objects.filter(Q(user=member.user_id) | Q(agency__in=agencies), ended_at=None)


def answers_alike(person):
    """Asked of all, asked of each, and what guardian and Django answer for each."""
    for permission in set().union(*PERMISSIONS.values()):
        assert access.audience(everybody(), permission, person) == one_by_one(permission, person)
        active = [member for member in everybody() if member.user.is_active]
        held = {member.user_id for member in active if member.user.has_perm(f"coordination.{permission}", person)}
        assert named(permission, person, [member.user_id for member in active]) == held
    away = {member.user_id for member in everybody() if exclusions_of(member).filter(young_person=person).exists()}
    assert kept_away(person) == away
    for member in everybody():
        found = YoungPerson.objects.filter(excluded(member, person="pk"), pk=person.pk).exists()
        assert found == (member.user_id in away), member
    return len(one_by_one("view_network", person))


def test_grounds_of_members_and_of_an_area(cast, person):
    assert answers_alike(person) == 0
    let(person, cast.teacher)
    let(person, area=cast.mikkeli, kind=Ground.Kind.COORDINATION)
    let(person, cast.stranger)
    assert answers_alike(person) == 4


def test_what_has_run_out(cast, person):
    let(person, cast.teacher, until=timezone.localdate() - timedelta(days=1))
    let(person, cast.nurse, until=timezone.localdate())
    assert answers_alike(person) == 1


def test_rows_without_grounds_and_grounds_without_rows(cast, person):
    let(person, cast.teacher)
    let(person, area=cast.mikkeli, kind=Ground.Kind.COORDINATION)
    YoungPersonGroupPermission.objects.all().delete()
    assert answers_alike(person) == 1
    Ground.objects.filter(membership=cast.teacher).update(ended_at=timezone.now())
    assert YoungPersonUserPermission.objects.exists()
    assert answers_alike(person) == 0


def test_who_has_left(cast, person):
    for member in (cast.teacher, cast.nurse, cast.youth_worker):
        let(person, member)
    Membership.objects.filter(pk=cast.teacher.pk).update(ended_on=timezone.localdate())
    cast.nurse.user.is_active = False
    cast.nurse.user.save()
    assert answers_alike(person) == 1


def test_exclusions_of_a_user_and_of_an_agency(cast, person):
    let(person, area=cast.mikkeli, kind=Ground.Kind.COORDINATION)
    let(person, cast.teacher)
    let(person, cast.nurse)
    # Somebody who acts for an excluded agency is kept away in whatever they act for besides.
    add_membership(user=cast.second_coordinator.user, agency=cast.health, started_on=date(2026, 1, 1))
    put_in_groups(user=cast.second_coordinator.user)
    assert answers_alike(person) == 4
    exclude(young_person=person, by=cast.coordinator, user=cast.teacher.user)
    exclusion, _new = exclude(young_person=person, by=cast.coordinator, agency=cast.health)
    assert answers_alike(person) == 1
    end_exclusion(exclusion=exclusion)
    assert answers_alike(person) == 2


def test_it_costs_the_same_for_one_and_for_many(cast, person, django_assert_num_queries):
    let(person, area=cast.mikkeli, kind=Ground.Kind.COORDINATION)
    for members in ([cast.coordinator], [cast.coordinator, cast.second_coordinator, cast.teacher, cast.nurse]):
        with django_assert_num_queries(3):
            access.audience(members, "coordinate", person)
