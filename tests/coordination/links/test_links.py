"""A one-time link opens with its code, on one device, six tries; whatever is wrong, the answer is the same."""

import json
import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone

from coordination.agencies.rules import NotNow
from coordination.links import commands, rules
from coordination.links.models import OneTimeLink
from coordination.outbox.models import Mail, Notification
from tests.cast import Cast

pytestmark = pytest.mark.django_db
CONTENT = {"heading": "Kuulumisia", "paragraphs": ["Jotakin, jota muut eivät lue."]}


@pytest.fixture
def cast():
    return Cast()


@pytest.fixture
def sent(cast):
    """A link about something of Aino's: (link, secret, code)."""
    return send(cast, cast.match())


def send(cast, follow_up, about=None):
    link, code = commands.send_link(
        about=about or uuid4(),
        young_person=follow_up.young_person,
        content=CONTENT,
        email="parent@example.test",
        language="fi",
        back=follow_up.get_absolute_url(),
        by=cast.coordinator,
    )
    letter = json.loads(Mail.objects.filter(kind=Mail.Kind.LETTER).latest("pk").letter)
    return link, re.search(r"/m/([^/]+)/", letter["context"]["link"])[1], code


def post(client, secret, code):
    return client.post(f"/m/{secret}/", {"code": code})


def test_the_code_opens_it_and_the_mail_does_not_hold_the_code(client, sent):
    link, secret, code = sent
    assert b"Kuulumisia" not in client.get(f"/m/{secret}/").content
    assert post(client, secret, f"{code[:3]} {code[3:]}").status_code == 302
    assert "Kuulumisia" in client.get(f"/m/{secret}/").content.decode()
    assert code not in Mail.objects.filter(kind=Mail.Kind.LETTER).latest("pk").letter


def test_another_device_does_not_get_in_even_with_the_code(client, sent):
    link, secret, code = sent
    post(client, secret, code)
    other = Client()
    assert post(other, secret, code).status_code == 200
    assert b"Kuulumisia" not in other.get(f"/m/{secret}/").content
    assert b"Kuulumisia" in client.get(f"/m/{secret}/").content


def test_a_forged_device_is_none(client, sent):
    link, secret, code = sent
    post(client, secret, code)
    other = Client()
    other.cookies["device"] = "made-up"
    assert b"Kuulumisia" not in other.get(f"/m/{secret}/").content


def test_six_wrong_codes_end_it_also_for_the_right_one(client, sent):
    link, secret, code = sent
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    for _try in range(rules.TRIES):
        assert post(client, secret, wrong).status_code == 200
    assert post(client, secret, code).status_code == 200
    assert b"Kuulumisia" not in client.get(f"/m/{secret}/").content


def test_whatever_is_wrong_the_answer_is_one(sent):
    def words(secret, code):
        answer = post(Client(), secret, code) if code else Client().get(f"/m/{secret}/")
        return re.sub(rb'(csrfmiddlewaretoken" value="|/m/)[^"/]+', b"", answer.content)

    link, secret, code = sent
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    nothing, first_page = words("no-such-secret", code), words("no-such-secret", None)
    assert words(secret, wrong) == words("no-such-secret", wrong)
    assert words(secret, None) == first_page
    assert post(Client(), secret, code).status_code == 302
    assert words(secret, code) == nothing  # opened on another device
    assert words(secret, None) == first_page
    commands.end_links(about=link.about)
    assert words(secret, code) == nothing
    assert words(secret, None) == first_page


def test_a_look_at_the_address_uses_nothing_up(client, sent):
    link, secret, code = sent
    before = OneTimeLink.objects.values().get()
    client.get(f"/m/{secret}/")
    client.head(f"/m/{secret}/")
    assert OneTimeLink.objects.values().get() == before


def test_a_new_link_about_the_same_makes_the_earlier_useless(client, cast):
    follow_up, about = cast.match(), uuid4()
    _link, earlier, code = send(cast, follow_up, about)
    _link, later, new_code = send(cast, follow_up, about)
    assert post(client, earlier, code).status_code == 200
    assert post(client, later, new_code).status_code == 302


def test_after_its_days_it_is_gone_and_what_it_said_is_forgotten(client, cast, sent):
    link, secret, code = sent
    post(client, secret, code)
    with time_machine.travel(timezone.now() + timedelta(days=cast.mikkeli.days_link_works, hours=1)):
        assert b"Kuulumisia" not in client.get(f"/m/{secret}/").content
        commands.end_by_date()
    assert OneTimeLink.objects.get().content == ""


def test_reading_is_said_by_a_press_and_told_to_the_sender_once(client, cast, sent):
    link, secret, code = sent
    post(client, secret, code)
    for _press in range(2):
        client.post(f"/m/{secret}/")
    told = Notification.objects.filter(code="link_read")
    assert [one.membership for one in told] == [cast.coordinator]


def test_nobody_says_on_another_device_that_it_was_read(sent):
    link, secret, code = sent
    with pytest.raises(NotNow):
        commands.mark_read(secret=secret, device="another")
    assert OneTimeLink.objects.get().read_at is None


def test_neither_message_nor_code_nor_secret_can_be_read_from_the_database(sent):
    link, secret, code = sent
    with connection.cursor() as cursor:
        cursor.execute("SELECT coordination_onetimelink::text FROM coordination_onetimelink")
        row = cursor.fetchone()[0]
    assert "Kuulumisia" not in row
    assert secret not in row
    assert code not in row


def test_a_link_that_was_read_ends_like_any_other(client, sent):
    """By its day, and by wrong codes; what was read stays read."""
    link, secret, code = sent
    post(client, secret, code)
    client.post(f"/m/{secret}/")
    assert rules.state_of(OneTimeLink.objects.get()) == "read"
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    with time_machine.travel(link.expires_at + timedelta(minutes=1)):
        assert b"Kuulumisia" not in client.get(f"/m/{secret}/").content
        assert post(client, secret, code).status_code == 200
    assert b"Kuulumisia" in client.get(f"/m/{secret}/").content
    for _try in range(rules.TRIES + 1):
        post(Client(), secret, wrong)
    assert OneTimeLink.objects.get().tries == rules.TRIES
    assert b"Kuulumisia" not in client.get(f"/m/{secret}/").content
    assert rules.state_of(OneTimeLink.objects.get()) == "read"


def test_a_link_that_ends_in_the_moment_in_which_it_is_read_leads_to_the_first_page(client, sent, monkeypatch):
    link, secret, code = sent
    post(client, secret, code)
    mark_read = commands.mark_read

    def too_late(**values):
        commands.end_links(about=link.about)
        mark_read(**values)

    monkeypatch.setattr(commands, "mark_read", too_late)
    answer = client.post(f"/m/{secret}/", follow=True)
    assert answer.status_code == 200
    assert b"Kuulumisia" not in answer.content
    assert OneTimeLink.objects.get().read_at is None
