"""P12: nothing opens without a second factor, and to coordinators and administrators nothing without a passkey."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import get_resolver, reverse

from coordination.signing_in import rules
from coordination.signing_in.rules import Missing, Shown
from tests.access.urlconf import addresses
from tests.cast import PASSWORD, sign_in
from tests.coordination.signing_in.conftest import code_now, with_app

PASSKEY, APP, CODES = Authenticator.Type.WEBAUTHN, Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES
ABOUT_SIGNING_IN = {
    "account_logout",
    "account_reauthenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_activate_totp",
    "mfa_totp_qr",
    "mfa_add_webauthn",
    "mfa_view_recovery_codes",
    "second_factor",
    "set_language",
    "favicon",
}
SET_UP = "/account/security/set-up/"


class Who:
    def __init__(self, *, is_staff):
        self.is_staff = is_staff


@pytest.mark.parametrize(
    ("is_staff", "kinds", "shown", "missing"),
    [
        (False, set(), Shown(), Missing.FACTOR),
        (False, {CODES}, Shown(), Missing.FACTOR),
        (False, {APP}, Shown(), None),
        (False, {PASSKEY}, Shown(), None),
        (False, set(), Shown(vouched=True), None),
        (True, set(), Shown(), Missing.PASSKEY),
        (True, {APP}, Shown(kinds=frozenset({APP})), Missing.PASSKEY),
        (True, {PASSKEY, APP}, Shown(kinds=frozenset({APP})), Missing.PASSKEY_SHOWN),
        (True, {PASSKEY}, Shown(kinds=frozenset({PASSKEY})), None),
        (True, {PASSKEY, CODES}, Shown(kinds=frozenset({CODES})), Missing.PASSKEY),
        (True, set(), Shown(vouched=True), Missing.PASSKEY),
        (True, set(), Shown(vouched=True, vouched_as_passkey=True), None),
    ],
)
def test_what_is_missing(is_staff, kinds, shown, missing):
    assert rules.missing(Who(is_staff=is_staff), kinds, shown) == missing


def test_in_the_demo_nothing_is(settings):
    settings.SECOND_FACTOR = "optional"
    assert rules.missing(Who(is_staff=True), set(), Shown()) is None


@pytest.mark.parametrize("who", ["teacher", "administrator"])
def test_every_address_leads_to_setting_up(cast, client, who):
    """Whatever is not about signing in: nothing is shown, and nothing is done."""
    sign_in(client, getattr(cast, who))
    opened = set()
    for name, route in addresses():
        if name in ABOUT_SIGNING_IN or _is_open(name) or "<" in route or "(" in route:
            continue
        answers = {client.get(f"/{route}").headers.get("Location"), client.post(f"/{route}").headers.get("Location")}
        if answers != {SET_UP}:
            opened.add(name)
    assert opened == set()


def _is_open(name):
    """Whether this address is open to whoever is not signed in."""

    def walk(patterns, prefix=""):
        for one in patterns:
            if hasattr(one, "url_patterns"):
                yield from walk(one.url_patterns, f"{prefix}{one.namespace}:" if one.namespace else prefix)
            elif f"{prefix}{one.name}" == name:
                yield one.callback

    return any(not getattr(view, "login_required", True) for view in walk(get_resolver().url_patterns))


def test_who_has_a_factor_goes_on(cast, client):
    sign_in(client, cast.teacher)
    assert client.get("/").url == SET_UP
    assert client.get(SET_UP).status_code == 200
    with_app(cast.teacher.user)
    assert client.get("/").status_code == 200
    assert client.get(SET_UP).url == "/"


def test_a_coordinator_with_an_app_only_is_asked_for_a_passkey(cast, client):
    with_app(cast.coordinator.user)
    sign_in(client, cast.coordinator)
    assert client.get("/").url == SET_UP
    assert "Add a passkey to begin" in client.get(SET_UP).content.decode()


def test_a_role_given_later_asks_for_a_passkey_with_the_next_page(cast, client):
    from coordination.staffing.commands import save_membership

    with_app(cast.teacher.user)
    sign_in(client, cast.teacher)
    assert client.get("/").status_code == 200
    cast.teacher.role = "coordinator"
    save_membership(membership=cast.teacher, by=cast.administrator)
    # The new role ends every session.
    cast.teacher.user.refresh_from_db()
    sign_in(client, cast.teacher)
    assert client.get("/").url == SET_UP


def test_the_password_alone_signs_nobody_in(cast, client):
    with_app(cast.teacher.user)
    answer = client.post(reverse("account_login"), {"login": cast.teacher.user.email, "password": PASSWORD})
    assert answer.url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    assert client.get("/").url.startswith(reverse("account_login"))
    assert client.post(answer.url, {"code": code_now()}).status_code == 302
    assert client.get("/").status_code == 200


def test_a_new_password_signs_nobody_in_either(cast, client):
    """Who has the mailbox still needs the factor."""
    import json

    from coordination.outbox.models import Mail

    with_app(cast.teacher.user)
    client.post(reverse("account_reset_password"), {"email": cast.teacher.user.email})
    link = json.loads(Mail.objects.get().letter)["context"]["link"]
    form = client.get("/" + link.split("/", 3)[3]).url
    client.post(form, {"password1": "kaunis-marraskuu", "password2": "kaunis-marraskuu"})
    assert "_auth_user_id" not in client.session
    answer = client.post(reverse("account_login"), {"login": cast.teacher.user.email, "password": "kaunis-marraskuu"})
    assert answer.url == reverse("mfa_authenticate")


def test_an_invited_person_goes_on_to_setting_up(cast, client):
    import json

    from coordination.outbox.models import Mail
    from coordination.staffing import commands

    commands.invite(email="uusi@example.test", agency=cast.school, by=cast.administrator)
    link = json.loads(Mail.objects.get().letter)["context"]["link"]
    typed = {"first_name": "Uuno", "last_name": "Uusi", "phone": "", "language": "fi"}
    typed |= dict.fromkeys(["password", "password_again"], "kaunis-marraskuu")
    assert client.post("/" + link.split("/", 3)[3], typed).status_code == 302
    assert client.get("/").url == SET_UP
    # Who has just chosen a password isn't asked for it again.
    assert client.get(reverse("mfa_activate_totp")).status_code == 200
