"""Sites, partners, milestones and risks come, are done with, and go; and who leads a pilot."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from coordination.agencies.models import Municipality
from coordination.agencies.rules import NotNow
from coordination.clocks.rules import today
from pilots.registry.commands import parts
from pilots.registry.commands.leads import add_lead, end_lead
from pilots.registry.commands.pilots import change_facts
from pilots.registry.models import Milestone, Partner, Risk, Site
from pilots.registry.queries.editing import able_to_lead, may_edit, open_leads, without_lead
from tests.pilots.registry.piloting import begun, now, of_the_portal

pytestmark = pytest.mark.django_db
ADDED = {
    Site: (parts.add_site, {"name_fi": "Koulu"}),
    Partner: (parts.add_partner, {"kind": "school", "name_fi": "Koulu"}),
    Milestone: (parts.add_milestone, {"name_fi": "Aloitus", "due_on": date(2026, 9, 1)}),
    Risk: (parts.add_risk, {"words": "Kiire", "likelihood": 2, "impact": 3, "answer": "Sijainen"}),
}


def added(model, pilot, by, **more):
    command, said = ADDED[model]
    return command(pilot=pilot, by=by, **{"token": uuid4()} | said | more)


@pytest.mark.parametrize("model", ADDED)
def test_a_part_is_added_once_and_removed_once(cast, model):
    pilot, token = begun(cast.coordinator), uuid4()
    first, second = (added(model, pilot, cast.coordinator, token=token) for _again in range(2))
    assert first == second
    assert model.objects.count() == 1
    parts.remove(part=first, by=cast.administrator)
    assert not model.objects.exists()
    with pytest.raises(NotNow):
        parts.remove(part=first, by=cast.coordinator)


@pytest.mark.parametrize("model", ADDED)
def test_others_add_and_remove_nothing(cast, model):
    pilot = begun(cast.coordinator)
    made = added(model, pilot, cast.coordinator)
    for by in (cast.teacher, cast.second_coordinator, cast.stranger, cast.other_coordinator):
        for change in (lambda by=by: added(model, pilot, by), lambda by=by: parts.remove(part=made, by=by)):
            with pytest.raises(NotNow):
                change()
    with pytest.raises(NotNow):
        added(model, of_the_portal(), cast.administrator)
    assert model.objects.get() == made


@pytest.mark.parametrize("model", ADDED)
def test_a_part_has_a_name(cast, model):
    name = "words" if model is Risk else "name_fi"
    with pytest.raises(NotNow):
        added(model, begun(cast.coordinator), cast.coordinator, **{name: " "})


def test_a_site_may_be_of_a_municipality_and_of_an_agency_of_the_own_area(cast):
    pilot, municipality = begun(cast.coordinator), Municipality.objects.get(code="245")
    site = added(Site, pilot, cast.coordinator, municipality=municipality, agency=cast.clinic)
    assert (site.municipality, site.agency) == (municipality, cast.clinic)
    with pytest.raises(NotNow):
        added(Site, pilot, cast.coordinator, agency=cast.other_school)


def test_the_map_has_a_pilot_where_its_sites_are(cast):
    pilot, municipality = begun(cast.coordinator), Municipality.objects.get(code="245")
    assert municipality.county not in pilot.counties.all()
    added(Site, pilot, cast.coordinator, municipality=municipality)
    assert municipality.county in pilot.counties.all()
    with pytest.raises(NotNow):  # a page of facts that was opened before would take the county away again
        change_facts(pilot=pilot, number=pilot.number, counties=[], by=cast.coordinator)


@pytest.mark.parametrize("grade", [0, 4])
def test_a_risk_is_from_small_to_great(cast, grade):
    pilot = begun(cast.coordinator)
    for name in ("likelihood", "impact"):
        with pytest.raises(NotNow):
            added(Risk, pilot, cast.coordinator, **{name: grade})
    assert added(Risk, pilot, cast.coordinator).seriousness == 6


def test_a_milestone_is_done_and_done_no_more(cast):
    made = added(Milestone, begun(cast.coordinator), cast.coordinator)
    with pytest.raises(NotNow):
        parts.complete(milestone=made, done_on=today() + timedelta(days=1), by=cast.coordinator)
    parts.complete(milestone=made, done_on=today(), by=cast.coordinator)
    with pytest.raises(NotNow):
        parts.complete(milestone=made, done_on=today(), by=cast.coordinator)
    assert parts.reopen(milestone=made, by=cast.coordinator).done_on is None
    with pytest.raises(NotNow):
        parts.reopen(milestone=made, by=cast.coordinator)


def test_a_risk_is_over_once(cast):
    made = added(Risk, begun(cast.coordinator), cast.coordinator)
    assert parts.close_risk(risk=made, by=cast.coordinator).closed_on == today()
    with pytest.raises(NotNow):
        parts.close_risk(risk=made, by=cast.coordinator)


# --- Leads ----------------------------------------------------------------------------------------------------------


def test_somebody_of_the_area_is_named_to_lead_and_may_change_it_then(cast):
    pilot = begun(cast.coordinator)
    assert {cast.teacher, cast.therapist} <= set(able_to_lead(cast.mikkeli))
    assert cast.stranger not in able_to_lead(cast.mikkeli)
    assert add_lead(pilot=pilot, membership=cast.teacher, by=cast.coordinator) == add_lead(
        pilot=pilot, membership=cast.teacher, by=cast.coordinator
    )
    assert may_edit(cast.teacher, pilot)
    end_lead(pilot=pilot, membership=cast.coordinator, by=cast.teacher)
    assert not may_edit(cast.coordinator, pilot)
    assert [one.membership for one in open_leads(pilot)] == [cast.teacher]


def test_the_last_lead_stays_until_there_is_another(cast):
    pilot = begun(cast.coordinator)
    with pytest.raises(NotNow):
        end_lead(pilot=pilot, membership=cast.coordinator, by=cast.administrator)
    add_lead(pilot=pilot, membership=cast.nurse, by=cast.administrator)
    end_lead(pilot=pilot, membership=cast.coordinator, by=cast.administrator)
    with pytest.raises(NotNow):
        end_lead(pilot=pilot, membership=cast.coordinator, by=cast.administrator)


def test_nobody_of_another_area_leads_and_nobody_names_themselves(cast):
    pilot = begun(cast.coordinator)
    for membership, by in ((cast.stranger, cast.coordinator), (cast.teacher, cast.teacher)):
        with pytest.raises(NotNow):
            add_lead(pilot=pilot, membership=membership, by=by)


def test_a_pilot_without_a_lead_is_found(cast):
    pilots = begun(cast.coordinator), begun(cast.administrator)
    of_the_portal()
    found = without_lead(type(pilots[0]).objects.all())
    assert not found.exists()
    pilots[0].leads.get().delete()
    assert list(found) == [now(pilots[0])]
