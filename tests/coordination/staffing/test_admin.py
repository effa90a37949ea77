"""The administration: each within the area of the membership acted for, and nothing of the case."""

import pytest
from django.contrib import admin
from django.urls import NoReverseMatch, reverse
from django.utils import timezone, translation

from coordination.agencies.commands import add_membership
from coordination.agencies.models import (
    Agency,
    CovenantParty,
    LegalGround,
    Membership,
    Municipality,
    Training,
    User,
)
from coordination.outbox.models import Mail
from coordination.staffing import commands
from coordination.staffing.models import Invitation
from tests.cast import sign_in

ROLES = Membership.Role


@pytest.fixture
def town(cast):
    """What Kerava has, so that there is something to keep away from."""
    cast.other_administrator = cast.member("Aatu", "Toinen", cast.other_school, role=ROLES.ADMINISTRATOR)
    cast.other_ground = LegalGround.objects.create(area=cast.kerava, name_fi="Peruste", law="Laki 1 §")
    cast.other_invitation = commands.invite(
        email="x@example.test", agency=cast.other_school, by=cast.other_administrator
    )
    return cast


@pytest.fixture
def administrator(client, town):
    return sign_in(client, town.administrator)


@pytest.fixture
def coordinator(client, town):
    return sign_in(client, town.coordinator)


def change(row):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def changelist(model):
    return reverse(f"admin:{model}_changelist")


def posted(page, **changes):
    """What a browser would post from this page of the administration, with these fields changed."""
    form, data = page.context["adminform"].form, {}
    formsets = [one.formset for one in page.context["inline_admin_formsets"]]
    for one in [form, *[formset.management_form for formset in formsets], *[f for s in formsets for f in s.forms]]:
        for bound in one:
            value = bound.value()
            if value is None or value is False:
                continue
            data[bound.html_name] = [getattr(v, "pk", v) for v in value] if isinstance(value, list) else value
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in data.items()} | changes


# --- Who comes in ---------------------------------------------------------------------------------------------------


def test_the_administration_signs_in_where_everybody_does(client, db):
    assert client.get(reverse("admin:index")).status_code == 302
    assert client.get(reverse("admin:login")).url == reverse("account_login") + "?next=%2Fadmin%2F"


@pytest.mark.parametrize("who", ["teacher", "therapist", "stranger"])
def test_professionals_find_no_administration(client, cast, who):
    sign_in(client, getattr(cast, who))
    for path in ("", "login/", "coordination/user/", "coordination/nonsense/", "autocomplete/", "jsi18n/"):
        assert client.get(f"/admin/{path}").status_code == 404


def test_only_the_membership_acted_for_counts(client, cast):
    """A coordinator who acts as a teacher now, or as a coordinator of another town, has that role's rights only."""
    as_teacher = add_membership(user=cast.coordinator.user, agency=cast.school)
    sign_in(client, as_teacher)
    assert client.get(reverse("admin:index")).status_code == 404
    elsewhere = add_membership(user=cast.administrator.user, agency=cast.other_outreach, role=ROLES.COORDINATOR)
    sign_in(client, elsewhere)
    assert client.get(change(cast.kerava)).status_code == 200
    assert client.post(change(cast.kerava), {"name_fi": "Vallattu"}).status_code == 404
    assert client.get(change(cast.mikkeli)).status_code == 404


def test_case_content_is_not_registered(db):
    with pytest.raises(NoReverseMatch):
        reverse("admin:view_on_site", args=[1, 1])
    shown = {model._meta.label for model in admin.site._registry}
    assert shown - {"coordination.Mail", "flags.FlaggingUnlock"} == {
        "coordination.Area",
        "coordination.County",
        "coordination.Municipality",
        "coordination.Agency",
        "coordination.User",
        "coordination.Membership",
        "coordination.Training",
        "coordination.Invitation",
        "auditlog.LogEntry",
    }


def test_the_index_shows_what_the_role_may(administrator):
    models = {
        model["object_name"] for app in administrator.get("/admin/").context["app_list"] for model in app["models"]
    }
    assert {"Area", "Agency", "User", "Membership", "Training", "Invitation", "LogEntry"} <= models
    assert "FlaggingUnlock" not in models


# --- Own area only --------------------------------------------------------------------------------------------------


