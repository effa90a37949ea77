"""The pages on which a pilot is changed and decided of."""

from datetime import date, timedelta

import pytest
from django.test import Client

from coordination.clocks.rules import today
from pilots.registry.commands.pilots import save_texts, tick
from pilots.registry.models import Decision
from pilots.registry.states import PilotState
from tests.pilots.registry.pages import Browser, address, day, is_refused
from tests.pilots.registry.piloting import begun, decided, in_state, now, of_the_portal, text

OWN = ["change", "points", "checklist", "decide", "site", "partner", "milestone", "risk", "leads", "attach"]


# --- Doors ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", OWN)
def test_only_leads_and_their_administrators_have_the_page(cast, pilot, name):
    other = cast.member("Alli", "Muualla", cast.other_school, role="administrator")
    for member, status in (
        (cast.coordinator, 200),
        (cast.administrator, 200),
        (cast.second_coordinator, 404),
        (cast.teacher, 404),
        (cast.other_coordinator, 404),
        (other, 404),
    ):
        assert Browser(Client(), member).status(address(name, pilot)) == status, member


@pytest.mark.parametrize("name", OWN)
def test_nobody_edits_what_comes_with_the_portal(cast, name):
    portal = of_the_portal()
    for member in (cast.coordinator, cast.administrator):
        assert Browser(Client(), member).status(address(name, portal)) == 404


# --- Facts and texts ------------------------------------------------------------------------------------------------


def test_facts_are_changed(coordinator, pilot):
    typed = {"contact": "Nuorisopalvelut 015 123", "method_version": "2"} | day("ends_on", date(2027, 5, 31))
    assert coordinator.send(address("change", pilot), **typed)["Location"] == pilot.get_absolute_url()
    changed = now(pilot)
    assert (changed.contact, changed.method_version, changed.ends_on) == (
        "Nuorisopalvelut 015 123", "2", date(2027, 5, 31),
    )  # fmt: skip
    assert changed.starts_on == pilot.starts_on


def test_of_two_tabs_the_second_sees_what_is_there_now(coordinator, pilot):
    path = address("change", pilot)
    first, second = coordinator.form(path), coordinator.form(path)
    assert coordinator.client.post(path, first | {"contact": "Ensimmäinen"}).status_code == 302
    answer = coordinator.client.post(path, second | {"contact": "Toinen"})
    said = answer.content.decode()
    assert is_refused(answer, "This was changed meanwhile.")
    assert "What is there now" in said
    assert "<dd>Ensimmäinen</dd>" in said
    assert 'value="Toinen"' in said
    # What is sent next is based on what was shown.
    form = second | {"contact": "Toinen", "number": str(now(pilot).number)}
    assert f'name="number" value="{now(pilot).number}"' in said
    assert coordinator.client.post(path, form).status_code == 302
    assert now(pilot).contact == "Toinen"


def test_a_text_is_changed_and_another_language_added(coordinator, pilot):
    in_finnish = address("text_in", pilot, "fi")
    # What is saved is what the address says, whatever the reader reads by now.
    assert coordinator.client.get(address("text", pilot))["Location"] == in_finnish
    assert coordinator.client.post(address("text", pilot), {"name": "Muu nimi"})["Location"] == in_finnish
    assert coordinator.send(in_finnish, name="Uusi nimi").status_code == 302
    path = address("text_in", pilot, "sv")
    assert "Uusi nimi" in coordinator.text(path)
    typed = {"name": "Nytt namn", "aim": "Ingen är ensam.", "target_group": "Högstadiet"}
    answer = coordinator.send(path, **typed, in_place="Ett rum")
    assert is_refused(answer, "The checklist needs as many points in each language.")
    assert "Ingen är ensam." in answer.content.decode()
    assert coordinator.send(path, **typed, in_place="Ett par\nSkolan är med").status_code == 302
    assert dict(pilot.texts.values_list("language", "name")) == {"fi": "Uusi nimi", "sv": "Nytt namn"}
    assert coordinator.status(address("text_in", pilot, "de")) == 404


def test_texts_in_two_tabs(coordinator, pilot):
    path = address("text_in", pilot, "fi")
    data = coordinator.form(path)
    coordinator.send(path, aim="Ensimmäinen tavoite")
    answer = coordinator.client.post(path, data | {"aim": "Toinen tavoite"})
    said = answer.content.decode()
    assert is_refused(answer, "This was changed meanwhile.")
    assert '<dd lang="fi">Ensimmäinen tavoite</dd>' in said
    assert "Toinen tavoite</textarea>" in said


def test_points_are_changed_in_all_languages_at_once(cast, coordinator):
    pilot = begun(cast.coordinator, texts={"fi": text(), "sv": text("Brev")})
    tick(pilot=pilot, in_place=[0, 1], number=pilot.number, by=cast.coordinator)
    path = address("points", pilot)
    form = coordinator.form(path)
    answer = coordinator.send(path, fi=f"{form['fi']}\nKolmas")
    assert is_refused(answer, "The checklist needs as many points in each language.")
    assert "Kolmas" in answer.content.decode()
    answer = coordinator.send(path, fi=f"{form['fi']}\nKolmas", sv=f"{form['sv']}\nTredje")
    assert answer["Location"] == address("checklist", pilot)
    assert now(pilot).in_place == [0, 1]
    assert pilot.texts.get(language="sv").in_place.endswith("Tredje")
    assert is_refused(coordinator.client.post(path, form), "This was changed meanwhile.")


