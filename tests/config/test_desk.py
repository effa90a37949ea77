"""The coordinator's desk at a glance: each number leads to its part, and nothing stands there that isn't."""

import re

import pytest
from django.test import Client

from coordination.support.commands import silence
from coordination.support.commands.ending import end_support
from tests.cast import born, sign_in
from tests.coordination.support.own_pages import opened
from tests.coordination.support.talking import told
from tests.coordination.support.working import supported

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


def waits(member):
    """The notices on this member's desk."""
    return [notice.code for notice in sign_in(Client(), member).get("/").context["waiting"]]


def test_what_a_row_says_is_no_notice_besides(cast):
    """Told it was, and mailed it is; on the desk it stands once, in the row that leads there."""
    support = supported(cast, days=60)
    phone = opened(support, "call", "change")
    phone.press("call")
    phone.press("wish")
    silence.look_after_supports()
    for member, code in ((cast.nurse, "own_call"), (cast.nurse, "support_silent"), (cast.coordinator, "own_wish")):
        assert told(member, code) == 1
    assert waits(cast.nurse) == waits(cast.coordinator) == []
    end_support(support=support, reason="adult_left", by=cast.second_coordinator)
    assert told(cast.coordinator, "without_adult") == told(cast.coordinator, "own_call") == 1
    assert waits(cast.coordinator) == []
