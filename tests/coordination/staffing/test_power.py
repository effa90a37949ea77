"""Nobody gains power, or another's account, without others learning of it."""

import json

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from coordination.agencies.commands import add_membership
from coordination.agencies.models import Membership
from coordination.agencies.rules import NotNow
from coordination.outbox.models import Mail, Notification
from coordination.staffing import commands
from coordination.staffing.models import Invitation
from tests.cast import sign_in
from tests.coordination.staffing.pages import change, posted

pytestmark = pytest.mark.usefixtures("english")
ROLES = Membership.Role
POWER = [ROLES.COORDINATOR, ROLES.ADMINISTRATOR]


@pytest.fixture
def second(cast):
    """Another administrator, so that the first isn't the last."""
    return cast.member("Aila", "Toinen", cast.town, role=ROLES.ADMINISTRATOR)


def told(code):
    """Who was told this, and that what they were told can be read and names nobody."""
    rows = Notification.objects.filter(code=code)
    if rows:
        assert render_to_string(f"emails/{code}/sentence.txt").strip()
    return sorted(rows.values_list("membership", flat=True))


def pks(*memberships):
    return sorted(membership.pk for membership in memberships)


# --- A role -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", POWER)
def test_nobody_gives_power_to_themselves(cast, second, role):
    by = cast.administrator
    tries = [Membership(user=by.user, agency=cast.school, role=role)]
    professional = add_membership(user=by.user, agency=cast.health)
    professional.role = role
    over = add_membership(user=by.user, agency=cast.social, role=role)
    Membership.objects.filter(pk=over.pk).update(ended_on=timezone.localdate())
    tries += [professional, over]
    for membership in tries:
        with pytest.raises(NotNow, match="yourself"):
            commands.save_membership(membership=membership, by=by)
        assert told("role_given") == []
    assert not Membership.objects.filter(user=by.user, role=role, agency__in=[cast.school, cast.health]).exists()
    commands.save_membership(membership=professional, by=second)
    assert Membership.objects.get(pk=professional.pk).role == role


@pytest.mark.parametrize("role", POWER)
def test_nobody_invites_themselves_to_power(cast, role):
    by = cast.administrator
    with pytest.raises(NotNow, match="yourself"):
        commands.invite(email=by.user.email.upper(), agency=cast.school, role=role, by=by)
    assert not Invitation.objects.exists()
    commands.invite(email=by.user.email, agency=cast.school, by=by)


def test_the_administration_says_so(client, town):
    by = town.administrator
    sign_in(client, by)
    own = add_membership(user=by.user, agency=town.school)
    answer = client.post(change(own), posted(client.get(change(own)), role="coordinator"))
    assert "role" in answer.context["adminform"].form.errors
    data = posted(client.get(change(by.user)))
    at = next(key[:-3] for key, value in data.items() if key.endswith("-id") and value == own.pk)
    answer = client.post(change(by.user), data | {f"{at}-role": "coordinator"})
    assert any("role" in errors for errors in answer.context["inline_admin_formsets"][0].formset.errors)
    typed = {"user": by.user_id, "agency": town.outreach.pk, "role": "coordinator", "started_on": "2026-01-01"}
    answer = client.post(reverse("admin:coordination_membership_add"), typed)
    assert "role" in answer.context["adminform"].form.errors
    typed = {"email": by.user.email, "agency": town.outreach.pk, "role": "coordinator", "language": "fi"}
    answer = client.post(reverse("admin:coordination_invitation_add"), typed)
    assert "email" in answer.context["adminform"].form.errors
    assert not by.user.memberships.filter(role=ROLES.COORDINATOR).exists()


@pytest.mark.parametrize("role", POWER)
def test_power_is_told_to_those_who_have_it(cast, second, role):
    teacher = Membership.objects.get(pk=cast.teacher.pk)
    teacher.role = role
    commands.save_membership(membership=teacher, by=cast.administrator)
    everybody = pks(cast.coordinator, cast.second_coordinator, second, teacher)
    assert told("role_given") == everybody
    commands.save_membership(membership=teacher, by=cast.administrator)
    assert told("role_given") == everybody
    teacher.role = ROLES.PROFESSIONAL
    commands.save_membership(membership=teacher, by=cast.administrator)
    assert told("role_given") == everybody
    teacher.role = role
    commands.save_membership(membership=teacher, by=cast.administrator)
    assert len(told("role_given")) == 2 * len(everybody)


def test_power_by_invitation_is_told(cast):
    def joined(email, role):
        link = json.loads(Mail.objects.latest("pk").letter)["context"]["link"]
        return commands.accept(
            secret=link.rstrip("/").rsplit("/", 1)[1], first_name="Uuno", last_name="Uusi", password="kaunis-marraskuu"
        )

    for number, role in enumerate([ROLES.PROFESSIONAL, ROLES.COORDINATOR]):
        email = f"uusi{number}@example.test"
        commands.invite(email=email, agency=cast.outreach, role=role, by=cast.administrator)
        joined(email, role)
    assert told("role_given") == pks(cast.coordinator, cast.second_coordinator, cast.administrator)


# --- A membership stays whose it is -------------------------------------------------------------------------------


def test_a_saved_membership_keeps_its_person_and_agency(client, town):
    for changed in ({"agency": town.health}, {"user": town.nurse.user}, {"agency": town.other_school}):
        membership = Membership.objects.get(pk=town.teacher.pk)
        for name, value in changed.items():
            setattr(membership, name, value)
        by = town.other_administrator if membership.agency == town.other_school else town.administrator
        with pytest.raises(NotNow, match="can't be changed"):
            commands.save_membership(membership=membership, by=by)
    sign_in(client, town.administrator)
    page = client.get(change(town.teacher.user))
    row = page.context["inline_admin_formsets"][0].formset.forms[0]
    assert row.fields["agency"].disabled
    data = posted(page) | {"memberships-0-agency": town.health.pk, "memberships-0-job_title": "rehtori"}
    assert client.post(change(town.teacher.user), data).status_code == 302
    town.teacher.refresh_from_db()
    assert (town.teacher.agency, town.teacher.job_title) == (town.school, "rehtori")


def test_a_new_membership_is_added_on_the_users_page(client, town):
    sign_in(client, town.administrator)
    data = posted(client.get(change(town.teacher.user))) | {
        "memberships-TOTAL_FORMS": "2",
        "memberships-1-agency": town.health.pk,
        "memberships-1-role": "professional",
        "memberships-1-started_on": "2026-01-01",
        "memberships-1-user": town.teacher.user_id,
    }
    assert client.post(change(town.teacher.user), data).status_code == 302
    assert town.teacher.user.memberships.filter(agency=town.health).exists()
