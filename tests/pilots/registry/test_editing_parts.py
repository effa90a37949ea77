"""The pages of a pilot's sites, partners, milestones, risks and leads."""

from datetime import date, timedelta

import pytest
from django.test import Client

from coordination.clocks.rules import today
from pilots.registry.commands.leads import add_lead
from pilots.registry.models import Milestone, Partner, Risk, Site
from pilots.registry.queries.editing import open_leads
from tests.pilots.registry.pages import Browser, address, day, is_refused
from tests.pilots.registry.piloting import begun

PARTS = {
    "site": (Site, {"name_fi": "Keskustan koulu"}),
    "partner": (Partner, {"name_fi": "Pesäpuu ry", "kind": "association"}),
    "milestone": (Milestone, {"name_fi": "Puoliväli"} | day("due_on", date(2026, 12, 1))),
    "risk": (Risk, {"words": "Kukaan ei tule", "likelihood": "2", "impact": "3", "answer": "Haetaan kotoa"}),
}


def part(coordinator, pilot, kind):
    """One part of this kind, added on its page."""
    coordinator.send(address(kind, pilot), **PARTS[kind][1])
    return PARTS[kind][0].objects.get(pilot=pilot)


# --- Parts ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", PARTS)
def test_a_part_is_added_once_shown_and_removed_once(coordinator, pilot, kind):
    path, (model, typed) = address(kind, pilot), PARTS[kind]
    data = coordinator.form(path) | typed
    for _time in range(2):
        assert coordinator.client.post(path, data)["Location"] == path
    made = model.objects.get(pilot=pilot)
    assert next(iter(typed.values())) in coordinator.text(path)
    remove = address("remove_part", pilot, kind, made.public_id)
    assert coordinator.client.get(remove)["Location"] == path
    assert model.objects.exists()
    assert coordinator.client.post(remove)["Location"] == path
    assert not model.objects.exists()
    assert coordinator.client.post(remove).status_code == 404


@pytest.mark.parametrize("kind", PARTS)
def test_a_refused_part_keeps_what_was_typed(coordinator, pilot, kind):
    typed = {name: "" if name in ("name_fi", "answer") else value for name, value in PARTS[kind][1].items()}
    answer = coordinator.send(address(kind, pilot), **typed | {"name_sv": "På svenska", "words": "Kukaan"})
    assert is_refused(answer, "Fill in this field.")
    assert ("På svenska" if kind != "risk" else "Kukaan</textarea>") in answer.content.decode()
    assert not PARTS[kind][0].objects.exists()


@pytest.mark.parametrize("kind", PARTS)
def test_another_pilots_part_is_not_there(cast, coordinator, pilot, kind):
    made = part(coordinator, pilot, kind)
    own = begun(cast.other_coordinator)
    other = Browser(Client(), cast.other_coordinator)
    for target, status in ((pilot, 404), (own, 404)):
        answer = other.client.post(address("remove_part", target, kind, made.public_id))
        assert answer.status_code == status
    assert coordinator.client.post(address("remove_part", pilot, "pilot", made.public_id)).status_code == 404
    assert PARTS[kind][0].objects.get() == made


def test_agencies_whose_names_are_not_for_the_lead_are_no_choice(cast, pilot):
    add_lead(pilot=pilot, membership=cast.teacher, by=cast.coordinator)
    teacher = Browser(Client(), cast.teacher)
    said = teacher.text(address("site", pilot))
    assert "Päämajakoulu" in said
    assert "Päihdeklinikka" not in said
    answer = teacher.send(address("site", pilot), name_fi="Koulu", agency=str(cast.clinic.pk))
    assert is_refused(answer, "Choose one of the agencies.")
    answer = teacher.send(address("site", pilot), name_fi="Koulu", agency=str(cast.other_school.pk))
    assert is_refused(answer, "Choose one of the agencies.")
    assert not Site.objects.exists()


def test_a_milestone_is_done_and_not_done_after_all(coordinator, pilot):
    made = part(coordinator, pilot, "milestone")
    done, reopened = (address(name, pilot, made.public_id) for name in ("complete", "reopen"))
    assert coordinator.client.get(done).status_code == 302
    assert Milestone.objects.get().done_on is None
    coordinator.client.post(done)
    assert Milestone.objects.get().done_on == today()
    assert "This has been done already." in coordinator.client.post(done, follow=True).content.decode()
    coordinator.client.post(reopened)
    assert Milestone.objects.get().done_on is None
    assert "This hasn&#x27;t been done yet." in coordinator.client.post(reopened, follow=True).content.decode()


def test_a_risk_is_over(coordinator, pilot):
    made = part(coordinator, pilot, "risk")
    close = address("close_risk", pilot, made.public_id)
    coordinator.client.post(close)
    assert Risk.objects.get().closed_on == today()
    assert "This risk is over already." in coordinator.client.post(close, follow=True).content.decode()
    assert address("close_risk", pilot, made.public_id) not in coordinator.text(address("risk", pilot))


def test_a_late_milestone_is_said_on_its_page(cast, coordinator, pilot):
    Milestone.objects.create(pilot=pilot, name_fi="Alkuarvio", due_on=today() - timedelta(days=3))
    assert "clock--late" in coordinator.text(address("milestone", pilot))


# --- Leads ----------------------------------------------------------------------------------------------------------


def test_leads_come_and_go_but_never_the_last(cast, coordinator, pilot):
    path = address("leads", pilot)
    last = address("end_lead", pilot, cast.coordinator.public_id)
    assert last not in coordinator.text(path)
    assert "Name somebody else to lead" in coordinator.client.post(last, follow=True).content.decode()
    data = coordinator.form(path) | {"who": str(cast.teacher.public_id)}
    for _time in range(2):
        assert coordinator.client.post(path, data)["Location"] == path
    assert {lead.membership for lead in open_leads(pilot)} == {cast.coordinator, cast.teacher}
    assert last in coordinator.text(path)
    # Whoever ends their own lead is back on the pilot's page.
    assert coordinator.client.post(last)["Location"] == pilot.get_absolute_url()
    assert coordinator.status(path) == 404
    assert open_leads(pilot).get().membership == cast.teacher


def test_only_people_of_the_own_area_whose_names_are_known_lead(cast, pilot):
    add_lead(pilot=pilot, membership=cast.teacher, by=cast.coordinator)
    teacher = Browser(Client(), cast.teacher)
    path = address("leads", pilot)
    said = teacher.text(path)
    assert "Niina Hoitaja, Kouluterveydenhuolto" in said
    assert "Pia Päihde" not in said
    assert "Päihdeklinikka" not in said
    for one in (cast.therapist, cast.other_coordinator):
        assert is_refused(teacher.send(path, who=str(one.public_id)), "Choose one of these people.")
    assert is_refused(teacher.send(path), "Choose one.")
    assert open_leads(pilot).count() == 2
