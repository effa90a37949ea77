"""The directory in a real browser: on a phone a service is found by an inflected word and by a slip, a change is
suggested, and whoever keeps the directory takes it; the list to print is there without signing in."""

import pytest
from django.urls import reverse

from coordination.services.models import Service, ServiceSuggestion
from tests.cast import Cast
from tests.coordination.services import town
from tests.directory import lists
from tests.journeys.walk import PHONE, Walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SEND = "main form button.govuk-button[type=submit]"
SEARCH = "form[role=search] button[type=submit]"


@pytest.fixture
def cast(transactional_db):
    lists()
    cast = Cast()
    town.full(cast)
    return cast


def look_for(walk, text):
    """Search, and the names that come."""
    walk.type("words", text)
    walk.press(SEARCH, to="**words=**")
    return walk.page.locator(".pilots__name").all_inner_texts()


def test_found_suggested_and_taken_into_the_directory(cast, open_context):
    tiina = Walk(open_context(width=PHONE, user=cast.teacher.user))
    tiina.open("/")
    tiina.press("nav a[href='/services/']", to="**/services/")
    assert "Suun terveydenhuolto" in look_for(tiina, "hammaslääkäriin")
    assert "Imetystukiryhmä" in look_for(tiina, "imetystukirhymä")
    assert look_for(tiina, "koulukuraattorille")[0] == "Koulukuraattori"
    tiina.press(".pilots__name a", to="**/services/*-*/")
    tiina.press("main a[href$='/suggest/']", to="**/suggest/")
    tiina.type("words", "Numero on vaihtunut.")
    tiina.type("contact", "015 000 0210")
    tiina.press(SEND, to="**/services/*-*/")
    kaisa = Walk(open_context(width=PHONE, user=cast.coordinator.user))
    kaisa.open(reverse("services:suggestions"))
    kaisa.press(".pilots__name a", to="**/suggestions/*-*/")
    assert "015 000 0210" in kaisa.text
    kaisa.press(SEND, to="**/suggestions/")
    assert Service.objects.get(name_fi="Koulukuraattori").contact == "015 000 0210"
    assert ServiceSuggestion.objects.get().outcome == ServiceSuggestion.Outcome.ACCEPTED
    tiina.open(ServiceSuggestion.objects.get().service.get_absolute_url())
    assert "015 000 0210" in tiina.text


def test_everybody_reads_and_prints_without_signing_in(cast, open_context):
    anybody = Walk(open_context(width=PHONE, language="sv"))
    anybody.open("/directory/")
    assert anybody.page.url.endswith("/directory/sv/")
    anybody.press("main ul a >> text=Mikkeli", to="**/directory/sv/*/")
    assert look_for(anybody, "preventivmedlen")[0] == "Preventivrådgivning"
    anybody.page.go_back()
    anybody.press("main a[href$='/for/parents_small/']", to="**/for/parents_small/")
    assert "Öppet daghem" in anybody.text
    assert anybody.page.context.cookies() == []
