"""The coordinator's desk at a glance: each number leads to its part, and nothing stands there that isn't."""

import re

import pytest

from tests.cast import born, sign_in

pytestmark = pytest.mark.django_db


def glance(client):
    """The numbers by where they lead, and the places on the page."""
    page = client.get("/")
    numbers = {one["url"]: one["number"] for one in page.context["glance"]}
    return numbers, set(re.findall(r' id="(\w+)"', page.content.decode()))


def test_each_number_leads_to_a_part_of_the_desk(cast, client):
    cast.match()
    cast.match(first_name="Veikko", last_name="Odottava", birth_date=born(19))
    numbers, places = glance(sign_in(client, cast.coordinator))
    assert numbers == {"#untaken": "2"}
    assert {url.removeprefix("#") for url in numbers} <= places


def test_an_empty_desk_has_no_numbers(cast, client):
    numbers, _places = glance(sign_in(client, cast.coordinator))
    assert numbers == {}


def test_only_coordinators_have_numbers(cast, client):
    cast.match()
    assert "glance" not in sign_in(client, cast.teacher).get("/").context
