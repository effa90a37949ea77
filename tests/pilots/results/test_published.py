"""Evaluations that everybody reads: those that were published, without anybody's name, until they are withdrawn."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from coordination.agencies.models import User
from coordination.agencies.rules import NotNow
from pilots.registry.queries.editing import open_leads
from pilots.results.commands.evaluations import publish, withdraw
from pilots.results.queries import published
from tests.pilots.registry.pages import Browser
from tests.pilots.results.following import WORDS, at, drafted, finished, indicator, now, typed


def everybodys(evaluation, language="fi"):
    return reverse("practice:practice", args=[language, evaluation.public_id])


def everybodys_list(language="fi"):
    return reverse("practice:list", args=[language])


def read(address):
    answer = Client().get(address)
    return answer.content.decode() if answer.status_code == 200 else answer.status_code


def test_whoever_leads_the_pilot_publishes_it_and_takes_it_back(cast, coordinator, pilot):
    one = indicator(pilot, cast.coordinator)
    typed(one, cast.coordinator, jan="31.5")
    evaluation = finished(pilot, cast.coordinator)
    page, address = at("evaluation", pilot, evaluation.public_id), everybodys(evaluation)
    assert read(address) == 404
    assert "Nothing has been published yet" in read(everybodys_list("en"))
    asking = at("publish", pilot, evaluation.public_id)
    assert asking in coordinator.text(page)
    assert WORDS["worked"] in coordinator.text(asking)
    assert coordinator.send(asking)["Location"] == page
    assert coordinator.client.get(asking)["Location"] == page
    shown = read(address)
    for sentence in (*WORDS.values(), "Poissaolot", "31,5", "Mikkeli"):
        assert sentence in shown, sentence
    assert address in read(everybodys_list())
    assert address.replace("/fi/", "/en/") in coordinator.text(page)
    coordinator.client.post(at("withdraw", pilot, evaluation.public_id))
    assert read(address) == 404
    assert address not in read(everybodys_list())


def test_nobodys_name_stands_on_the_pages_for_everybody(cast, coordinator, pilot):
    assert open_leads(pilot).exists()
    evaluation = publish(evaluation=finished(pilot, cast.coordinator), by=cast.coordinator)
    for address in (everybodys(evaluation), everybodys_list()):
        text = read(address)
        for user in User.objects.all():
            for told in (f"{user.first_name} {user.last_name}", user.email, user.phone):
                assert told not in text, told


def test_a_page_for_everybody_sets_no_cookie_and_may_be_kept(cast, pilot):
    evaluation = publish(evaluation=finished(pilot, cast.coordinator), by=cast.coordinator)
    answer = Client().get(everybodys(evaluation, "sv"))
    assert answer["Content-Language"] == "sv"
    assert not answer.cookies
    assert answer["Cache-Control"] == "public, max-age=300"
    assert Client().get(everybodys(evaluation, "xx")).status_code == 404


def test_a_draft_is_never_published(cast, pilot):
    draft = drafted(pilot, cast.coordinator)
    draft.published_at, draft.published_by = timezone.now(), cast.coordinator
    with pytest.raises(IntegrityError, match="published_evaluation_is_finished"), transaction.atomic():
        draft.save()


def test_whoever_leads_no_more_publishes_and_withdraws_nothing(cast, pilot):
    evaluation = finished(pilot, cast.coordinator)
    with pytest.raises(NotNow):
        publish(evaluation=evaluation, by=cast.other_coordinator)
    publish(evaluation=evaluation, by=cast.coordinator)
    with pytest.raises(NotNow):
        withdraw(evaluation=evaluation, by=cast.other_coordinator)
    assert now(evaluation).published_by == cast.coordinator


def test_published_twice_the_first_day_stands(cast, pilot):
    evaluation = finished(pilot, cast.coordinator)
    first = publish(evaluation=evaluation, by=cast.coordinator).published_at
    assert publish(evaluation=evaluation, by=cast.administrator).published_at == first
    assert now(evaluation).published_by == cast.coordinator


def test_a_reader_is_told_and_has_no_button(cast, pilot):
    evaluation = publish(evaluation=finished(pilot, cast.coordinator), by=cast.coordinator)
    reader = Browser(Client(), cast.teacher)
    text = reader.text(at("evaluation", pilot, evaluation.public_id))
    assert "without signing in" in text
    assert at("withdraw", pilot, evaluation.public_id) not in text
    assert reader.client.post(at("withdraw", pilot, evaluation.public_id)).status_code == 404


def test_the_list_costs_the_same_for_one_and_for_many_and_has_pages(cast, pilot, monkeypatch):
    def costs():
        with CaptureQueriesContext(connection) as queries:
            read(everybodys_list())
        return len(queries)

    publish(evaluation=finished(pilot, cast.coordinator), by=cast.coordinator)
    one = costs()
    for _time in range(3):
        publish(evaluation=finished(pilot, cast.coordinator), by=cast.coordinator)
    assert costs() == one
    monkeypatch.setattr(published, "A_PAGE", 3)
    assert 'rel="next" href="?page=2"' in read(everybodys_list())
    assert read(f"{everybodys_list()}?page=2").count("<article") == 1