def test_points_stand_once_the_pilot_runs(cast, coordinator):
    pilot = in_state(PilotState.RUNNING, cast.coordinator)
    assert "can be changed only while the pilot is planned." in coordinator.text(address("points", pilot))
    assert "can be changed only while the pilot is planned." in coordinator.text(address("text_in", pilot, "fi"))


def test_the_checklist_is_ticked(coordinator, pilot):
    path = address("checklist", pilot)
    data = coordinator.form(path)
    assert coordinator.client.post(path, data | {"in_place": ["0", "1"]}).status_code == 302
    assert now(pilot).in_place == [0, 1]
    answer = coordinator.client.post(path, data | {"in_place": ["0"]})
    assert is_refused(answer, "This was changed meanwhile.")
    assert "What is there now" in answer.content.decode()
    assert is_refused(coordinator.send(path, in_place=["7"]), "The checklist has no such point.")
    assert now(pilot).in_place == [0, 1]


def test_without_points_there_is_nothing_to_tick(cast, coordinator):
    pilot = begun(cast.coordinator, texts={"fi": text(in_place="")})
    said = coordinator.text(address("checklist", pilot))
    assert "The checklist has no points." in said
    assert address("points", pilot) in said


# --- Deciding -------------------------------------------------------------------------------------------------------


def reason(**said):
    """What is typed of a decision."""
    return {
        "state": "running", "evidence": "none", "reason_fi": "Kaikki on valmiina.",
        "decided_by_fi": "Johtoryhmä",
    } | day("decided_on", today()) | said  # fmt: skip


def test_it_is_decided_that_a_pilot_begins_once_all_is_in_place(cast, coordinator, pilot):
    path = address("decide", pilot)
    said = coordinator.text(path)
    assert "2 points of the checklist are not in place yet." in said
    assert 'value="running"' not in said
    answer = coordinator.send(path, **reason())
    assert is_refused(answer, "2 points of the checklist are not in place yet.")
    assert "Kaikki on valmiina." in answer.content.decode()
    tick(pilot=pilot, in_place=[0, 1], number=now(pilot).number, by=cast.coordinator)
    data = coordinator.form(path)
    assert 'value="running"' in coordinator.text(path)
    data |= reason(reason_sv="Allt är klart.")
    assert [coordinator.client.post(path, data)["Location"] for _time in range(2)] == [pilot.get_absolute_url()] * 2
    made = Decision.objects.get()
    assert (now(pilot).state, made.by, made.reason_sv) == ("running", cast.coordinator, "Allt är klart.")


def test_the_move_that_was_pressed_is_chosen(coordinator, pilot):
    said = coordinator.text(f"{address('decide', pilot)}?state=stopped")
    assert said.count("checked") == 1


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"state": "evaluated"}, "This is decided on evidence."),
        ({"state": "spread"}, "This can't be decided now"),
        ({"state": "stopped"} | day("decided_on", date(2026, 1, 15)), "previous decision was made later"),
        ({"state": "stopped"} | day("decided_on", today() + timedelta(days=2)), "The date is in the future."),
        ({"state": "stopped", "decided_by_fi": ""}, "Fill in this field."),
        ({"state": "nowhere"}, "Choose one of these."),
        ({"evidence": ""}, "Choose one."),
        ({"state": "stopped", "number": "1"}, "This was changed meanwhile."),
    ],
)
def test_a_refused_decision_keeps_what_was_typed(cast, coordinator, typed, words):
    pilot = in_state(PilotState.RUNNING, cast.coordinator)
    answer = coordinator.send(address("decide", pilot), **reason(**typed))
    assert is_refused(answer, words)
    assert "Kaikki on valmiina." in answer.content.decode()
    assert now(pilot).state == PilotState.RUNNING


def test_a_stopped_pilot_has_no_page_to_decide(cast, coordinator):
    pilot = in_state(PilotState.STOPPED, cast.coordinator)
    assert "Nothing more is decided of it." in coordinator.text(address("decide", pilot))


def test_texts_written_meanwhile_do_not_stop_a_decision_unsaid(cast, coordinator):
    """Two tabs: what was decided on was changed by somebody else."""
    pilot = in_state(PilotState.RUNNING, cast.coordinator)
    path = address("decide", pilot)
    data = coordinator.form(path) | reason(state="stopped")
    save_texts(pilot=pilot, texts={"fi": {"aim": "Muuttui"}}, number=pilot.number, by=cast.administrator)
    answer = coordinator.client.post(path, data)
    assert is_refused(answer, "This was changed meanwhile.")
    assert "What is there now" in answer.content.decode()
    assert decided(pilot, PilotState.STOPPED, cast.administrator).state == PilotState.STOPPED
