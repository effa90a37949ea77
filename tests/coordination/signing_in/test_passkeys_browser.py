"""Passkeys and authenticator apps in a real browser, with an authenticator that the browser plays."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp

from coordination.agencies import role_permissions
from coordination.agencies.models import User
from tests.cast import PASSWORD, Cast
from tests.coordination.signing_in.conftest import with_app
from tests.journeys.axe import assert_accessible

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# The whole address, since what comes after `?next=` looks like one, too.
CODES, SET_UP = "http://localhost:*/account/recovery-codes/", "http://localhost:*/account/security/set-up/"
PLATFORM = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def cast(transactional_db, settings, live_server):
    settings.PUBLIC_URL = live_server.url
    role_permissions.apply()
    cast = Cast()
    User.objects.update(language="en")  # unaudited: the tests read English
    return cast


class Device:
    """The authenticator of this page's browser."""

    def __init__(self, page):
        self.session = page.context.new_cdp_session(page)
        self.session.send("WebAuthn.enable")
        self.id = self.session.send("WebAuthn.addVirtualAuthenticator", {"options": PLATFORM})["authenticatorId"]

    def refuse(self):
        """Whoever holds the device isn't its owner."""
        self.session.send("WebAuthn.setUserVerified", {"authenticatorId": self.id, "isUserVerified": False})


def sign_in(page, user):
    page.goto("/account/login/")
    page.locator("[name=login]").fill(user.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).first.click()


def add_passkey(page, name, then=CODES):
    page.get_by_role("button", name="Add a passkey").click()
    page.wait_for_url("**/passkeys/add/")
    assert_accessible(page)
    page.get_by_label("Name of the passkey").fill(name)
    page.get_by_role("button", name="Add the passkey").click()
    page.wait_for_url(then)
    assert_accessible(page)


@pytest.mark.parametrize("width", [1280, 375])
def test_a_coordinator_sets_a_passkey_up_and_comes_in_with_it_alone(cast, open_context, width):
    page = open_context(language="en", width=width)
    Device(page)
    sign_in(page, cast.coordinator.user)
    page.wait_for_url(SET_UP)
    assert_accessible(page)
    # Made is not shown: it is tried once, so that nobody finds out tomorrow that it doesn't work.
    add_passkey(page, "work phone", then=SET_UP)
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/reauthenticate/passkey/**")
    assert_accessible(page)
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(CODES)
    assert_accessible(page)
    page.get_by_role("button", name="I have kept them safe").click()
    page.wait_for_url("http://localhost:*/")
    page.goto("/account/security/")
    assert page.get_by_text("work phone").first.is_visible()
    assert_accessible(page)
    # Signed out; the passkey in the place of address and password, and on to the page that was asked for.
    page.context.clear_cookies()
    page.goto("/account/login/?next=/follow-ups/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/follow-ups/")


def test_a_coordinator_who_came_in_by_a_code_shows_the_passkey(cast, open_context):
    page = open_context(language="en")
    Device(page)
    user = cast.coordinator.user
    sign_in(page, user)
    page.wait_for_url(SET_UP)
    add_passkey(page, "", then=SET_UP)
    assert str(Authenticator.objects.get(type="webauthn")) == "Passkey"
    with_app(user)
    page.context.clear_cookies()
    sign_in(page, user)
    page.wait_for_url("**/account/code/")
    assert_accessible(page)
    counters = list(totp.yield_hotp_counters_from_time())
    page.get_by_label("Code").fill(totp.format_hotp_value(totp.hotp_value(_secret(user), counters[1])))
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url(SET_UP)
    assert page.get_by_role("heading", name="Show your passkey").is_visible()
    # Another passkey can't be added on the strength of a code.
    page.goto("/account/passkeys/add/")
    page.wait_for_url(SET_UP)


def _secret(user):
    from allauth.mfa.utils import decrypt

    return decrypt(Authenticator.objects.get(user=user, type="totp").data["secret"])


def test_the_passkey_as_second_step_and_once_more(cast, open_context, settings):
    page = open_context(language="en")
    device = Device(page)
    user = cast.teacher.user
    sign_in(page, user)
    page.wait_for_url(SET_UP)
    add_passkey(page, "blue key")
    page.context.clear_cookies()
    sign_in(page, user)
    page.wait_for_url("**/account/code/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("http://localhost:*/")
    page.goto("/account/reauthenticate/?next=/people/")
    assert_accessible(page)
    page.get_by_role("link", name="Use a passkey").click()
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/people/")
    # Somebody else at the device: nothing opens, and the page says what to do.
    page.context.clear_cookies()
    device.refuse()
    sign_in(page, user)
    page.wait_for_url("**/account/code/")
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_text("No passkey answered").wait_for(timeout=20_000)
    assert_accessible(page)


@pytest.mark.parametrize("width", [1280, 375])
def test_connecting_an_app_by_keyboard(cast, open_context, width):
    page = open_context(language="en", width=width)
    sign_in(page, cast.teacher.user)
    page.wait_for_url(SET_UP)
    page.get_by_role("button", name="Connect an app").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/app/connect/")
    picture = page.locator("img.qr")
    assert picture.evaluate("image => image.complete && image.naturalWidth > 0")
    assert_accessible(page)
    page.locator("summary").filter(has_text="Type the key by hand").press("Enter")
    secret = page.locator(".secret").inner_text()
    counters = list(totp.yield_hotp_counters_from_time())
    page.get_by_label("The code that the app shows now").focus()
    page.keyboard.type(totp.format_hotp_value(totp.hotp_value(secret, counters[1])))
    page.keyboard.press("Enter")
    page.wait_for_url(CODES)
    assert page.locator(".codes li").count() == 10
    page.get_by_role("button", name="I have kept them safe").press("Enter")
    page.wait_for_url("http://localhost:*/")
    page.goto("/account/app/remove/")
    assert_accessible(page)
    page.goto("/account/recovery-codes/new/")
    assert_accessible(page)
