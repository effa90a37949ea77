"""A town's own sign-in, walked in a real browser against a real provider."""

import json
from urllib.parse import urljoin

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialToken

from coordination.agencies import role_permissions
from coordination.agencies.models import User
from coordination.outbox.models import Mail
from coordination.signing_in.identity import uid_of
from coordination.staffing import commands
from tests.cast import PASSWORD, Cast
from tests.coordination.signing_in.conftest import code_now, with_app
from tests.coordination.signing_in.town import HERE, as_whom, sign_in_with_town, town, town_url  # noqa: F401  fixtures
from tests.journeys.axe import assert_accessible

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast(transactional_db):
    role_permissions.apply()
    cast = Cast()
    User.objects.update(language="en")  # unaudited: the tests read English
    return cast


@pytest.fixture
def page(open_context, town):  # noqa: F811
    return open_context(language="en")


def sign_in_with_password(page, user):
    page.goto("/account/login/")
    page.locator("[name=login]").fill(user.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).first.click()


def connect(page, who):
    page.goto("/account/security/")
    page.get_by_role("link", name="Connect Mikkeli sign-in").click()
    assert_accessible(page)
    page.get_by_role("button", name="Connect").click()
    as_whom(page, who)
    page.wait_for_url("**/account/security/")


def refusal(page):
    assert page.get_by_role("heading", name="You can't come in this way").is_visible()
    assert_accessible(page)
    return page.locator("main .lead").inner_text()


def test_connected_once_it_opens_the_account_from_then_on(cast, page, settings):
    settings.SECOND_FACTOR = "optional"
    sign_in_with_password(page, cast.teacher.user)
    page.wait_for_url("**/")
    connect(page, "teacher")
    assert page.get_by_text("Connected. From now on").is_visible()
    assert_accessible(page)
    account = SocialAccount.objects.get()
    assert (account.user, account.provider, account.extra_data) == (cast.teacher.user, "town", {})
    assert account.uid == uid_of(settings.OIDC_PROVIDERS[0]["issuer"], "1")
    assert not SocialToken.objects.exists()
    page.context.clear_cookies()
    # Their address means nothing here: they sign in although it has changed.
    cast.teacher.user.email = "moved@example.test"
    cast.teacher.user.save()
    sign_in_with_town(page, "teacher", "?next=/people/")
    page.wait_for_url("**/people/")
    assert page.locator(".account__who").inner_text() == cast.teacher.user.get_full_name()


@pytest.mark.parametrize("width", [1280, 375])
def test_the_sign_in_page_and_the_way_out_are_accessible(cast, open_context, town, width):  # noqa: F811
    page = open_context(language="en", width=width)
    page.goto("/account/login/")
    assert page.get_by_role("button", name="Sign in with Mikkeli sign-in").is_visible()
    assert_accessible(page)


def test_whoever_is_unknown_is_refused_even_with_a_known_address(cast, page):
    """Nobody is found by an address alone, and no account is made."""
    before = User.objects.count()
    for who in ("unknown", "teacher"):
        sign_in_with_town(page, who)
        assert "No account here is connected" in refusal(page)
        page.context.clear_cookies()
    assert (User.objects.count(), SocialAccount.objects.count()) == (before, 0)


def test_a_student_is_refused_also_when_connected(cast, page, settings):
    sign_in_with_town(page, "student")
    assert "Your organisation does not say that you do" in refusal(page)
    page.context.clear_cookies()
    SocialAccount.objects.create(
        user=cast.teacher.user, provider="town", uid=uid_of(settings.OIDC_PROVIDERS[0]["issuer"], "4")
    )
    sign_in_with_town(page, "student")
    assert "Your organisation does not say that you do" in refusal(page)


def open_for(settings, user, number):
    SocialAccount.objects.create(
        user=user, provider="town", uid=uid_of(settings.OIDC_PROVIDERS[0]["issuer"], str(number))
    )


def test_a_second_factor_is_asked_unless_the_town_vouches(cast, page, settings):
    open_for(settings, cast.teacher.user, 1)
    open_for(settings, cast.nurse.user, 2)
    open_for(settings, cast.coordinator.user, 3)
    for member in (cast.teacher, cast.nurse):
        with_app(member.user)
    sign_in_with_town(page, "teacher")
    page.wait_for_url("**/account/code/")
    assert_accessible(page)
    page.get_by_label("Code").fill(code_now())
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("http://localhost:*/")
    page.context.clear_cookies()
    sign_in_with_town(page, "nurse")
    page.wait_for_url("http://localhost:*/")
    page.context.clear_cookies()
    # A coordinator without a passkey of ours: the town says it has seen one.
    sign_in_with_town(page, "coordinator")
    page.wait_for_url("http://localhost:*/")
    assert page.locator(".account__who").inner_text() == cast.coordinator.user.get_full_name()


def test_without_a_factor_and_without_vouching_one_is_set_up_first(cast, page, settings):
    open_for(settings, cast.teacher.user, 1)
    sign_in_with_town(page, "teacher")
    page.wait_for_url("**/account/security/set-up/")
    page.goto("/people/")
    page.wait_for_url("**/account/security/set-up/")
    assert_accessible(page)


