"""Beginning a pilot and writing what it says: who may, and that nothing is overwritten unseen."""

from datetime import date
from uuid import uuid4

import pytest
from django.http import Http404

from coordination.agencies.models import County
from coordination.agencies.rules import NotNow
from coordination.staffing.commands import disable_user
from pilots.registry.commands.pilots import change_facts, save_texts, tick
from pilots.registry.models import Pilot, Programme
from pilots.registry.queries.editing import (
    counties_of,
    may_edit,
    own_pilot_or_404,
    pilot_or_404,
    programmes_for,
)
from pilots.registry.states import PilotState
from tests.pilots.registry.piloting import STARTS, begun, in_state, now, of_the_portal, text

pytestmark = pytest.mark.django_db
EVERYBODY = (
    *("teacher", "nurse", "therapist", "coordinator", "second_coordinator", "administrator"),
    *("stranger", "other_coordinator"),
)


def both(in_place):
    """Texts in two languages with these points."""
    return {"fi": text("Kirje", in_place=in_place), "sv": text("Brev", in_place=in_place)}


# --- Who may --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", EVERYBODY)
def test_administrators_and_coordinators_begin_pilots_of_their_own_area(cast, who):
    by = getattr(cast, who)
    if who in ("coordinator", "second_coordinator", "administrator", "other_coordinator"):
        pilot = begun(by)
        assert (pilot.area, pilot.state) == (by.agency.area, PilotState.PLANNED)
        assert pilot.leads.get().membership == by
    else:
        with pytest.raises(NotNow):
            begun(by)
        assert not Pilot.objects.exists()


@pytest.mark.parametrize("who", EVERYBODY)
def test_its_lead_and_the_areas_administrators_change_a_pilot(cast, who):
    pilot, by = begun(cast.coordinator), getattr(cast, who)
    assert pilot_or_404(pilot.public_id) == pilot
    if who in ("coordinator", "administrator"):
        assert may_edit(by, pilot)
        assert own_pilot_or_404(by, pilot.public_id) == pilot
        assert tick(pilot=pilot, in_place=[0], number=1, by=by).in_place == [0]
    else:
        assert not may_edit(by, pilot)
        with pytest.raises(Http404):
            own_pilot_or_404(by, pilot.public_id)
        for change in (
            lambda: tick(pilot=pilot, in_place=[0], number=1, by=by),
            lambda: change_facts(pilot=pilot, number=1, by=by, contact="x"),
            lambda: save_texts(pilot=pilot, texts={"fi": {"aim": "x"}}, number=1, by=by),
        ):
            with pytest.raises(NotNow):
                change()
        assert now(pilot).number == 1


@pytest.mark.parametrize("who", EVERYBODY)
def test_nobody_changes_what_comes_with_the_portal(cast, who):
    pilot, by = of_the_portal(), getattr(cast, who)
    pilot.leads.create(membership=by)
    assert not may_edit(by, pilot)
    with pytest.raises(NotNow):
        tick(pilot=pilot, in_place=[0], number=1, by=by)


def test_a_lead_whose_account_is_closed_changes_nothing(cast):
    pilot = begun(cast.coordinator)
    disable_user(user=cast.coordinator.user, by=cast.administrator)
    cast.coordinator.user.refresh_from_db()
    assert not may_edit(cast.coordinator, pilot)


# --- Beginning ------------------------------------------------------------------------------------------------------


def test_the_same_form_sent_twice_begins_one_pilot(cast):
    token = uuid4()
    assert begun(cast.coordinator, token=token) == begun(cast.coordinator, token=token)
    assert Pilot.objects.count() == 1
    with pytest.raises(NotNow):
        begun(cast.other_coordinator, token=token)


@pytest.mark.parametrize("missing", ["name", "aim", "target_group"])
def test_a_pilot_says_what_is_tried_and_for_whom(cast, missing):
    for texts in ({"fi": text() | {missing: " "}}, {}):
        with pytest.raises(NotNow):
            begun(cast.coordinator, texts=texts or {"sv": {}})
    assert not Pilot.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"youngest_age": 18, "oldest_age": 13}, {"ends_on": date(2025, 12, 31)}], ids=["ages", "days"]
)
def test_facts_that_contradict_each_other_are_refused(cast, wrong):
    with pytest.raises(NotNow):
        begun(cast.coordinator, **wrong)
    pilot = begun(cast.coordinator)
    with pytest.raises(NotNow):
        change_facts(pilot=pilot, number=1, by=cast.coordinator, **wrong)


def test_a_programme_is_of_the_own_area_or_of_the_portal(cast):
    own, foreign = (
        Programme.objects.create(name_fi="Ohjelma", area=area, from_year=2021) for area in (cast.mikkeli, cast.kerava)
    )
    common = Programme.objects.create(name_fi="Ohjelma", code="ohjelma", from_year=2021)
    assert set(programmes_for(cast.mikkeli)) == {own, common}
    for programme in (own, common, None):
        assert begun(cast.coordinator, programme=programme).programme == programme
    with pytest.raises(NotNow):
        begun(cast.coordinator, programme=foreign)