def test_lists_hold_the_own_area_only(administrator, town):
    own = {
        "coordination_area": {town.mikkeli.pk},
        "coordination_agency": set(Agency.objects.filter(area=town.mikkeli).values_list("pk", flat=True)),
        "coordination_user": set(User.objects.exclude(memberships__agency__area=town.kerava).values_list("pk", flat=True)),
        "coordination_membership": set(
            Membership.objects.filter(agency__area=town.mikkeli).values_list("pk", flat=True)
        ),
        "coordination_training": set(
            Training.objects.exclude(user__memberships__agency__area=town.kerava).values_list("pk", flat=True)
        ),
        "coordination_invitation": set(),
    }
    for model, pks in own.items():
        shown = administrator.get(changelist(model)).context["cl"].result_list
        assert {row.pk for row in shown} == pks, model


@pytest.mark.parametrize("who", ["administrator", "coordinator"])
def test_another_areas_row_is_a_missing_row(client, town, who):
    sign_in(client, getattr(town, who))
    foreign = [
        town.kerava,
        town.other_school,
        town.stranger.user,
        town.stranger,
        town.stranger.user.trainings.get(),
        town.other_invitation,
    ]
    for row in foreign:
        missing = reverse(f"admin:coordination_{row._meta.model_name}_change", args=[10**9])
        for path in (change(row), change(row).replace("change", "history"), missing, missing.replace("10", "x")):
            assert client.get(path).status_code == 404, path
        assert client.post(change(row), {"is_active": ""}).status_code == 404
        assert client.post(change(row).replace("change", "delete"), {"post": "yes"}).status_code == 404


def test_forged_ids_of_another_area_are_no_choices(administrator, town):
    user_page = administrator.get(change(town.teacher.user))
    data = posted(user_page) | {
        "memberships-TOTAL_FORMS": "2",
        "memberships-1-agency": town.other_school.pk,
        "memberships-1-role": "coordinator",
        "memberships-1-started_on": "2026-01-01",
        "memberships-1-user": town.teacher.user_id,
    }
    answer = administrator.post(change(town.teacher.user), data)
    assert answer.status_code == 200
    assert "agency" in answer.context["inline_admin_formsets"][0].formset.errors[1]
    membership = {"role": "professional", "started_on": "2026-01-01", "job_title": "", "ended_on": ""}
    for forged in (
        {"user": town.teacher.user_id, "agency": town.other_school.pk},
        {"user": town.stranger.user_id, "agency": town.school.pk},
    ):
        answer = administrator.post(reverse("admin:coordination_membership_add"), membership | forged)
        assert answer.context["adminform"].form.errors
    answer = administrator.post(
        reverse("admin:coordination_training_add"), {"user": town.stranger.user_id, "held_on": "2026-01-01"}
    )
    assert "user" in answer.context["adminform"].form.errors
    answer = administrator.post(
        reverse("admin:coordination_invitation_add"),
        {"email": "y@example.test", "agency": town.other_school.pk, "role": "professional", "language": "fi"},
    )
    assert "agency" in answer.context["adminform"].form.errors
    kerava = Municipality.objects.get(code="245")
    page = administrator.get(change(town.mikkeli))
    answer = administrator.post(change(town.mikkeli), posted(page, municipalities=[kerava.pk]))
    assert "municipalities" in answer.context["adminform"].form.errors
    data = posted(page) | {
        "covenant_parties-TOTAL_FORMS": "99",
        "covenant_parties-98-agency": town.other_school.pk,
        "covenant_parties-98-signed_on": "2026-01-01",
        "covenant_parties-98-area": town.mikkeli.pk,
    }
    assert administrator.post(change(town.mikkeli), data).status_code == 200
    assert not CovenantParty.objects.filter(area=town.mikkeli, agency=town.other_school).exists()


def test_autocomplete_offers_the_own_area_only(administrator, town):
    def offered(model, field, term=""):
        answer = administrator.get(
            reverse("admin:autocomplete"),
            {"app_label": "coordination", "model_name": model, "field_name": field, "term": term},
        )
        return {int(row["id"]) for row in answer.json()["results"]}

    assert offered("membership", "user", "Vieras") == set()
    assert offered("membership", "user", "Tiina") == {town.teacher.user_id}
    assert offered("invitation", "agency", "Keravan") == set()
    assert offered("invitation", "agency", "Päämaja") == {town.school.pk}


