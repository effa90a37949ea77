"""The service map on a phone: from the matrix to a box, a gap that is opened, decided, followed up and closed; and an
overlap of which two services become one."""

from datetime import timedelta

import pytest
from django.urls import reverse

from coordination.clocks.rules import today
from coordination.services.models import Service
from pilots.service_map.models import Finding
from tests.cast import Cast
from tests.directory import lists
from tests.journeys.walk import PHONE, Walk
from tests.pilots.service_map.mapping import entered

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SEND = "main form button.govuk-button[type=submit]"


@pytest.fixture
def cast(transactional_db):
    lists()
    cast = Cast()
    for provider in ("Kerho A", "Kerho B", "Kerho C"):
        entered(cast.mikkeli, provider, needs=["friends"], groups=["young_people"], youngest_age=13, oldest_age=15)
    return cast


def decide(walk, decision, action):
    walk.press("main a[href$='/decide/']", to="**/decide/")
    walk.tick(f"[name=decision][value={decision}]")
    walk.type("action", action)
    walk.date("due_on", today() + timedelta(days=30))
    walk.press(SEND, to="**/gaps/*-*/")


def in_public(service):
    return reverse("directory:service", args=["fi", service.public_id])


def test_a_gap_from_the_matrix_to_its_end(cast, open_context):
    kaisa = Walk(open_context(width=PHONE, user=cast.coordinator.user))
    kaisa.open("/services/")
    kaisa.press("main a[href='/service-map/coverage/']", to="**/coverage/")
    kaisa.press("main td a[href*='row=mental'][href*='band=13-15']", to="**/cell/**")
    kaisa.press("main a[href*='/gaps/open/']", to="**/gaps/open/**")
    kaisa.press(SEND, to="**/gaps/*-*/")
    decide(kaisa, "start", "Perustetaan ryhmä")
    kaisa.press("main a[href$='/note/']", to="**/note/")
    kaisa.type("words", "Ryhmä alkoi.")
    kaisa.press(SEND, to="**/gaps/*-*/")
    assert "Ryhmä alkoi." in kaisa.text
    kaisa.press("main a[href$='/close/']", to="**/close/")
    kaisa.tick("[name=outcome][value=filled]")
    kaisa.press(SEND, to="**/gaps/*-*/")
    assert Finding.objects.get().state == "closed"
    tiina = Walk(open_context(width=PHONE, user=cast.teacher.user))
    tiina.open("/service-map/gaps/")
    tiina.press(".pilots__name a", to="**/gaps/*-*/")
    assert "Perustetaan ryhmä" in tiina.text
    tiina.open("/service-map/figures/")
    tiina.open("/service-map/coverage/rules/")


def test_an_overlap_is_merged(cast, open_context):
    anna = Walk(open_context(width=PHONE, user=cast.administrator.user))
    visitor = Walk(open_context(width=PHONE))
    anna.open("/service-map/coverage/")
    box = anna.page.locator("main td:has(a[href*='row=friends'][href*='band=13-15'])")
    assert box.inner_text().split()[1:4] == ["3", "mahdollisesti", "päällekkäistä"]
    anna.press("main td a[href*='row=friends'][href*='band=13-15']", to="**/cell/**")
    anna.press("main a[href*='/gaps/open/']", to="**/gaps/open/**")
    anna.press(SEND, to="**/gaps/*-*/")
    finding = Finding.objects.get()
    assert (finding.kind, finding.services.count()) == ("overlap", 3)
    decide(anna, "merge", "Yhdistetään kerhot")
    kept, retired, last = Service.objects.order_by("name_fi")
    anna.press("main a[href$='/merge/']", to="**/merge/")
    anna.tick(f"[name=kept][value='{kept.public_id}']")
    anna.tick(f"[name=retired][value='{retired.public_id}']")
    anna.press(SEND, to="**/gaps/*-*/")
    anna.press("main a[href$='/merge/']", to="**/merge/")
    assert anna.groups() == 1
    anna.tick(f"[name=kept][value^='{kept.public_id}']")
    anna.press(SEND, to="**/gaps/*-*/")
    assert anna.page.locator("main a[href$='/merge/']").count() == 0
    for gone in (retired, last):
        anna.open(finding.get_absolute_url())
        anna.press(f"main a[href='{gone.get_absolute_url()}']", to=f"**{gone.get_absolute_url()}")
        anna.press(f"main a[href='{kept.get_absolute_url()}']", to=f"**{kept.get_absolute_url()}")
        visitor.open(in_public(gone))
        assert visitor.page.url.endswith(in_public(kept))
    anna.open(finding.get_absolute_url())
    anna.press("main a[href$='/close/']", to="**/close/")
    anna.tick("[name=outcome][value=filled]")
    anna.press(SEND, to="**/gaps/*-*/")
    anna.press("main a[href*='/coverage/cell/']", to="**/cell/**")
    assert "1 palvelu" in anna.text
    anna.open("/service-map/figures/")
    assert "2 palvelua poistettu käytöstä" in anna.text
    row = anna.page.locator("table:has(#halves) tbody tr").last
    assert row.inner_text().split()[1:] == ["1", "1", "1", "0", "0"]
