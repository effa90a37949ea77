"""The figures and bringing people in, in a real browser: accessible, narrow, in forced colours, policy kept."""

import pytest

from coordination.agencies import role_permissions
from coordination.staffing.models import Invitation
from tests.cast import Cast
from tests.coordination.rosters.conftest import sheet
from tests.flags.figures.test_shown import month
from tests.journeys.axe import assert_accessible

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast(transactional_db):
    role_permissions.apply()
    cast = Cast()
    for number in range(1, 8):
        month(cast.mikkeli, number, flags=30, matches=12, in_time=11, outcomes={"in_touch": 6})
    return cast


@pytest.mark.parametrize(("width", "options"), [(1280, {}), (320, {"forced_colors": "active"})])
def test_figures_can_be_read(cast, open_context, width, options):
    page = open_context(user=cast.coordinator.user, width=width, **options)
    page.goto("/figures/")
    assert_accessible(page)
    # One drawing of each chart shows, with its name and its words.
    drawings = page.locator("svg[role=img]:visible")
    assert drawings.count() == 4
    assert page.get_by_role("img").first.get_attribute("aria-labelledby").startswith("rate-")


def test_people_are_brought_in(cast, open_context, tmp_path):
    file = tmp_path / "people.xlsx"
    file.write_bytes(sheet(["Aino", "Öhman", "aino@example.test"], ["", "", "bad"]).read())
    page = open_context(user=cast.administrator.user, width=320)
    page.goto("/rosters/")
    assert_accessible(page)
    page.select_option("#id_agency", label="Päämajakoulu")
    page.set_input_files("#id_file", file)
    page.locator("form[enctype] button").click()
    page.wait_for_url("**/rosters/*-*/")
    assert_accessible(page)
    page.locator("form[action$='/confirm/'] button").click()
    page.wait_for_selector("progress")
    assert_accessible(page)
    assert Invitation.objects.count() == 0
