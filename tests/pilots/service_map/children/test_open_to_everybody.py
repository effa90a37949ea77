"""Children's pages are open to everybody: whoever guesses, floods, forges, indexes, logs or follows learns nothing."""

import io
import logging.config
import re
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coordination.clocks.rules import today
from pilots.service_map.models import ChildCode
from tests.forms.trying import NASTY
from tests.pilots.service_map.children.asking import now, typed

pytestmark = pytest.mark.django_db
UNKNOWN = "kettu-kuu-1234"
TOO_MANY = 429


def text(answer):
    return answer.content.decode()


def wrong(client, number):
    for _time in range(number):
        client.get(f"/survey/fi/{UNKNOWN}/")


def test_after_very_many_wrong_codes_a_network_waits_and_what_was_typed_waits_with_it(client, there):
    path, data = typed(client, there, question_11="Lisää puita")
    wrong(client, 119)
    assert client.get(path).status_code == 200
    assert client.post("/survey/fi/", {"code": "kettu kuu 1234"}).status_code == 200
    for answer in (client.get(path), client.get("/survey/fi/"), client.post("/survey/fi/", {"code": there.code})):
        assert answer.status_code == TOO_MANY
    answer = client.post(path, data)
    assert answer.status_code == TOO_MANY
    for name, value in data.items():
        assert f'name="{name}" value="{value}"' in text(answer)
    # Another network goes on, and so does this one in ten minutes.
    assert Client(REMOTE_ADDR="192.0.2.7").get(path).status_code == 200
    cache.clear()
    assert client.post(path, data).status_code == 302


def test_an_address_of_the_newer_kind_counts_with_its_whole_network(client, there):
    """A phone has as many of them as it likes."""
    wrong(Client(REMOTE_ADDR="2001:db8:1:2::7"), 120)
    path = f"/survey/fi/{there.code}/"
    assert Client(REMOTE_ADDR="2001:db8:1:2:3::9").get(path).status_code == TOO_MANY
    assert Client(REMOTE_ADDR="2001:db8:1:3::7").get(path).status_code == 200


def test_right_codes_are_never_counted_as_wrong(client, there):
    for _time in range(130):
        assert client.get(f"/survey/fi/{there.code}/").status_code == 200


def test_without_the_token_against_forgery_nothing_is_counted(there):
    client = Client(enforce_csrf_checks=True)
    assert client.post(f"/survey/fi/{there.code}/", {"question_1": "0"}).status_code == 403
    assert now(there).came == 0


def test_the_code_is_in_no_line_of_the_log(client, there, settings):
    """Refused, missing or too often: Django names the address of what it couldn't answer."""
    out, path = io.StringIO(), f"/survey/fi/{there.code}/"
    logging.config.dictConfig(settings.LOGGING)
    handler = logging.getLogger().handlers[-1]
    before = handler.setStream(out)
    try:
        Client(enforce_csrf_checks=True).post(path, {"question_1": "0"})
        client.get(f"{path}more/")
        wrong(client, 120)
        assert client.get(path).status_code == TOO_MANY
    finally:
        handler.setStream(before)
    assert len(out.getvalue().splitlines()) == 3
    assert there.code not in out.getvalue()


@pytest.mark.parametrize("how", ["early", "late", "stopped", "closed"])
def test_a_code_that_does_not_work_and_none_at_all_are_one_answer_at_one_price(client, there, how):
    day = timedelta(days=1)
    columns = {
        "early": {"opens_on": today() + day, "closes_on": today() + day},
        "late": {"opens_on": today() - day, "closes_on": today() - day},
        "stopped": {"is_stopped": True},
        "closed": {},
    }[how]
    ChildCode.objects.update(code="hauki-kuu-1234", **columns)
    if how == "closed":
        type(there.round).objects.update(state="closed")
    # The first wrong code of a network costs one statement more.
    wrong(client, 1)
    told = []
    for code in ("hauki-kuu-1234", UNKNOWN):
        with CaptureQueriesContext(connection) as asked:
            answers = [client.get(f"/survey/fi/{code}/"), client.post("/survey/fi/", {"code": code})]
        said = [re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text(one)).replace(code, "…") for one in answers]
        headers = [{**one.headers, "X-Request-ID": "", "Expires": ""} for one in answers]
        told.append(([one.status_code for one in answers], said, headers, len(asked)))
    assert told[0] == told[1]


def test_no_page_is_indexed_followed_or_fetches_anything_from_elsewhere(client, there):
    path, data = typed(client, there, question_1="0")
    pages = [client.get("/survey/fi/"), client.get(path), client.get(f"/survey/fi/{UNKNOWN}/"), client.post(path, {})]
    pages.append(client.post(path, data, follow=True))
    wrong(client, 120)
    pages.append(client.get(path))
    assert pages[-1].status_code == TOO_MANY
    for page in pages:
        assert '<meta name="robots" content="noindex, nofollow">' in text(page)
        assert page.headers["Referrer-Policy"] == "same-origin"
        assert "default-src 'self'" in page.headers["Content-Security-Policy"]
        assert "no-store" in page.headers["Cache-Control"]
        assert not re.findall(r'(?:src|href|action)="(?:https?:)?//', text(page))
    assert there.code not in text(client.get("/survey/fi/thanks/"))
    assert set(client.cookies) == {"csrftoken"}


@pytest.mark.parametrize("nasty", [*NASTY, "a" * 2000])
def test_whatever_stands_in_the_address_or_is_typed_as_a_code_is_answered_with_a_page(client, there, nasty):
    for answer in (client.get(f"/survey/fi/{quote(nasty, safe='')}/"), client.post("/survey/fi/", {"code": nasty})):
        assert answer.status_code in (200, 404)
        assert there.code not in text(answer)


@pytest.mark.parametrize("more", ["-" * 60, "%E2%80%8F", "%00"])
def test_a_wrong_code_counts_whatever_else_is_wrong_with_it(client, there, more):
    for _time in range(120):
        client.get(f"/survey/fi/kettu-kuu-1234{more}/")
    assert client.get(f"/survey/fi/{there.code}/").status_code == 429
