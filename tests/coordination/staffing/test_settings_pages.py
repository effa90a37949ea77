"""Proposing in the administration, and deciding on a page."""

import pytest
from django.urls import reverse

from coordination.agencies.models import Area, LegalGround, Membership
from coordination.staffing.models import SettingChange
from tests.cast import sign_in
from tests.coordination.staffing.pages import change as admin_page
from tests.coordination.staffing.pages import posted


@pytest.fixture
def second(town):
    """Another administrator, who reads English."""
    return town.member("Aila", "Toinen", town.town, role=Membership.Role.ADMINISTRATOR, language="en")


def save(client, town, **typed):
    page = client.get(admin_page(town.mikkeli))
    return client.post(admin_page(town.mikkeli), posted(page, **typed), follow=True)


def page_of(change, action=""):
    return f"{reverse('staffing:change', args=[change.public_id])}{action}"


def test_saving_proposes_and_says_so(administrator, town, second):
    answer = save(administrator, town, threshold="1", oldest_age="27")
    change = SettingChange.objects.get()
    assert reverse("staffing:changes") in answer.content.decode()
    area = Area.objects.get(pk=town.mikkeli.pk)
    assert (area.threshold, area.oldest_age, change.field) == (2, 27, "threshold")


def test_alone_the_field_says_whom_to_invite(administrator, town):
    answer = save(administrator, town, threshold="1", different_agencies="")
    assert {"threshold"} <= set(answer.context["adminform"].form.errors)
    assert not SettingChange.objects.exists()


def test_informing_needs_its_basis(administrator, town, second):
    answer = save(administrator, town, reveal_rule="inform")
    assert "inform_basis" in answer.context["adminform"].form.errors
    save(administrator, town, reveal_rule="inform", inform_basis="Laki 1 §")
    assert SettingChange.objects.get().basis == "Laki 1 §"


def test_a_ground_in_law_is_proposed_and_stays_what_it_says(administrator, town, second):
    page = administrator.get(admin_page(town.mikkeli))
    prefix = "legal_grounds"
    new = {f"{prefix}-TOTAL_FORMS": "2", f"{prefix}-1-law": "Laki 2 §", f"{prefix}-1-name_fi": "Uusi"}
    new |= {f"{prefix}-1-is_active": "on", f"{prefix}-1-area": town.mikkeli.pk, f"{prefix}-0-law": "Muu laki"}
    assert administrator.post(admin_page(town.mikkeli), posted(page) | new).status_code == 302
    assert LegalGround.objects.get(name_fi="Uusi").is_active is False
    assert SettingChange.objects.get().what == "ground"
    town.legal_ground.refresh_from_db()
    assert town.legal_ground.law == "Nuorisolaki 1285/2016 11 §"


def test_the_second_person_reads_and_confirms(administrator, town, second, client):
    save(administrator, town, threshold="1")
    change = SettingChange.objects.get()
    sign_in(client, second)
    assert page_of(change) in client.get(reverse("staffing:changes")).content.decode()
    text = client.get(page_of(change)).content.decode()
    assert "Fewer flags are enough" in text
    assert "Anna Pääkäyttäjä" in text
    assert (
        "Confirmed." in client.post(page_of(change, "decide/"), {"decision": "confirm"}, follow=True).content.decode()
    )
    assert Area.objects.get(pk=town.mikkeli.pk).threshold == 1
    again = client.post(page_of(change, "decide/"), {"decision": "decline"}, follow=True).content.decode()
    assert "decided already" in again


@pytest.mark.parametrize("decision", ["", "maybe", "\0"])
def test_a_forged_decision_is_none(administrator, town, second, client, decision):
    save(administrator, town, threshold="1")
    change = SettingChange.objects.get()
    sign_in(client, second)
    assert client.post(page_of(change, "decide/"), {"decision": decision}).status_code == 404
    assert SettingChange.objects.get().state == "waiting"


def test_the_proposer_withdraws_and_cannot_confirm(administrator, town, second):
    save(administrator, town, threshold="1")
    change = SettingChange.objects.get()
    assert administrator.post(page_of(change, "decide/"), {"decision": "confirm"}).status_code == 404
    assert administrator.get(page_of(change, "decide/")).status_code == 405
    assert administrator.post(page_of(change, "withdraw/")).status_code == 302
    assert SettingChange.objects.get().state == "withdrawn"


def test_a_coordinator_reads_and_decides_nothing(administrator, coordinator, town, second):
    save(sign_in(administrator, town.administrator), town, threshold="1")
    change = SettingChange.objects.get()
    reader = sign_in(coordinator, town.coordinator)
    page = reader.get(page_of(change)).content.decode()
    assert "decide/" not in page
    for action in ("decide/", "withdraw/"):
        assert reader.post(page_of(change, action), {"decision": "confirm"}).status_code == 404


@pytest.mark.parametrize("rows", [1, 20])
def test_the_list_costs_the_same_for_one_and_for_many(town, second, client, rows, django_assert_max_num_queries):
    from coordination.agencies.models import Agency
    from coordination.staffing.commands import save_agency

    for number in range(rows):
        agency = Agency.objects.create(
            area=town.mikkeli, name_fi=f"A{number}", sector="third", kind="other", sensitive=True
        )
        agency.sensitive = False
        save_agency(agency=agency, by=town.administrator)
    sign_in(client, second)
    with django_assert_max_num_queries(14):
        assert client.get(reverse("staffing:changes")).status_code == 200


def test_the_areas_page_stays_cheap(administrator, town, second, django_assert_max_num_queries):
    save(administrator, town, threshold="1", youngest_age="12")
    with django_assert_max_num_queries(15):
        administrator.get(reverse("admin:coordination_area_changelist"))


def test_what_was_typed_stands_when_the_saving_is_refused(administrator, town, second):
    save(administrator, town, threshold="1")
    answer = save(administrator, town, threshold="1", days_to_contact="4")
    form = answer.context["adminform"].form
    assert form.non_field_errors()
    assert (form["threshold"].value(), form["days_to_contact"].value()) == ("1", "4")
    town.mikkeli.refresh_from_db()
    assert town.mikkeli.days_to_contact != 4
    assert SettingChange.objects.count() == 1
