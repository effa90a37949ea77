"""Reading pilots in a browser, on a wide window and on a telephone: the map beside the list, or folded below it."""

from datetime import timedelta

import pytest

from coordination.agencies.models import County
from coordination.clocks.rules import today
from pilots.registry.states import PilotState
from tests.cast import Cast
from tests.journeys.axe import assert_accessible
from tests.journeys.walk import PHONE
from tests.pilots.registry.piloting import begun, in_state, text

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def pilot(transactional_db):
    cast = Cast()
    counties = [County.objects.get(code="09")]
    begun(cast.other_coordinator, texts={"sv": text("Brevet")}, counties=counties)
    made = in_state(PilotState.RUNNING, cast.coordinator, counties=counties)
    made.milestones.create(name_fi="Väliarvio", due_on=today() - timedelta(days=3))
    made.risks.create(words="Väki vaihtuu", likelihood=3, impact=2, answer="Kaksi osaa.")
    made.reader = cast.coordinator.user
    return made


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("width", [1280, PHONE, 320])
def test_the_pages_can_be_read_by_everybody(open_context, pilot, width, language):
    pilot.reader.language = language
    pilot.reader.save()
    page = open_context(user=pilot.reader, width=width, language=language)
    for address in ("/pilots/", "/pilots/?words=olematon&age=x", pilot.get_absolute_url()):
        page.goto(address)
        assert_accessible(page)


def test_the_map_stands_beside_the_list_and_leads_to_a_county(open_context, pilot):
    page = open_context(user=pilot.reader)
    page.goto("/pilots/")
    drawing, rows = page.locator(".county-map__drawing"), page.locator(".pilots__row")
    assert drawing.is_visible()
    assert drawing.bounding_box()["x"] > rows.first.bounding_box()["x"] + rows.first.bounding_box()["width"]
    page.locator(".pilots__map table a").click()
    assert page.url.endswith("/pilots/?county=09")
    assert rows.count() == 2


def test_on_a_telephone_the_map_is_folded_below_the_list(open_context, pilot):
    page = open_context(user=pilot.reader, width=PHONE)
    page.goto("/pilots/")
    drawing, summary = page.locator(".county-map__drawing"), page.locator(".pilots__map summary")
    assert not drawing.is_visible()
    assert summary.bounding_box()["y"] > page.locator(".pilots__row").last.bounding_box()["y"]
    summary.click()
    assert drawing.is_visible()
