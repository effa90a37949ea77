"""Memberships that end, users who are disabled, and the administrator every area keeps."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from coordination.agencies.commands import add_membership
from coordination.agencies.models import Membership
from coordination.agencies.rules import NotNow
from coordination.people.access import give_ground, may
from coordination.people.models import Ground, YoungPersonUserPermission
from coordination.staffing import commands
from tests.cast import PASSWORD, sign_in

pytestmark = pytest.mark.usefixtures("english")
ROLES = Membership.Role


def group_names(user):
    return set(user.groups.values_list("name", flat=True))


def test_an_ended_membership_ends_role_and_sight_at_once(cast):
    assert group_names(cast.coordinator.user) == {"Coordinators", cast.mikkeli.coordinators.name}
    commands.end_membership(membership=cast.coordinator, by=cast.administrator)
    cast.coordinator.user.refresh_from_db()
    assert group_names(cast.coordinator.user) == set()
    assert not cast.coordinator.user.is_staff
    assert not Membership.objects.open().filter(pk=cast.coordinator.pk).exists()


def test_ends_by_date_follow_at_night(cast):
    day = timezone.localdate() + timedelta(days=3)
    commands.end_membership(membership=cast.coordinator, by=cast.administrator, on=day)
    commands.end_by_date()
    assert "Coordinators" in group_names(cast.coordinator.user)
    with time_machine.travel(timezone.now() + timedelta(days=3), tick=False):
        commands.end_by_date()
    cast.coordinator.user.refresh_from_db()
    assert group_names(cast.coordinator.user) == set()
    assert not cast.coordinator.user.is_staff


def test_beginnings_by_date_follow_at_night(cast):
    day = timezone.localdate() + timedelta(days=3)
    add_membership(user=cast.teacher.user, agency=cast.outreach, role=ROLES.COORDINATOR, started_on=day)
    assert group_names(cast.teacher.user) == set()
    with time_machine.travel(timezone.now() + timedelta(days=3), tick=False):
        commands.end_by_date()
    assert "Coordinators" in group_names(cast.teacher.user)


def test_only_an_administrator_of_the_area_ends(cast):
    for by in (cast.coordinator, cast.teacher, cast.other_coordinator):
        with pytest.raises(PermissionDenied):
            commands.end_membership(membership=cast.nurse, by=by)
    with pytest.raises(PermissionDenied):
        commands.end_membership(membership=cast.stranger, by=cast.administrator)
    with pytest.raises(PermissionDenied):
        commands.disable_user(user=cast.stranger.user, by=cast.administrator)


def test_the_last_administrator_stays(cast):
    last = cast.administrator
    with pytest.raises(NotNow, match="last administrator"):
        commands.end_membership(membership=Membership.objects.get(pk=last.pk), by=last)
    day = timezone.localdate() + timedelta(days=90)
    with pytest.raises(NotNow, match="last administrator"):
        commands.end_membership(membership=Membership.objects.get(pk=last.pk), by=last, on=day)
    demoted = Membership.objects.get(pk=last.pk)
    demoted.role = ROLES.PROFESSIONAL
    with pytest.raises(NotNow, match="last administrator"):
        commands.save_membership(membership=demoted, by=last)
    with pytest.raises(NotNow, match="last administrator"):
        commands.disable_user(user=type(last.user).objects.get(pk=last.user_id), by=last)
    last.refresh_from_db()
    assert (last.role, last.ended_on, last.user.is_active) == (ROLES.ADMINISTRATOR, None, True)
    second = cast.member("Aila", "Toinen", cast.town, role=ROLES.ADMINISTRATOR)
    commands.end_membership(membership=last, by=second)


def test_a_disabled_user_is_out_with_the_next_page(cast, client):
    sign_in(client, cast.nurse)
    assert client.get(reverse("agencies:choose")).status_code == 200
    commands.disable_user(user=cast.nurse.user, by=cast.administrator)
    assert client.get(reverse("agencies:choose")).status_code == 302
    client.post(reverse("account_login"), {"login": cast.nurse.user.email, "password": PASSWORD})
    assert client.get(reverse("agencies:choose")).status_code == 302


def test_nobody_changes_a_user_of_two_areas(cast):
    add_membership(user=cast.stranger.user, agency=cast.school)
    with pytest.raises(NotNow, match="another area"):
        commands.disable_user(user=cast.stranger.user, by=cast.administrator)


@pytest.mark.parametrize("way", ["ended", "by date", "disabled"])
def test_who_has_gone_sees_nobody_and_coming_back_revives_nothing(cast, client, way):
    follow_up = cast.match()
    person = follow_up.young_person
    give_ground(
        young_person=person,
        kind=Ground.Kind.PARTICIPATION,
        source=follow_up.public_id,
        membership=cast.nurse,
    )
    nurse = Membership.objects.get(pk=cast.nurse.pk)
    page = reverse("follow_ups:sheet", args=[follow_up.public_id])
    sign_in(client, nurse)
    assert may(nurse, "view_network", person)
    if way == "ended":
        commands.end_membership(membership=nurse, by=cast.administrator)
    elif way == "by date":
        Membership.objects.filter(pk=nurse.pk).update(ended_on=timezone.localdate())
        commands.end_by_date()
    else:
        commands.disable_user(user=nurse.user, by=cast.administrator)
    assert not Ground.objects.filter(membership=nurse, ended_at=None).exists()
    assert not YoungPersonUserPermission.objects.filter(user=nurse.user).exists()
    nurse.ended_on = None
    commands.save_membership(membership=nurse, by=cast.administrator)
    nurse.user.is_active = True
    commands.save_user(user=nurse.user, by=cast.administrator)
    nurse = Membership.objects.get(pk=nurse.pk)
    assert not may(nurse, "view_network", person)
    sign_in(client, nurse)
    assert client.get(page).status_code == 404


def test_a_membership_that_ends_later_keeps_its_sight_until_then(cast):
    follow_up = cast.match()
    values = {"young_person": follow_up.young_person, "kind": Ground.Kind.PARTICIPATION, "membership": cast.nurse}
    give_ground(source=follow_up.public_id, **values)
    day = timezone.localdate() + timedelta(days=3)
    commands.end_membership(membership=cast.nurse, by=cast.administrator, on=day)
    commands.end_by_date()
    assert may(cast.nurse, "view_network", follow_up.young_person)
    with time_machine.travel(timezone.now() + timedelta(days=3), tick=False):
        commands.end_by_date()
    assert not Ground.objects.filter(membership=cast.nurse, ended_at=None).exists()
