"""The young person's own page in a browser in which a professional is signed in: no draft knows of it."""

from datetime import timedelta

import pytest
from django.http import QueryDict

from coordination.drafts import rules
from coordination.drafts.models import Draft
from tests.coordination.support.own_pages import linked
from tests.coordination.support.working import supported


@pytest.mark.parametrize("name", ["code", "pin", "pin_again"])
def test_codes_and_pins_are_never_kept(name):
    fields = QueryDict(mutable=True)
    fields.update({"first_name": "Aino"})
    assert rules.keepable(fields) == "first_name=Aino"
    assert rules.keepable(QueryDict(f"{fields.urlencode()}&{name}=4862")) is None


@pytest.mark.parametrize("gone", [{"minutes": 21}, {"hours": 11}])
def test_the_young_persons_own_page_opens_beside_a_locked_session_and_leaves_nothing(cast, enter, clock, gone):
    """Their adult's computer: the adult's session is locked, or over, and stays so."""
    _page, secret, code = linked(supported(cast))
    client = enter(cast.nurse)
    clock.shift(timedelta(**gone))
    address = f"/o/{secret}/"
    assert client.get(address).status_code == 200
    answer = client.post(address, {"code": code, "pin": "4862", "pin_again": "4862"})
    assert (answer.status_code, answer.url) == (302, address)
    assert client.post(address, {"do": "choose", "sections": ["adult"]}).status_code == 302
    assert "Niina" in client.get(address).content.decode()
    assert client.get(f"{address}x/").url.startswith("https://www.ilmatieteenlaitos.fi")
    assert client.post(address, {"pin": "4863"}).status_code == 200
    assert not Draft.objects.exists()
    assert client.get("/").status_code == 302
