"""The administration: each within the area of the membership acted for, and nothing of the case."""

import pytest
from django.contrib import admin
from django.urls import NoReverseMatch, reverse

from coordination.agencies.commands import add_membership
from coordination.agencies.models import (
    Agency,
    CovenantParty,
    Membership,
    Municipality,
    Training,
    User,
)
from tests.cast import sign_in
from tests.coordination.staffing.pages import change, changelist, posted

ROLES = Membership.Role


def test_the_administration_signs_in_where_everybody_does(client, db):
    assert client.get(reverse("admin:index")).url == reverse("admin:login") + "?next=/admin/"
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
    assert shown - {"coordination.Mail", "coordination.Feedback", "flags.FlaggingUnlock"} == {
        "coordination.Area",
        "coordination.County",
        "coordination.Municipality",
        "coordination.Agency",
        "coordination.User",
        "coordination.Membership",
        "coordination.Training",
        "coordination.Invitation",
        "coordination.Service",
        "coordination.Need",
        "coordination.ServiceClass",
        "coordination.TargetGroup",
        "coordination.SupportText",
        "coordination.PracticesAcceptance",
        "coordination.CardVersion",
        "coordination.CardTrial",
        "coordination.DeadlineRule",
        "pilots.Programme",
        "pilots.Pilot",
        "pilots.Instrument",
        "pilots.LicensedWording",
        "pilots.CoverageRule",
        "pilots.Finding",
        "pilots.QuestionnaireVersion",
        "pilots.Schedule",
        "auditlog.LogEntry",
    }


def test_the_index_shows_what_the_role_may(administrator):
    models = {
        model["object_name"] for app in administrator.get("/admin/").context["app_list"] for model in app["models"]
    }
    assert {"Area", "Agency", "User", "Membership", "Training", "Invitation", "LogEntry"} <= models
    assert "FlaggingUnlock" not in models


def test_lists_hold_the_own_area_only(administrator, town):
    own = {
        "coordination_area": {town.mikkeli.pk},
        "coordination_agency": set(Agency.objects.filter(area=town.mikkeli).values_list("pk", flat=True)),
        "coordination_user": set(
            User.objects.exclude(memberships__agency__area=town.kerava).values_list("pk", flat=True)
        ),
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
