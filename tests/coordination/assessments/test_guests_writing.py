"""Whoever has no account writes in versions: nothing is lost, and nothing after signing."""

import re
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from coordination.agencies.rules import NotNow
from coordination.assessments.commands import guests
from coordination.clocks import reference
from coordination.links.models import OneTimeLink
from tests.cast import Cast, sign_in
from tests.coordination.assessments.guesting import WORDS, link_to, opened, page, said, written
from tests.coordination.assessments.reporting import open_intake, waits
from tests.coordination.assessments.rooming import begun, fresh, guardian, invited, sign
from tests.forms.trying import MEGABYTE, VALUES

pytestmark = pytest.mark.django_db


def test_two_tabs_lose_nothing(mother):
    address, code = link_to(mother)
    client = opened(address, code)
    written(client, address, "Ensin tämä")
    answer = written(client, address, "Toisessa välilehdessä tämä", 0)
    assert answer.status_code == 200
    shown = answer.content.decode()
    assert "Ensin tämä" in shown
    assert "Toisessa välilehdessä tämä" in shown
    assert said(mother) == ["Ensin tämä"]
    number = re.search(r'name="number" value="(\d+)"', shown)[1]
    assert written(client, address, "Ensin tämä, sitten tämä", number).status_code == 302
    assert said(mother) == ["Ensin tämä", "Ensin tämä, sitten tämä"]


def test_the_same_words_pressed_twice_are_one_version(mother):
    address, code = link_to(mother)
    client = opened(address, code)
    assert [written(client, address, WORDS).status_code for _twice in range(2)] == [302, 302]
    assert said(mother) == [WORDS]


def test_nothing_to_add_and_then_something_after_all(cast, mother):
    address, code = link_to(mother)
    client = opened(address, code)
    assert client.post(address, {"nothing": "1"}).status_code == 302
    assert fresh(mother).state == "nothing_to_add"
    assert waits(cast.social_worker, "part_written") == 1
    assert "You have said that you have nothing to add" in page(client, address)
    written(client, address, WORDS)
    assert fresh(mother).state == "contributed"
    client.post(address, {"nothing": "1"})
    assert fresh(mother).state == "contributed"


def test_after_signing_it_is_read_only_and_says_so(mother):
    address, code = link_to(mother)
    client = opened(address, code)
    written(client, address, WORDS)
    sign(mother.assessment)
    shown = page(client, address)
    assert WORDS in shown
    assert "The assessment has been signed" in shown
    assert "<textarea" not in shown
    answer = written(client, address, "Vielä yksi asia", 1).content.decode()
    assert "The assessment has been signed" in answer
    assert "Vielä yksi asia" in answer
    assert (said(mother), fresh(mother).state) == ([WORDS], "contributed")


def test_after_signing_nobody_says_that_they_have_nothing_to_add(mother):
    address, code = link_to(mother)
    client = opened(address, code)
    sign(mother.assessment)
    client.post(address, {"nothing": "1"})
    assert fresh(mother).state == "asked"
    assert 'name="nothing"' not in page(client, address)


def test_the_commands_themselves_want_the_device_and_an_open_link(cast, mother):
    address, code = link_to(mother)
    secret, client = address.split("/")[2], opened(address, code)
    device = client.cookies["device"].value.rsplit(":", 2)[0]
    for key in ({"secret": secret, "device": "another"}, {"secret": "another", "device": device}):
        with pytest.raises(NotNow):
            guests.write_as_guest(**key, words=WORDS, number=0)
        with pytest.raises(NotNow):
            guests.nothing_as_guest(**key)
    key = {"secret": secret, "device": device}
    guests.write_as_guest(**key, words=WORDS, number=0)
    OneTimeLink.objects.update(expires_at=timezone.now())
    with pytest.raises(NotNow):
        guests.write_as_guest(**key, words="Liian myöhään", number=1)
    assert said(mother) == [WORDS]


@pytest.mark.parametrize("value", [*(value for value in VALUES if value is not None), MEGABYTE])
def test_whatever_is_sent_the_answer_is_a_page_and_nothing_typed_is_lost(mother, value):
    address, code = link_to(mother)
    client = opened(address, code)
    for field in ("words", "number", "nothing", "code"):
        answer = client.post(address, {"words": WORDS, "number": "0"} | {field: value})
        assert answer.status_code in (200, 302)
        assert answer.status_code == 302 or field == "words" or WORDS in answer.content.decode()


def test_nobody_else_of_those_who_take_part_reads_it(cast, assessment, mother):
    invited(assessment, cast.nurse)
    address, code = link_to(mother)
    written(opened(address, code), address, WORDS)
    assert WORDS not in sign_in(Client(), cast.nurse).get(assessment.get_absolute_url()).content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_tabs_saving_in_the_same_moment():
    """One is saved, the other is shown what the first one wrote beside its own words."""
    cast = Cast()
    reference.load()
    open_intake(cast.social)
    mother = guardian(begun(cast.social_worker, by=cast.teacher))
    address, code = link_to(mother)
    client = opened(address, code)
    barrier, answers = Barrier(2), {}

    def save(words):
        tab = Client(raise_request_exception=False)
        tab.cookies = client.cookies
        try:
            barrier.wait(10)
            answers[words] = written(tab, address, words)
        finally:
            connection.close()

    threads = [Thread(target=save, args=[words]) for words in ("Ensimmäinen", "Toinen")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(answer.status_code for answer in answers.values()) == [200, 302]
    (kept,) = said(mother)
    (other,) = set(answers) - {kept}
    shown = answers[other].content.decode()
    assert kept in shown
    assert other in shown
