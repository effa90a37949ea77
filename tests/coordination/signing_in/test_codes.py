"""Authenticator apps and recovery codes: set up, unreadable at rest, good once, and limited."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from auditlog.models import LogEntry
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from coordination.outbox.models import Mail
from coordination.signing_in import rotation
from tests.cast import PASSWORD, sign_in
from tests.coordination.signing_in.conftest import SECRET, code_now, with_app

ACTIVATE, QR, CODES = (reverse(name) for name in ("mfa_activate_totp", "mfa_totp_qr", "mfa_view_recovery_codes"))
SECOND, LOGIN = reverse("mfa_authenticate"), reverse("account_login")


@pytest.fixture(autouse=True)
def no_tries_before(db):
    cache.clear()


def half_in(client, member):
    """Somebody whose password was right."""
    return client.post(LOGIN, {"login": member.user.email, "password": PASSWORD})


def is_in(client):
    return "_auth_user_id" in client.session


def secret_on(page):
    return re.search(r'class="secret">([A-Z2-7]{32})<', page.content.decode())[1]


def first_code(secret):
    counters = list(totp.yield_hotp_counters_from_time())
    return totp.format_hotp_value(totp.hotp_value(secret, counters[1]))


def test_connecting_an_app(cast, client, django_capture_on_commit_callbacks):
    sign_in(client, cast.teacher)
    secret = secret_on(client.get(ACTIVATE))
    assert client.post(ACTIVATE, {"code": "000000"}).status_code == 200
    assert not Authenticator.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(ACTIVATE, {"code": first_code(secret)}).url == CODES
    assert {one.type for one in Authenticator.objects.filter(user=cast.teacher.user)} == {"totp", "recovery_codes"}
    assert client.get(QR).status_code == 404
    page = client.get(CODES).content.decode()
    codes = RecoveryCodes.activate(cast.teacher.user).get_unused_codes()
    assert len(codes) == 10
    assert all(code in page for code in codes)
    assert Mail.objects.count() == 1


def test_the_picture_is_served_from_an_address_of_its_own(cast, client):
    sign_in(client, cast.teacher)
    assert client.get(QR).status_code == 404
    page = client.get(ACTIVATE).content.decode()
    assert "data:" not in page
    assert f'src="{QR}"' in page
    picture = client.get(QR)
    assert (picture["Content-Type"], picture["Cache-Control"]) == ("image/svg+xml", "no-store")
    assert b"<svg" in picture.content


def test_no_secret_is_readable_at_rest(cast, client):
    """Neither while an app is being connected, nor afterwards, nor in the history."""
    sign_in(client, cast.teacher)
    secret = secret_on(client.get(ACTIVATE))
    held = [one.get_decoded() for one in Session.objects.all()]
    assert secret not in str(held)
    client.post(ACTIVATE, {"code": first_code(secret)})
    assert secret not in str([one.get_decoded() for one in Session.objects.all()])
    with connection.cursor() as cursor:
        cursor.execute("SELECT type, data FROM mfa_authenticator")
        stored = dict(cursor.fetchall())
    assert '"v1:' in stored["totp"].replace("'", '"')
    assert '"v1:' in stored["recovery_codes"].replace("'", '"')
    codes = RecoveryCodes.activate(cast.teacher.user).get_unused_codes()
    kept = str(stored) + str(list(LogEntry.objects.values("changes", "object_repr")))
    assert not any(word in kept for word in [secret, *codes])
    assert LogEntry.objects.filter(content_type__model="authenticator", action=LogEntry.Action.CREATE).count() == 2


@pytest.mark.parametrize("later", [-1, 0, 1])
def test_a_code_works_once_for_as_long_as_it_counts(cast, client, later):
    with_app(cast.teacher.user)
    half_in(client, cast.teacher)
    code = code_now(later=later)
    client.post(SECOND, {"code": code})
    assert is_in(client)
    client.logout()
    half_in(client, cast.teacher)
    # The library remembers for one period only, but takes a code for three.
    cache.delete(f"allauth.mfa.totp.used?user={cast.teacher.user.pk}&code={code}")
    assert "That was not right" in client.post(SECOND, {"code": code}).content.decode()
    assert not is_in(client)


def test_older_and_newer_codes_do_not_count(cast, client):
    with_app(cast.teacher.user)
    half_in(client, cast.teacher)
    for later in (-3, 3):
        client.post(SECOND, {"code": code_now(later=later)})
    assert not is_in(client)


def test_a_recovery_code_works_once(cast, client):
    code = with_app(cast.teacher.user, codes=True)[0]
    for works in (True, False):
        half_in(client, cast.teacher)
        client.post(SECOND, {"code": code})
        assert is_in(client) is works
        client.logout()


def test_another_persons_code_opens_nothing(cast, client):
    codes = with_app(cast.nurse.user, codes=True)
    totp.TOTP.activate(cast.teacher.user, totp.generate_totp_secret())
    half_in(client, cast.teacher)
    for code in (codes[0], code_now()):
        client.post(SECOND, {"code": code})
    assert not is_in(client)


def test_tries_are_limited_and_nobody_is_locked_out_for_good(cast, client, time_machine):
    """The limit holds for five minutes after the tries, and ends by itself."""
    began = timezone.now()
    time_machine.move_to(began, tick=False)
    with_app(cast.teacher.user)
    half_in(client, cast.teacher)
    for _ in range(5):
        client.post(SECOND, {"code": "000000"})
    for minutes, opens in ((0, False), (4, False), (6, True)):
        time_machine.move_to(began + timedelta(minutes=minutes), tick=False)
        client.post(SECOND, {"code": code_now()})
        assert is_in(client) is opens, minutes


@pytest.mark.parametrize("code", ["", "\0", "1" * 500, "🙂", "{{ 7 }}", "' OR 1=1 --"])
def test_anything_else_gets_an_answer(cast, client, code):
    with_app(cast.teacher.user, codes=True)
    half_in(client, cast.teacher)
    assert client.post(SECOND, {"code": code}).status_code == 200


@pytest.mark.parametrize(
    "credential", ["", "{}", "[]", "1", "null", '{"id": 5}', '{"response": {"userHandle": []}}', "x"]
)
def test_a_made_up_passkey_gets_an_answer(cast, client, credential):
    with_app(cast.teacher.user)
    assert client.get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"}).status_code == 200
    assert client.post(reverse("mfa_login_webauthn"), {"credential": credential}).url == LOGIN
    half_in(client, cast.teacher)
    assert client.post(SECOND, {"credential": credential}).status_code == 200
    assert not is_in(client)
    sign_in(client, cast.teacher)
    assert client.get(reverse("mfa_add_webauthn")).status_code == 200
    assert client.post(reverse("mfa_add_webauthn"), {"credential": credential, "name": "x"}).status_code == 200
    assert not Authenticator.objects.filter(type="webauthn").exists()


def test_taking_the_last_factor_off_leads_to_setting_up(cast, client):
    with_app(cast.teacher.user, codes=True)
    sign_in(client, cast.teacher)
    assert client.post(reverse("mfa_deactivate_totp")).url == reverse("mfa_index")
    assert not Authenticator.objects.exists()
    assert client.get("/").url == reverse("second_factor")


def test_what_is_not_ones_own_is_not_there(cast, client):
    with_app(cast.nurse.user, codes=True)
    with_app(cast.teacher.user)
    foreign = Authenticator.objects.filter(user=cast.nurse.user).first()
    sign_in(client, cast.teacher)
    assert client.get(reverse("mfa_remove_webauthn", args=[foreign.pk])).status_code == 404
    assert client.post(reverse("mfa_remove_webauthn", args=[foreign.pk])).status_code == 404
    assert client.get(CODES).status_code == 404
    assert Authenticator.objects.filter(user=cast.nurse.user).count() == 2


def test_reading_codes_writes_nothing(cast, client):
    codes = with_app(cast.teacher.user, codes=True)
    sign_in(client, cast.teacher)
    before = list(Authenticator.objects.order_by("pk").values())
    for _ in range(2):
        assert codes[0] in client.get(CODES).content.decode()
    assert list(Authenticator.objects.order_by("pk").values()) == before


def test_new_codes_replace_the_old_ones(cast, client):
    old = with_app(cast.teacher.user, codes=True)
    sign_in(client, cast.teacher)
    assert client.post(reverse("mfa_generate_recovery_codes")).url == CODES
    new = RecoveryCodes.activate(cast.teacher.user).get_unused_codes()
    assert not set(old) & set(new)
    assert SECRET not in client.get(reverse("mfa_index")).content.decode()


def test_secrets_come_under_the_newest_key(cast, client, settings):
    """Whoever drops the old key afterwards still signs in."""
    codes = with_app(cast.teacher.user, codes=True)
    old = settings.ENCRYPTION_KEYS
    settings.ENCRYPTION_KEYS = {**old, max(old) + 1: bytes(range(32))}
    assert rotation.rewrite().rewritten == 2
    assert rotation.rewrite().rewritten == 0
    assert rotation.versions() == [(max(old) + 1, 2)]
    settings.ENCRYPTION_KEYS = {max(old) + 1: bytes(range(32))}
    half_in(client, cast.teacher)
    client.post(SECOND, {"code": codes[0]})
    assert is_in(client)
