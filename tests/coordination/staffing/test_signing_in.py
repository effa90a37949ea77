"""Tries to sign in, new passwords, and what a browser is left with."""

import json

import pytest
from django.conf import settings as configured
from django.core import mail as django_mail
from django.urls import reverse
from django.utils import timezone

from coordination.outbox.commands import send_waiting
from coordination.outbox.models import Mail
from coordination.staffing.adapter import ClosedSignup, network_of
from tests.cast import PASSWORD
from tests.coordination.staffing.pages import change, changelist, posted

LOGIN, RESET = "account_login", "account_reset_password"


def attempt(client, user, password, address):
    """Whether signing in from this network address works; out again at once."""
    client.post(reverse(LOGIN), {"login": user.email, "password": password}, REMOTE_ADDR=address)
    is_in = "_auth_user_id" in client.session
    client.session.flush()
    client.cookies.clear()
    return is_in


@pytest.mark.parametrize(
    ("attacker", "owner"),
    [
        ([f"203.0.113.{n}" for n in range(1, 7)], "198.51.100.7"),
        ([f"2001:db8:1:1::{n}" for n in range(1, 7)], "2001:db8:1:2::1"),
    ],
)
def test_tries_from_one_network_lock_out_that_network_only(cast, client, attacker, owner):
    user = cast.nurse.user
    for address in attacker[:5]:
        assert not attempt(client, user, "wrong", address)
    assert not attempt(client, user, PASSWORD, attacker[5])
    assert attempt(client, user, PASSWORD, owner)
    assert attempt(client, cast.teacher.user, PASSWORD, attacker[5])


def test_five_tries_are_let_through(cast, client):
    for number in range(4):
        assert not attempt(client, cast.nurse.user, "wrong", f"203.0.113.{number}")
    assert attempt(client, cast.nurse.user, PASSWORD, "203.0.113.9")


def test_one_address_tries_few_accounts(cast, client):
    """The limit of one address stands beside that of an account."""
    for number in range(10):
        client.post(reverse(LOGIN), {"login": f"x{number}@example.test", "password": "wrong"}, REMOTE_ADDR="192.0.2.1")
    assert not attempt(client, cast.nurse.user, PASSWORD, "192.0.2.1")
    assert attempt(client, cast.nurse.user, PASSWORD, "192.0.2.2")


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
    ],
)
def test_networks(address, network):
    assert str(network_of(address)) == network


# --- A new password -----------------------------------------------------------------------------------------------


def ask(client, email, **headers):
    return client.post(reverse(RESET), {"email": email}, **headers)


def test_the_link_leads_to_our_own_address_whatever_the_request_says(cast, client, settings):
    settings.PUBLIC_URL, settings.ALLOWED_HOSTS = "https://rinnalla.example", ["*"]
    cast.nurse.user.language = "sv"
    cast.nurse.user.save()
    assert ask(client, cast.nurse.user.email.upper(), HTTP_HOST="evil.example").status_code == 302
    assert django_mail.outbox == []
    mail = Mail.objects.get()
    letter = json.loads(mail.letter)
    assert (letter["to"], letter["language"], mail.area) == (cast.nurse.user.email, "sv", cast.mikkeli)
    link = letter["context"]["link"]
    assert link.startswith("https://rinnalla.example/account/password/reset/key/")
    assert send_waiting() == 1
    (message,) = django_mail.outbox
    assert link in message.body
    assert link in message.alternatives[0].content
    assert "evil" not in str(message.message())


def test_the_link_works_once(cast, client):
    ask(client, cast.nurse.user.email)
    path = json.loads(Mail.objects.get().letter)["context"]["link"].removeprefix(configured.PUBLIC_URL)
    form = client.get(path).url
    typed = {"password1": "kaunis-marraskuu", "password2": "kaunis-marraskuu"}
    assert client.post(form, typed).status_code == 302
    assert attempt(client, cast.nurse.user, "kaunis-marraskuu", "192.0.2.1")
    assert client.get(path).status_code == 200
    assert django_mail.outbox == []
    assert Mail.objects.count() == 1


def test_known_and_unknown_addresses_hear_the_same_with_a_dead_mail_server(cast, client, settings):
    settings.EMAIL_BACKEND, settings.EMAIL_PORT = "coordination.outbox.smtp.Backend", 1
    cast.teacher.ended_on = timezone.localdate()
    cast.teacher.save()
    cast.therapist.user.is_active = False
    cast.therapist.user.save()
    answers = {
        (answer.status_code, answer.url, answer.content)
        for who in (cast.nurse.user, cast.teacher.user, cast.therapist.user)
        for answer in (ask(client, who.email), ask(client, f"no.{who.email}"))
    }
    assert answers == {(302, reverse("account_reset_password_done"), b"")}
    assert json.loads(Mail.objects.get().letter)["to"] == cast.nurse.user.email


def test_nothing_else_is_sent(cast):
    for prefix in ("account/email/unknown_account", "account/email/login_code", "account/email/password_changed"):
        ClosedSignup().send_mail(prefix, "x@example.test", {"user": cast.nurse.user})
    assert django_mail.outbox == []
    assert not Mail.objects.exists()


# --- What stays in the browser, and what is remembered ------------------------------------------------------------


def test_what_a_page_says_next_is_in_no_cookie(administrator, town):
    answer = administrator.post(
        change(town.teacher.user), posted(administrator.get(change(town.teacher.user)), phone="+358401112223")
    )
    assert answer.status_code == 302
    assert "messages" not in answer.cookies
    assert "Tiina" in administrator.get(changelist("coordination_user")).content.decode()


def test_the_cache_has_room_for_the_tries_of_a_bad_day():
    assert configured.CACHES["default"]["OPTIONS"]["MAX_ENTRIES"] == 100_000