def test_a_closed_account_and_one_without_a_role_stay_out(cast, page, settings):
    open_for(settings, cast.teacher.user, 1)
    commands.end_membership(membership=cast.teacher, by=cast.administrator)
    sign_in_with_town(page, "teacher")
    assert "no work role" in refusal(page)
    page.context.clear_cookies()
    open_for(settings, cast.nurse.user, 2)
    commands.disable_user(user=cast.nurse.user, by=cast.administrator)
    sign_in_with_town(page, "nurse")
    page.wait_for_url("**/account/inactive/")


@pytest.fixture
def back(page):
    """The addresses on which the provider sends the browser back."""
    seen = []
    page.on("request", lambda request: seen.append(request.url) if "/account/with/town/back/" in request.url else None)
    return seen


def test_an_answer_counts_once_and_only_in_the_browser_that_asked(cast, page, settings, back, open_context):
    settings.SECOND_FACTOR = "optional"
    open_for(settings, cast.teacher.user, 1)
    sign_in_with_town(page, "teacher")
    page.wait_for_url("http://localhost:*/")
    (address,) = back
    page.context.clear_cookies()
    for asking in (page, open_context(language="en")):
        for replayed in (
            address,
            address.replace("state=", "state=x"),
            address.split("&state=")[0],
            address.split("?")[0],
        ):
            asking.goto(replayed)
            assert "did not succeed" in refusal(asking)
    asking.goto("/people/")
    assert "/account/login/" in asking.url


def test_another_persons_answer_does_not_count(cast, page, settings, open_context):
    """Somebody who makes another open the end of their own journey signs nobody in."""
    settings.SECOND_FACTOR = "optional"
    open_for(settings, cast.teacher.user, 1)
    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in with Mikkeli sign-in").click()
    page.wait_for_url("http://127.0.0.1:*/login/**")
    # The provider's answers, one by one; the last would send this browser back here.
    asking = page.context.request
    answer = asking.post(page.url, form={"who": "teacher"}, max_redirects=0)
    answer = asking.get(urljoin(page.url, answer.headers["location"]), max_redirects=0)
    address = answer.headers["location"]
    assert "/account/with/town/back/?" in address
    victim = open_context(language="en")
    victim.goto("/account/login/")
    victim.goto(address)
    assert "did not succeed" in refusal(victim)


def test_one_identity_opens_one_account(cast, page, settings):
    settings.SECOND_FACTOR = "optional"
    open_for(settings, cast.nurse.user, 1)
    sign_in_with_password(page, cast.teacher.user)
    page.wait_for_url("**/")
    page.goto("/account/security/")
    page.get_by_role("link", name="Connect Mikkeli sign-in").click()
    page.get_by_role("button", name="Connect").click()
    as_whom(page, "teacher")
    page.wait_for_url(HERE)
    assert "already opens another account" in refusal(page)
    assert SocialAccount.objects.get().user == cast.nurse.user


def test_a_connection_is_removed(cast, page, settings):
    settings.SECOND_FACTOR = "optional"
    open_for(settings, cast.teacher.user, 1)
    sign_in_with_town(page, "teacher")
    page.wait_for_url("http://localhost:*/")
    page.goto("/account/security/")
    page.get_by_role("link", name="Remove Mikkeli sign-in").click()
    page.get_by_role("button", name="Remove the connection").click()
    page.wait_for_url("**/account/security/")
    assert not SocialAccount.objects.exists()


# --- Invitations --------------------------------------------------------------------------------------------------


def invite(cast, email="uusi@example.test"):
    commands.invite(email=email, agency=cast.school, by=cast.administrator, language="en")
    return json.loads(Mail.objects.get(kind=Mail.Kind.LETTER).letter)["context"]["link"].split("/", 3)[3]


def accept_with_town(page, path, who):
    page.goto(f"/{path}")
    assert_accessible(page)
    page.get_by_role("button", name="Accept with Mikkeli sign-in").click()
    as_whom(page, who)
    page.wait_for_url(HERE)


def test_an_invitation_is_accepted_without_a_password(cast, page):
    accept_with_town(page, invite(cast), "invited")
    page.wait_for_url("**/with/")
    assert_accessible(page)
    assert page.get_by_label("First name").input_value() == "Uuno"
    page.get_by_role("button", name="Accept the invitation").click()
    page.wait_for_url("**/account/security/set-up/")
    user = User.objects.get(email="uusi@example.test")
    assert not user.has_usable_password()
    assert SocialAccount.objects.get().user == user
    assert user.memberships.get().agency == cast.school
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("who", ["unknown", "unverified"])
def test_only_the_owner_of_the_invited_address_may(cast, page, who):
    before = User.objects.count()
    accept_with_town(page, invite(cast), who)
    assert page.get_by_text("another address than the one").is_visible()
    assert_accessible(page)
    assert (User.objects.count(), SocialAccount.objects.count()) == (before, 0)


def test_a_student_is_not_let_in_by_an_invitation(cast, page):
    accept_with_town(page, invite(cast, "oppilas@example.test"), "student")
    assert "Your organisation does not say that you do" in refusal(page)