def test_columns_can_not_be_guessed_letter_by_letter(administrator):
    for query in ("password__startswith=a", "email__startswith=a", "memberships__agency__area=1"):
        assert administrator.get(f"{changelist('coordination_user')}?{query}").status_code == 400


@pytest.mark.parametrize("query", ["q=%00", "q=" + "x" * 5000, "p=x", "o=99.x", "is_active__exact=%00", "e=1"])
def test_no_query_breaks_a_list(administrator, query):
    assert administrator.get(f"{changelist('coordination_user')}?{query}").status_code in (200, 302, 404)


# --- What can be done -----------------------------------------------------------------------------------------------


def test_an_area_takes_free_municipalities_and_lets_go(administrator, town):
    mikkeli = Municipality.objects.get(code="491")
    free = Municipality.objects.create(
        code="097", name_fi="Hirvensalmi", county=mikkeli.county, region_code="10", language_relation=0
    )
    page = administrator.get(change(town.mikkeli))
    answer = administrator.post(change(town.mikkeli), posted(page, municipalities=[free.pk], threshold="1"))
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    town.mikkeli.refresh_from_db()
    assert town.mikkeli.threshold == 1
    assert list(town.mikkeli.municipalities.all()) == [free]
    mikkeli.refresh_from_db()
    assert mikkeli.area is None


def test_wrong_settings_hear_a_sentence(administrator, town):
    page = administrator.get(change(town.mikkeli))
    answer = administrator.post(change(town.mikkeli), posted(page, youngest_age="40", flag_lifetime_months="99"))
    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors


def test_a_new_agency_belongs_to_the_own_area(administrator, town):
    typed = {"name_fi": "Uusi", "sector": "third", "kind": "association", "area": town.kerava.pk}
    assert administrator.post(reverse("admin:coordination_agency_add"), typed).status_code == 302
    assert Agency.objects.get(name_fi="Uusi").area == town.mikkeli


def test_a_user_is_changed_without_touching_password_or_rights(administrator, town):
    page = administrator.get(change(town.teacher.user))
    names = set(page.context["adminform"].form.fields)
    assert not names & {"password", "groups", "user_permissions", "is_staff", "is_superuser"}
    data = posted(page, email="Tiina.Uusi@example.test", is_staff="on", password="x")
    data["memberships-0-role"] = "coordinator"
    answer = administrator.post(change(town.teacher.user), data)
    assert answer.status_code == 302
    user = User.objects.get(pk=town.teacher.user_id)
    assert user.email == "tiina.uusi@example.test"
    assert user.password == town.teacher.user.password
    assert user.groups.filter(name="Coordinators").exists()


def test_a_user_of_two_areas_is_only_looked_at(administrator, town):
    add_membership(user=town.stranger.user, agency=town.school)
    page = administrator.get(change(town.stranger.user))
    assert page.status_code == 200
    assert "Keravan" not in page.content.decode()
    administrator.post(change(town.stranger.user), posted(page, email="taken@example.test", is_active=""))
    town.stranger.user.refresh_from_db()
    assert town.stranger.user.email == "ville.vieras@example.test"
    assert town.stranger.user.is_active


def test_who_has_moved_to_another_town_is_that_towns(administrator, town):
    add_membership(user=town.nurse.user, agency=town.other_school)
    assert administrator.get(change(town.nurse.user)).status_code == 200
    commands.end_membership(membership=town.nurse, by=town.administrator)
    assert administrator.get(change(town.nurse.user)).status_code == 404


def test_the_last_administrator_hears_a_sentence(administrator, town):
    page = administrator.get(change(town.administrator))
    for changed in ({"role": "professional"}, {"ended_on": timezone.localdate().isoformat()}):
        with translation.override("en"):
            answer = administrator.post(change(town.administrator), posted(page, **changed))
        assert answer.status_code == 200
        assert answer.context["adminform"].form.non_field_errors()
    page = administrator.get(change(town.administrator.user))
    data = {name: value for name, value in posted(page).items() if name != "is_active"}
    answer = administrator.post(change(town.administrator.user), data)
    assert "is_active" in answer.context["adminform"].form.errors
    town.administrator.refresh_from_db()
    assert (town.administrator.role, town.administrator.ended_on) == (ROLES.ADMINISTRATOR, None)


