"""The national catalogue is asked politely, and whatever it answers is a sentence or what was asked for."""

from datetime import datetime
from threading import Event

import pytest
from urllib3.util import Retry

from coordination.services.catalogue import client
from coordination.services.catalogue.client import Catalogue, CatalogueSilent
from tests.coordination.services.catalogue.serving import catalogue

IN_MIKKELI = "/api/v11/Service/area/Municipality/code/491"
RECORDS, CHANNELS = "/api/v11/Service/serviceWithGD/list", "/api/v11/ServiceChannel/list"
AT_ONCE = Retry(total=3, status_forcelist=(429, 500, 502, 503, 504), backoff_factor=0, raise_on_status=False)


def ids(served, **options):
    return list(Catalogue(served.url, again=AT_ONCE).ids_in("491", **options))


def test_all_pages_are_turned(served):
    pages = [{"pageNumber": n, "pageCount": 3, "itemList": [{"id": f"{n}-{k}"} for k in "ab"]} for n in (1, 2, 3)]
    served.say(IN_MIKKELI, *pages)
    assert ids(served) == [["1-a", "1-b"], ["2-a", "2-b"], ["3-a", "3-b"]]
    assert [asked["page"] for _path, asked in served.asked] == [["1"], ["2"], ["3"]]
    assert all(asked["includeWholeCountry"] == ["false"] for _path, asked in served.asked)


def test_an_empty_list_is_no_page_more(served):
    served.say(IN_MIKKELI, {"pageNumber": 1, "pageCount": 0, "itemList": None})
    assert ids(served) == [[]]
    assert len(served.asked) == 1


def test_only_what_changed_is_asked_for(served):
    served.say(IN_MIKKELI, {"pageCount": 1, "itemList": []})
    ids(served, since=datetime(2026, 11, 1, 12, 30))
    assert served.asked[0][1]["date"] == ["2026-11-01T12:30:00"]


def test_records_come_a_hundred_at_a_time(served):
    served.say(RECORDS, [{"n": 1}], [{"n": 2}], [{"n": 3}])
    wanted = [str(number) for number in range(201)]
    assert list(Catalogue(served.url).services(wanted)) == [{"n": 1}, {"n": 2}, {"n": 3}]
    assert [len(asked["guids"][0].split(",")) for _path, asked in served.asked] == [100, 100, 1]


@pytest.mark.parametrize("code", [429, 500, 502, 503, 504])
def test_passing_trouble_is_waited_out(served, code):
    served.fail(IN_MIKKELI, code, code)
    served.say(IN_MIKKELI, {"pageCount": 1, "itemList": [{"id": "a"}]})
    assert ids(served) == [["a"]]
    assert len(served.asked) == 3


def test_trouble_that_lasts_is_a_sentence(served):
    served.fail(IN_MIKKELI, 504)
    with pytest.raises(CatalogueSilent, match="504"):
        ids(served)
    assert len(served.asked) == 4


def test_it_waits_as_long_as_it_is_told_and_a_minute_at_most():
    assert client._AGAIN.respect_retry_after_header
    assert client._AGAIN.retry_after_max == 60


@pytest.mark.parametrize("code", [400, 401, 403, 404, 410])
def test_a_refusal_is_not_repeated(served, code):
    served.fail(IN_MIKKELI, code)
    with pytest.raises(CatalogueSilent, match=str(code)):
        ids(served)
    assert len(served.asked) == 1


def test_where_none_of_these_channels_is_there_any_more_there_is_none(served):
    served.fail(CHANNELS, 404)
    served.say(CHANNELS, [{"n": 2}])
    assert list(Catalogue(served.url).channels([str(number) for number in range(101)])) == [{"n": 2}]


def test_it_is_not_led_elsewhere(served):
    with catalogue() as other:
        other.say(IN_MIKKELI, {"pageCount": 1, "itemList": [{"id": "theirs"}]})
        served.fail(IN_MIKKELI, 302, headers={"Location": f"http://{other.host}{IN_MIKKELI}"})
        with pytest.raises(CatalogueSilent):
            ids(served)
        assert other.asked == []


@pytest.mark.parametrize("body", [b"", b"<html>", b"[1, 2", b'"text"', b"[" * 100_000, b"\xff\xfe"])
def test_nonsense_is_a_sentence(served, body):
    served.answers[IN_MIKKELI] = [(200, {}, body)]
    with pytest.raises(CatalogueSilent, match="not understood"):
        ids(served)


def test_an_answer_without_end_is_cut_off(served, monkeypatch):
    monkeypatch.setattr(client, "_LARGEST", 1_000)
    served.answers[IN_MIKKELI] = [(200, {}, b" " * 2_000)]
    with pytest.raises(CatalogueSilent, match="not understood"):
        ids(served)


def test_nobody_there_is_a_sentence(served, settings):
    with catalogue() as gone:
        url, host = gone.url, gone.host
    settings.CATALOGUE_HOSTS = [host]
    with pytest.raises(CatalogueSilent, match="doesn't answer"):
        list(Catalogue(url, again=AT_ONCE).ids_in("491"))


def test_silence_is_a_sentence(served, monkeypatch):
    monkeypatch.setattr(client, "_PATIENCE", (0.1, 0.1))
    enough, answer = Event(), served.next

    def slowly(address):
        enough.wait(5)
        return answer(address)

    served.next = slowly
    with pytest.raises(CatalogueSilent, match="doesn't answer"):
        list(Catalogue(served.url, again=Retry(0)).ids_in("491"))
    enough.set()


@pytest.mark.parametrize(
    "url",
    [
        "https://example.test/api/v11",
        "http://169.254.169.254/latest",
        "file:///etc/passwd",
        "//127.0.0.1",
        "http://user@127.0.0.1:1/",
        "",
    ],
)
def test_only_hosts_on_the_list_are_asked(served, url, settings):
    settings.CATALOGUE_URL = "https://elsewhere.test"
    with pytest.raises(CatalogueSilent, match="not fetched from that address"):
        Catalogue(url)
