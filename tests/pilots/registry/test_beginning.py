"""The pages on which a pilot is begun, and on which another area begins the same."""

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from pilots.registry.models import Pilot
from pilots.registry.states import PilotState
from tests.pilots.registry.pages import Browser, address, day, is_refused
from tests.pilots.registry.piloting import in_state, now, of_the_portal

NEW = reverse("registry:new")
TYPED = {"name": "Aamukahvit", "aim": "Kukaan ei jää yksin.", "target_group": "Yläkoulu"} | day(
    "starts_on", date(2026, 9, 1)
)


def test_administrators_and_coordinators_begin_and_spread(cast):
    spread_page = address("spread", of_the_portal())
    for member, status in ((cast.coordinator, 200), (cast.administrator, 200), (cast.teacher, 404)):
        browser = Browser(Client(), member)
        assert [browser.status(NEW), browser.status(spread_page)] == [status, status]


def test_a_pilot_begins_in_the_language_of_the_page(client, cast):
    browser = Browser(client, cast.coordinator, language="sv")
    answer = browser.send(NEW, **TYPED, in_place=" Ett rum \n\nTvå vuxna\n", youngest_age="7", oldest_age="9")
    made = Pilot.objects.get()
    assert answer["Location"] == made.get_absolute_url()
    written = made.texts.get()
    assert (written.language, written.name, written.in_place) == ("sv", "Aamukahvit", "Ett rum\nTvå vuxna")
    assert (made.area, made.state, made.youngest_age, made.oldest_age) == (cast.mikkeli, PilotState.PLANNED, 7, 9)
    assert [county.code for county in made.counties.all()] == ["09"]
    assert made.leads.get().membership == cast.coordinator


def test_the_same_form_twice_makes_one_pilot(coordinator):
    data = coordinator.form(NEW) | TYPED
    answers = [coordinator.client.post(NEW, data) for _time in range(2)]
    assert len({answer["Location"] for answer in answers}) == 1
    assert Pilot.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": ""}, "Fill in this field."),
        (day("ends_on", date(2026, 8, 1)), "It can't end before it begins."),
        ({"youngest_age": "12", "oldest_age": "7"}, "The oldest age can't be under the youngest."),
        ({"youngest_age": "seven"}, "Write the age in numbers, such as 13."),
        (day("starts_on", date(2926, 9, 1)), "The date is too far ahead."),
        ({"programme": "0"}, "Choose one of the programmes."),
        ({"counties": ["x"]}, "Choose among these counties."),
        ({"token": "x"}, "The page was incomplete."),
    ],
)
def test_a_refused_beginning_keeps_what_was_typed(coordinator, typed, words):
    answer = coordinator.send(NEW, **TYPED | {"method": "Kahvia ja puuroa"} | typed)
    assert is_refused(answer, words)
    assert "Kahvia ja puuroa" in answer.content.decode()
    assert not Pilot.objects.exists()


def test_a_pilot_is_taken_into_use_elsewhere(client, cast):
    browser = Browser(client, cast.other_coordinator)
    parent = in_state(PilotState.SPREAD, cast.coordinator)
    path = address("spread", parent)
    data = browser.form(path) | {"sites": "Keravan koulu\n\nLukio ", "lead": "Kerava"}
    data |= day("starts_on", date(2026, 10, 1))
    made = {browser.client.post(path, data)["Location"] for _time in range(2)}
    child = Pilot.objects.get(spread_from=parent)
    assert made == {child.get_absolute_url()}
    assert [site.name_fi for site in child.sites.all()] == ["Keravan koulu", "Lukio"]
    assert (child.area, child.state, child.texts.get().lead) == (cast.kerava, PilotState.PLANNED, "Kerava")
    assert now(parent).number == parent.number


def test_refused_spreading_keeps_what_was_typed(cast, coordinator):
    path = address("spread", of_the_portal())
    answer = coordinator.send(path, sites=f"{'x' * 201}", lead="Mikkeli", **day("starts_on", date(2026, 10, 1)))
    assert is_refused(answer, "Shorten the name of each place")
    assert 'value="Mikkeli"' in answer.content.decode()
    assert is_refused(coordinator.send(path), "Fill in this field.")


def test_a_pilot_that_does_not_spread_says_so(cast, coordinator):
    pilot = in_state(PilotState.RUNNING, cast.coordinator)
    assert "A pilot spreads once it has been decided" in coordinator.text(address("spread", pilot))
    answer = coordinator.client.post(address("spread", pilot), {"token": str(uuid4()), "sites": "Koulu"})
    assert is_refused(answer, "Fill in this field.")
