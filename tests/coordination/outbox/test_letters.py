"""A mail says only that something waits, in the reader's language; nothing in it helps anybody else."""

import re
from datetime import date
from email import message_from_bytes, policy

import pytest
from django.core import mail as django_mail

from coordination.outbox.commands import queue_secret_mail, send_waiting, tell
from coordination.outbox.models import Mail
from tests.coordination.outbox.conftest import FYI, WAITS

pytestmark = pytest.mark.django_db(transaction=True)

LANGUAGES = ["fi", "sv", "en"]
DUE = date(2026, 11, 27)


def sent_mail(reader, *notices, due_on=DUE):
    """The mail that this reader gets about these notices, as it leaves."""
    mail = Mail.objects.create(user=reader.user, kind=Mail.Kind.DAILY)
    for notice in notices:
        tell(
            notice,
            to=[reader],
            link="/follow-ups/1f0c/",
            about=reader.public_id,
            due_on=due_on if notice.kind == "waits" else None,
            dedupe="x",
        )
    from coordination.outbox.models import Notification

    Notification.objects.update(mail=mail)
    assert send_waiting() == 1
    (message,) = django_mail.outbox
    return message_from_bytes(message.message().as_bytes(), policy=policy.default)


def parts(message):
    return message.get_body(["plain"]).get_content(), message.get_body(["html"]).get_content()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("notices", [[WAITS], [FYI], [WAITS, FYI]], ids=["waits", "information", "both"])
def test_nothing_that_tells(person, town, language, notices):
    reader = person(language=language)
    message = sent_mail(reader, *notices)
    headers = " ".join(f"{name}: {value}" for name, value in message.items() if name != "To")
    for text in (headers, *parts(message)):
        for word in (
            "Aino",
            "Lukija",
            "Kirkkola",
            "klinikka",
            "follow-up",
            "1f0c",
            "test_waits",
            "test_fyi",
            "reader1",
        ):
            assert word.lower() not in text.lower()
        assert str(reader.public_id) not in text
    _, html = parts(message)
    assert not re.search(r"<img|<script|url\(|<link|@import|<style", html)
    assert html.count("href=") == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_are_plain_and_lead_behind_the_login(person, language, settings):
    settings.PUBLIC_URL = "https://rinnalla.example"
    for text in parts(sent_mail(person(language=language), WAITS)):
        links = set(re.findall(r"https?://[^\s\"<>]+", text))
        assert len(links) == 2
        assert all(link.startswith("https://rinnalla.example/") and "?" not in link for link in links)


@pytest.mark.parametrize(
    ("language", "day"), [("fi", r"(?i)\bpe 27\.11\."), ("sv", r"(?i)\bfre? 27\.11\."), ("en", r"\bFri 27\.11\.")]
)
def test_says_the_day_and_its_weekday_in_the_readers_language(person, language, day):
    message = sent_mail(person(language=language), WAITS)
    assert message["Content-Language"] == language
    for text in parts(message):
        assert re.search(day, text)


def test_without_a_last_day_none_is_said(person):
    for text in parts(sent_mail(person(language="en"), WAITS, due_on=None)):
        assert "Something waits for you in Rinnalla." in text
        assert "at the latest" not in text


def test_the_language_is_that_of_the_moment_of_sending(person):
    reader = person(language="fi")
    reader.user.language = "en"
    reader.user.save()
    assert sent_mail(reader, WAITS)["Subject"] == "Rinnalla: something waits for you"


def test_headers(person, settings):
    settings.PUBLIC_URL = "https://rinnalla.example"
    reader = person(language="en")
    message = sent_mail(reader, FYI)
    assert message["To"] == reader.user.email
    assert message["Cc"] is message["Bcc"] is None
    assert message["Subject"] == "Rinnalla: for your information"
    assert message["Auto-Submitted"] == "auto-generated"
    assert re.fullmatch(r"<https://rinnalla\.example/\S+>", message["List-Unsubscribe"])
    assert message["Message-ID"] == f"<{Mail.objects.get().public_id}@demo.invalid>"


def letter(area):
    return queue_secret_mail(
        to="uusi@example.org",
        language="en",
        template="invitation",
        context={"link": "https://rinnalla.example/i/s3cret", "expires_on": "27.11.2026"},
        area=area,
    )


def test_a_letter_is_unreadable_in_the_database_and_erased_once_it_has_left(town, no_broker):
    mail = letter(town.area)
    assert no_broker == ["coordination.send_mails"]
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT letter FROM coordination_mail")
        (stored,) = cursor.fetchone()
    assert stored
    assert "uusi" not in stored
    assert "s3cret" not in stored
    assert send_waiting() == 1
    (message,) = django_mail.outbox
    assert message.to == ["uusi@example.org"]
    assert "https://rinnalla.example/i/s3cret" in message.body
    assert "27.11.2026" in message.body
    assert "List-Unsubscribe" not in message.extra_headers
    mail.refresh_from_db()
    assert (mail.state, mail.letter) == ("sent", "")


def test_a_letter_that_was_refused_is_kept_for_sending_again(town, mail_server):
    mail = letter(town.area)
    mail_server.rcpt = ["550 <uusi@example.org> unknown"]
    send_waiting()
    mail.refresh_from_db()
    assert (mail.state, mail.address, mail.error) == ("failed", "uusi@example.org", "550 … unknown")