def test_coordinators_record_trainings_and_look_at_the_rest(coordinator, town):
    for row in (town.mikkeli, town.school, town.teacher.user, town.teacher):
        assert coordinator.get(change(row)).status_code == 200
        assert coordinator.post(change(row), {"name_fi": "Uusi"}).status_code == 404
    typed = {"user": town.teacher.user_id, "held_on": "2026-03-01"}
    assert coordinator.post(reverse("admin:coordination_training_add"), typed).status_code == 302
    assert town.teacher.user.trainings.count() == 2
    answer = coordinator.post(reverse("admin:coordination_training_add"), typed | {"held_on": "2099-01-01"})
    assert "held_on" in answer.context["adminform"].form.errors


def test_inviting_listing_and_withdrawing(administrator, town):
    mails = Mail.objects.count()
    typed = {"email": "Uusi@example.test", "agency": town.school.pk, "role": "coordinator", "language": "sv"}
    assert administrator.post(reverse("admin:coordination_invitation_add"), typed).status_code == 302
    invitation = Invitation.objects.get(agency=town.school)
    assert (invitation.email, invitation.made_by) == ("uusi@example.test", town.administrator)
    assert Mail.objects.count() == mails + 1
    twice = administrator.post(reverse("admin:coordination_invitation_add"), typed, follow=True)
    assert twice.status_code == 200
    assert Mail.objects.count() == mails + 1
    assert administrator.get(change(invitation)).status_code == 200
    chosen = {"action": "withdraw", "_selected_action": [invitation.pk, town.other_invitation.pk]}
    administrator.post(changelist("coordination_invitation"), chosen)
    invitation.refresh_from_db()
    town.other_invitation.refresh_from_db()
    assert invitation.withdrawn_at
    assert town.other_invitation.withdrawn_at is None


def test_a_coordinator_invites_professionals_only(coordinator, town):
    typed = {"email": "uusi@example.test", "agency": town.school.pk, "role": "administrator", "language": "fi"}
    answer = coordinator.post(reverse("admin:coordination_invitation_add"), typed)
    assert "role" in answer.context["adminform"].form.errors
    answer = coordinator.post(reverse("admin:coordination_invitation_add"), typed | {"role": "professional"})
    assert answer.status_code == 302


def test_the_history_tells_of_the_own_area_and_never_of_cases(administrator, town):
    town.cast_flag = town.flag(town.teacher, settle=False)
    shown = administrator.get(changelist("auditlog_logentry") + "?all=").context["cl"].result_list
    kinds = {entry.content_type.model for entry in shown}
    assert {"area", "agency", "user", "membership", "training", "covenantparty"} <= kinds
    assert not kinds & {"flag", "youngperson", "ground", "followup"}
    assert not [entry for entry in shown if "Kerava" in entry.object_repr]
    entry = shown[0]
    assert administrator.get(change(entry)).status_code == 200
    assert administrator.post(change(entry), {}).status_code == 404
    history = administrator.get(change(town.school).replace("change", "history"), follow=True)
    assert {entry.object_repr for entry in history.context["cl"].result_list} == {"Päämajakoulu"}


@pytest.mark.parametrize(
    "model", ["agency", "user", "membership", "training", "invitation", "municipality", "county", "area"]
)
def test_a_list_costs_the_same_for_one_row_and_for_thirty(administrator, town, model, django_assert_max_num_queries):
    def cost():
        with django_assert_max_num_queries(15) as queries:
            assert administrator.get(changelist(f"coordination_{model}")).status_code == 200
        return len(queries)

    commands.invite(email="0@example.test", agency=town.school, by=town.administrator)
    cost()  # content types are remembered from here on
    few = cost()
    for number in range(30):
        agency = town.agency(f"Toimija {number}", Agency.Kind.SCHOOL)
        town.member(f"Nimi{chr(97 + number)}x", "Sukunimi", agency)
        commands.invite(email=f"z{number}@example.test", agency=agency, by=town.administrator)
    assert cost() == few


def test_the_history_costs_the_same_for_few_and_many(administrator, town, django_assert_max_num_queries):
    for rows in (0, 30):
        for number in range(rows):
            town.agency(f"Toimija {number}", Agency.Kind.SCHOOL)
        with django_assert_max_num_queries(15):
            administrator.get(changelist("auditlog_logentry"))
