"""A whole import over real HTTP, whatever the catalogue does meanwhile."""

from threading import Event

import psycopg
import pytest
from django.db import connection

from coordination.agencies.models import Municipality
from coordination.services.catalogue import client, commands
from coordination.services.catalogue.files import as_kept
from coordination.services.models import Service
from tests.coordination.services.catalogue.importing import (
    CHANNELS,
    IN_MIKKELI,
    RECORDS,
    begin,
    fetch,
    finished,
    one,
    said,
    serve,
    town,
)
from tests.coordination.services.catalogue.records import CHANNEL
from tests.coordination.services.catalogue.serving import catalogue


def asked(served, path):
    return [query for found, query in served.asked if found == path]


def test_a_town_of_a_hundred_and_fifty_comes_page_by_page(cast, served):
    serve(served, town(150))
    run = fetch(cast, served)
    assert (run.failure, run.fetched, run.done, len(said(run))) == ("", 150, 150, 150)
    assert len(asked(served, IN_MIKKELI)) == 2
    assert [len(query["guids"][0].split(",")) for query in asked(served, RECORDS)] == [100, 50]
    assert [query["guids"] for query in asked(served, CHANNELS)] == [[CHANNEL]]
    assert Service.objects.filter(contact__contains="Porrassalmenkatu").count() == 150


def test_channels_of_what_is_left_out_are_not_asked_for(cast, served):
    serve(served, town(2, targetGroups=[{"code": "KR1.1"}]))
    assert fetch(cast, served).tally == {"others": 2}
    assert asked(served, CHANNELS) == []


def test_a_service_of_two_municipalities_comes_once(cast, served):
    beside = Municipality.objects.get(code="491")
    beside.pk, beside.code, beside.name_fi = None, "507", "Mäntyharju"
    beside.save()
    serve(served, town(3))
    served.answers[IN_MIKKELI.replace("491", "507")] = list(served.answers[IN_MIKKELI])
    assert len(said(fetch(cast, served))) == 3
    assert [query["guids"][0].count(",") for query in asked(served, RECORDS)] == [2]


def test_passing_trouble_is_waited_out(cast, served):
    serve(served, town(3))
    for path in (IN_MIKKELI, RECORDS, CHANNELS):
        served.answers[path].insert(0, (504, {}, b""))
    run = fetch(cast, served)
    assert (run.failure, len(said(run))) == ("", 3)


def test_an_answer_that_comes_too_late_is_asked_for_again(cast, served, monkeypatch):
    monkeypatch.setattr(client, "_PATIENCE", (0.5, 0.5))
    serve(served, town(3))
    enough, answer, slept = Event(), served.next, []

    def first_slowly(address):
        if not slept:
            slept.append(address)
            enough.wait(2)
        return answer(address)

    served.next = first_slowly
    run = fetch(cast, served)
    enough.set()
    assert (run.failure, len(said(run)), len(slept)) == ("", 3, 1)


@pytest.mark.parametrize("body", [b"", b"[1, 2", b"[" * 200_000, b"{}", b'{"itemList": 1}', b"[[],{}]", b"[]"])
@pytest.mark.parametrize("path", [IN_MIKKELI, RECORDS])
def test_nonsense_takes_nothing_away(cast, served, path, body):
    serve(served, town(3))
    fetch(cast, served)
    served.answers[path] = [(200, {}, body)]
    run = fetch(cast, served)
    assert run.failure or set(run.lines.values_list("outcome", flat=True)) == {"broken"}
    assert Service.objects.filter(is_active=True).count() == 3


@pytest.mark.parametrize("page", [{"itemList": [1, {"id": 2}, {"id": None}], "pageCount": "x"}, {"pageCount": [9]}])
def test_a_list_of_anything_is_none(cast, served, page):
    served.say(IN_MIKKELI, page)
    assert "no services for the municipalities" in fetch(cast, served).failure


def test_services_whose_channels_are_gone_come_without_them(cast, served):
    serve(served, town(2))
    served.answers[CHANNELS] = [(404, {}, b"")]
    run = fetch(cast, served)
    assert (run.failure, len(said(run))) == ("", 2)


def test_a_refusal_is_a_sentence_and_the_next_run_can_begin(cast, served):
    serve(served, town(3))
    served.answers[RECORDS] = [(403, {}, b"")]
    run = fetch(cast, served)
    assert "403" in run.failure
    assert Service.objects.count() == 0
    serve(served, town(3))
    assert len(said(fetch(cast, served))) == 3


def test_it_is_not_led_to_another_host(cast, served):
    with catalogue() as other:
        serve(other, town(3))
        served.fail(IN_MIKKELI, 302, headers={"Location": f"http://{other.host}{IN_MIKKELI}"})
        assert "302" in fetch(cast, served).failure
        assert other.asked == []


def test_a_host_that_is_not_allowed_is_not_asked(cast, served):
    with catalogue() as other:
        serve(other, town(3))
        assert "not fetched from that address" in finished(begin(cast, url=other.url)).failure
        assert other.asked == []


def test_a_catalogue_without_any_service_takes_nothing_away(cast, served):
    serve(served, town(3))
    fetch(cast, served)
    serve(served, [])
    assert "no services for the municipalities" in fetch(cast, served).failure
    assert Service.objects.filter(is_active=True).count() == 3


def test_the_next_asks_for_what_has_changed_since(cast, served):
    serve(served, town(3))
    first = fetch(cast, served, is_whole=False)
    assert first.is_whole  # there was none before
    serve(served, [one("Palvelu 1", serviceChargeType="Chargeable")])
    run = fetch(cast, served, is_whole=False)
    assert asked(served, IN_MIKKELI)[-1]["date"] == [first.begun_at.strftime("%Y-%m-%dT%H:%M:%S")]
    assert said(run) == [("changed", "Palvelu 1")]
    serve(served, [])
    run = fetch(cast, served, is_whole=False)
    assert (run.failure, said(run)) == ("", [])
    assert Service.objects.filter(is_active=True).count() == 3


def test_what_failed_is_no_beginning_to_go_on_from(cast, served):
    served.fail(IN_MIKKELI, 400)
    fetch(cast, served)
    serve(served, town(2))
    assert fetch(cast, served, is_whole=False).is_whole
    assert "date" not in asked(served, IN_MIKKELI)[-1]


def test_a_run_that_another_worker_goes_through_is_left_to_it(cast):
    run = begin(cast, file_name="x.json", records=as_kept(town(2), []))
    key = [commands._IMPORTING_LOCK, run.pk]
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": None}, autocommit=True) as other:
        other.execute("SELECT pg_advisory_lock(%s, %s)", key)
        assert finished(run).tries == 0
        other.execute("SELECT pg_advisory_unlock(%s, %s)", key)
    assert len(said(finished(run))) == 2