# --- Changing -------------------------------------------------------------------------------------------------------


def test_facts_are_changed_and_counted(cast):
    pilot, county = begun(cast.coordinator), County.objects.get(code="09")
    assert list(counties_of(cast.mikkeli)) == [county]
    change_facts(
        pilot=pilot,
        number=1,
        by=cast.administrator,
        counties=[county],
        starts_on=STARTS,
        method_version="2",
        contact="p",
    )
    pilot = now(pilot)
    assert (pilot.method_version, pilot.contact, pilot.number, pilot.counties.get()) == ("2", "p", 2, county)


def test_of_two_tabs_the_second_is_refused(cast):
    pilot = begun(cast.coordinator)
    changes = [
        lambda: change_facts(pilot=pilot, number=1, by=cast.coordinator, contact="ensin"),
        lambda: save_texts(pilot=pilot, texts={"fi": {"aim": "toisena"}}, number=1, by=cast.coordinator),
        lambda: tick(pilot=pilot, in_place=[0], number=1, by=cast.coordinator),
    ]
    changes[0]()
    for change in changes:
        with pytest.raises(NotNow):
            change()
    pilot = now(pilot)
    assert (pilot.contact, pilot.number, pilot.in_place) == ("ensin", 2, [])
    assert pilot.texts.get().aim != "toisena"


def test_a_text_in_another_language_stands_beside_the_first(cast):
    pilot = begun(cast.coordinator)
    save_texts(pilot=pilot, texts={"sv": text("Brev")}, number=1, by=cast.coordinator)
    assert {one.language: one.name for one in pilot.texts.all()} == {"fi": "Kirje", "sv": "Brev"}
    save_texts(pilot=pilot, texts={"sv": {"learned": "Det hjälper."}}, number=2, by=cast.coordinator)
    swedish = pilot.texts.get(language="sv")
    assert (swedish.name, swedish.learned) == ("Brev", "Det hjälper.")


# --- The checklist --------------------------------------------------------------------------------------------------


def test_every_language_has_as_many_points(cast):
    pilot = begun(cast.coordinator, texts=both("a\nb"))
    with pytest.raises(NotNow):
        save_texts(pilot=pilot, texts={"fi": {"in_place": "a\nb\nc"}}, number=1, by=cast.coordinator)
    three = {"in_place": "a\n\n b\nc"}
    save_texts(pilot=pilot, texts={"fi": three, "sv": three}, number=1, by=cast.coordinator)
    with pytest.raises(NotNow):
        save_texts(pilot=pilot, texts={"en": text("Letter", in_place="a")}, number=2, by=cast.coordinator)
    assert pilot.texts.count() == 2


@pytest.mark.parametrize(
    ("lines", "left"),
    [("a\nb\nc", [0, 1, 2]), ("a\nB\nc", [0, 2]), ("a\nb", [0, 1]), ("", []), ("a\nb\nc\nd", [0, 1, 2])],
)
def test_ticks_of_changed_points_go(cast, lines, left):
    pilot = begun(cast.coordinator, texts=both("a\nb\nc"))
    tick(pilot=pilot, in_place=[2, 1, 0, 1], number=1, by=cast.coordinator)
    changed = {"in_place": lines}
    save_texts(pilot=pilot, texts={"fi": changed, "sv": changed}, number=2, by=cast.coordinator)
    assert now(pilot).in_place == left


def test_a_point_that_changes_in_one_language_alone_has_changed(cast):
    pilot = begun(cast.coordinator, texts=both("a\nb"))
    tick(pilot=pilot, in_place=[0, 1], number=1, by=cast.coordinator)
    save_texts(pilot=pilot, texts={"sv": {"in_place": "a\nB"}}, number=2, by=cast.coordinator)
    assert now(pilot).in_place == [0]


@pytest.mark.parametrize("state", [PilotState.RUNNING, PilotState.EVALUATED, PilotState.STOPPED])
def test_the_checklist_stands_once_the_pilot_has_begun(cast, state):
    pilot = in_state(state, cast.coordinator)
    with pytest.raises(NotNow):
        save_texts(pilot=pilot, texts={"fi": {"in_place": "a\nb"}}, number=pilot.number, by=cast.coordinator)
    save_texts(pilot=pilot, texts={"fi": {"learned": "Auttaa."}}, number=pilot.number, by=cast.coordinator)
    pilot = now(pilot)
    save_texts(pilot=pilot, texts={"sv": text("Brev")}, number=pilot.number, by=cast.coordinator)
    assert now(pilot).in_place == [0, 1]


def test_only_points_that_are_there_are_ticked(cast):
    pilot = begun(cast.coordinator)
    for ticked in ([2], [-1], [0, 99]):
        with pytest.raises(NotNow):
            tick(pilot=pilot, in_place=ticked, number=1, by=cast.coordinator)
    tick(pilot=pilot, in_place=[1], number=1, by=cast.coordinator)
    tick(pilot=pilot, in_place=[], number=2, by=cast.coordinator)
    assert now(pilot).in_place == []
