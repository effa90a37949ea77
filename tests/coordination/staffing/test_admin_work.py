"""What coordinators and administrators get done in the administration, and what it costs."""

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from coordination.agencies.commands import add_membership
from coordination.agencies.models import (
    Agency,
    CovenantParty,
    Membership,
    Municipality,
    User,
)
from coordination.outbox.models import Mail
from coordination.staffing import commands
from coordination.staffing.models import Invitation, SettingChange
from tests.coordination.staffing.pages import change, changelist, posted

ROLES = Membership.Role
# A row within the page of an area, but for its agency.
ROW = {"signed_on": "1.3.2026", "ended_on": "", "id": ""}


def test_an_area_takes_free_municipalities_and_lets_go(administrator, town):
    mikkeli = Municipality.objects.get(code="491")
    free = Municipality.objects.create(
        code="097", name_fi="Hirvensalmi", county=mikkeli.county, region_code="10", language_relation=0
    )
    page = administrator.get(change(town.mikkeli))
    town.member("Aila", "Toinen", town.town, role=ROLES.ADMINISTRATOR)
    answer = administrator.post(change(town.mikkeli), posted(page, municipalities=[free.pk], oldest_age="27"))
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    town.mikkeli.refresh_from_db()
    assert town.mikkeli.oldest_age == 27
    mikkeli.refresh_from_db()
    assert mikkeli.area is None
    assert SettingChange.objects.get().new == [free.pk]


def test_wrong_settings_hear_a_sentence(administrator, town):
    page = administrator.get(change(town.mikkeli))
    answer = administrator.post(change(town.mikkeli), posted(page, youngest_age="40", flag_lifetime_months="99"))
    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors


@pytest.mark.parametrize(
    "forged", [{}, {"covenant_parties-INITIAL_FORMS": "0"}, {"covenant_parties-INITIAL_FORMS": "-1"}]
)
def test_an_agency_that_has_signed_already_is_said_and_nothing_is_saved(administrator, town, forged):
    """Django asks the database alone about the constraints of rows within a page."""
    page = administrator.get(change(town.mikkeli))
    signed, before = CovenantParty.objects.filter(area=town.mikkeli).first(), CovenantParty.objects.count()
    place = int(posted(page)["covenant_parties-TOTAL_FORMS"])
    again = {f"covenant_parties-{place}-{name}": value for name, value in ROW.items()} | {
        "covenant_parties-TOTAL_FORMS": place + 1,
        f"covenant_parties-{place}-agency": signed.agency_id,
        f"covenant_parties-{place}-area": town.mikkeli.pk,
    }
    answer = administrator.post(change(town.mikkeli), posted(page, coordinator_hours="9–15", **again) | forged)
    assert answer.status_code == 200
    assert "Tämä toimija on jo allekirjoittanut" in answer.content.decode()
    assert "9–15" in answer.content.decode()
    assert CovenantParty.objects.count() == before


def test_a_new_agency_belongs_to_the_own_area(administrator, town):
    typed = {"name_fi": "Uusi", "sector": "third", "kind": "association", "area": town.kerava.pk}
    assert administrator.post(reverse("admin:coordination_agency_add"), typed).status_code == 302
    assert Agency.objects.get(name_fi="Uusi").area == town.mikkeli


def test_who_receives_reports_is_proposed_from_the_agencys_page(administrator, town):
    add = administrator.get(reverse("admin:coordination_agency_add")).content.decode()
    assert "takes_reports" not in add
    town.member("Aila", "Toinen", town.town, role=Membership.Role.ADMINISTRATOR)
    page = administrator.get(change(town.social))
    assert administrator.post(change(town.social), posted(page, takes_reports="on")).status_code == 302
    assert [one.field for one in SettingChange.objects.all()] == ["takes_reports"]
    page = administrator.get(change(town.school))
    assert administrator.post(change(town.school), posted(page, takes_reports="on")).status_code == 200


def test_a_user_is_changed_without_touching_password_or_rights(administrator, town):
    page = administrator.get(change(town.teacher.user))
    names = set(page.context["adminform"].form.fields)
    assert not names & {"password", "groups", "user_permissions", "is_staff", "is_superuser"}
    data = posted(page, phone="+358 40 765 4321", is_staff="on", password="x")
    data["memberships-0-role"] = "coordinator"
    answer = administrator.post(change(town.teacher.user), data)
    assert answer.status_code == 302
    user = User.objects.get(pk=town.teacher.user_id)
    assert user.phone == "+358407654321"
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
    school = town.agency("Uusi koulu", "school")
    town.member("Uusi", "Opettaja", school)
    town.flag(town.teacher, settle=False)
    shown = administrator.get(changelist("auditlog_logentry") + "?all=").context["cl"].result_list
    kinds = {entry.content_type.model for entry in shown}
    assert {"area", "agency", "user", "membership", "training", "covenantparty"} <= kinds
    assert not kinds & {"flag", "youngperson", "ground", "followup"}
    assert not [entry for entry in shown if "Kerava" in entry.object_repr]
    entry = shown[0]
    assert administrator.get(change(entry)).status_code == 200
    assert administrator.post(change(entry), {}).status_code == 404
    history = administrator.get(change(school).replace("change", "history"), follow=True)
    assert {entry.object_repr for entry in history.context["cl"].result_list} == {"Uusi koulu"}


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
