"""The young person's own page on a phone: the link opened, things ticked, a permission taken back, away and back again.
Whoever had the permission has a phone, too, on which nothing is there any more.

Each page is looked at by axe, in three languages, and nothing is wider than the phone.
"""

from uuid import uuid4

import pytest

from coordination.support.models import OwnPage
from tests.cast import Cast
from tests.coordination.support.own_pages import PIN, linked
from tests.coordination.support.talking import let
from tests.coordination.support.working import supported
from tests.journeys.axe import assert_accessible
from tests.journeys.walk import PHONE, Walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def support(transactional_db):
    cast = Cast()
    support = supported(cast)
    support.permission = let(support, cast.social_worker)
    support.talks = cast.social_worker
    return support


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_young_person_on_a_phone(open_context, support, language):
    _page, secret, code = linked(support, language=language)
    worker = Walk(open_context(width=PHONE, language=language, user=support.talks.user))
    person = f"/person/{support.young_person.public_id}/"
    worker.open("/")
    assert worker.open(person) == 200
    assert "Niina Hoitaja" in worker.text
    phone = Walk(open_context(width=PHONE, language=language))
    address = f"/o/{secret}/"
    phone.open(address)
    with phone.counted("Opening it the first time") as count:
        phone.type("code", code)
        phone.type("pin", PIN)
        phone.type("pin_again", PIN)
        phone.press("main form button[type=submit]", to=f"**{address}")
    assert (count.typed, count.presses, count.pages) == (3, 1, 1)
    for section in OwnPage.Section.values:
        phone.tick(f"[name=sections][value={section}]")
    phone.press(".own-choose button[type=submit]", to=f"**{address}")
    assert "Niina Hoitaja" in phone.text
    with phone.counted("Taking a permission back") as count:
        phone.press("form:has([value=take_back]) button", to=f"**{address}")
    assert count.presses == 1
    assert worker.open(person) == worker.open(f"/person/{uuid4()}/") == 404
    assert "Niina" not in worker.page.content()
    with phone.counted("Asking for a call") as count:
        phone.press("form:has([value=call]) button", to=f"**{address}")
    assert count.presses == 1
    phone.page.locator("#change + details summary").click()
    assert_accessible(phone.page)
    phone.press("form:has([value=wish]) button", to=f"**{address}")
    assert support.own_requests.count() == 3
    _leave_and_come_back(phone, address)


def _leave_and_come_back(phone, address):
    """Away to somewhere harmless; the step back leads to no page of the young person's."""
    page = phone.page
    page.route("https://www.ilmatieteenlaitos.fi/**", lambda route: route.fulfill(body="<title>Sää</title>"))
    page.locator("#leave").click()
    page.wait_for_url("https://www.ilmatieteenlaitos.fi/**")
    page.go_back()
    assert "Niina" not in page.content()
    page.goto(address)
    phone.check()
    assert page.locator("[name=pin]").count() == 1
    assert "Niina" not in page.content()
    phone.type("pin", PIN)
    phone.press("main form button[type=submit]", to=f"**{address}")
    assert "Niina Hoitaja" in phone.text
