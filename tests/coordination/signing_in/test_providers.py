"""Towns' sign-ins: configured in a file that is checked at start, and held to the letter of the token."""

import json
import time
from urllib.parse import parse_qsl, urlsplit

import jwt
import pytest
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.exceptions import ImproperlyConfigured
from django.test import RequestFactory

from config.settings import providers
from coordination.signing_in.identity import identity_of, uid_of
from coordination.signing_in.provider import TownAdapter, TownProvider
from coordination.signing_in.social import TownSignIn, name_of
from tests.oidc_provider.people import configuration

ENTRY = configuration("https://town.example")
KEY, OTHER_KEY = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))


def file_with(tmp_path, content):
    path = tmp_path / "providers.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return str(path)


def test_no_file_no_providers():
    assert providers.read("") == []


def test_a_complete_entry(tmp_path):
    (read,) = providers.read(file_with(tmp_path, [ENTRY]))
    assert read["scope"] == ["openid", "profile", "email"]
    assert read["second_factor"] == {"acr": [], "amr": ["mfa"]}
    assert read["fetch_userinfo"] is True


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        *(({name: None}, f'has no "{name}"') for name in ("id", "issuer", "client_id", "client_secret", "staff_claim")),
        ({"issuer": "http://town.example"}, "https://"),
        ({"issuer": "https://town.example?x=1"}, "https://"),
        ({"id": "Town/1"}, '"id"'),
        ({"name": {"de": "Stadt"}}, "fi, sv and en"),
        ({"name": None}, '"name"'),
        ({"staff_values": []}, '"staff_values"'),
        ({"staff_values": "staff"}, '"staff_values"'),
        ({"scope": ["email"]}, '"openid"'),
        ({"second_factor": ["mfa"]}, '"second_factor"'),
        ({"second_factor": {"amr": "mfa"}}, "second_factor.amr"),
        ({"fetch_userinfo": "no"}, "fetch_userinfo"),
        ({"auth_params": {"max_age": 1}}, "auth_params"),
        ({"token_auth_method": "none"}, "token_auth_method"),
        ({"clientid": "x"}, "clientid means nothing"),
    ],
)
def test_what_is_wrong_is_said_by_the_variables_name(tmp_path, changed, said):
    entry = {name: value for name, value in {**ENTRY, **changed}.items() if value is not None}
    with pytest.raises(ImproperlyConfigured, match="OIDC_PROVIDERS") as refusal:
        providers.read(file_with(tmp_path, [entry]))
    assert said in str(refusal.value)


@pytest.mark.parametrize("content", ["{", "{}", "[1]", [ENTRY, ENTRY], [ENTRY, {**ENTRY, "id": "other"}]])
def test_what_is_not_a_list_of_different_providers(tmp_path, content):
    with pytest.raises(ImproperlyConfigured, match="OIDC_PROVIDERS"):
        providers.read(file_with(tmp_path, content))


def test_a_file_that_is_not_there():
    with pytest.raises(ImproperlyConfigured, match="OIDC_PROVIDERS: the file /no/such/file can't be read"):
        providers.read("/no/such/file")


# --- Who somebody is ----------------------------------------------------------------------------------------------


def said(**claims):
    return identity_of({"iss": "https://town.example/o", "sub": "1"} | claims, providers.complete(ENTRY))


def test_an_identity_is_its_issuer_and_subject():
    keys = {uid_of(issuer, subject) for issuer, subject in [("a", "bc"), ("ab", "c"), ("abc", ""), ("a", "b")]}
    assert len(keys) == 4
    assert said(email="x@example.test").uid == said(email="y@example.test").uid == uid_of("https://town.example/o", "1")


@pytest.mark.parametrize(
    ("value", "is_staff"),
    [
        ("staff", True),
        (["student", "employee"], True),
        (["student"], False),
        ("staffish", False),
        ("STAFF", False),
        ("", False),
        (None, False),
        (7, False),
        ([["staff"]], False),
        ({"student": 1}, False),
    ],
)
def test_staff_is_said_in_so_many_words(value, is_staff):
    assert said(eduPersonAffiliation=value).is_staff is is_staff


def test_what_vouches():
    assert not said().vouched
    assert said(amr=["pwd", "mfa"]).vouched
    assert not said(amr=["pwd", "mfa"]).vouched_as_passkey
    assert said(acr="urn:town:phishing-resistant").vouched_as_passkey
    assert said(acr="urn:town:phishing-resistant").vouched
    assert not said(acr="mfa", amr="urn:town:phishing-resistant").vouched


@pytest.mark.parametrize("value", ["true", 1, "false", None, [True]])
def test_only_a_plain_yes_verifies_an_address(value):
    assert not said(email="a@b.fi", email_verified=value).email_verified


# --- The token ----------------------------------------------------------------------------------------------------


class Town(TownAdapter):
    """Knows the provider's description without asking for it."""

    _openid_config = None


@pytest.fixture
def adapter(settings, monkeypatch, db):
    settings.OIDC_PROVIDERS = [providers.complete(ENTRY)]
    adapter = Town(RequestFactory().get("/"), "town")
    adapter._openid_config = {
        "issuer": ENTRY["issuer"],
        "authorization_endpoint": "https://town.example/o/authorize/",
        "token_endpoint": "https://town.example/o/token/",
        "userinfo_endpoint": "https://town.example/o/userinfo/",
        "jwks_uri": "https://town.example/o/keys/",
    }
    monkeypatch.setattr(
        "allauth.socialaccount.internal.jwtkit.fetch_key",
        lambda credential, url, lookup: (jwt.get_unverified_header(credential)["alg"], KEY.public_key()),
    )
    monkeypatch.setattr(Town, "_fetch_user_info", lambda self, token: {"sub": "1", "eduPersonAffiliation": "staff"})
    return adapter


def complete(adapter, *, key=KEY, algorithm="RS256", **claims):
    now = int(time.time())
    said = {"iss": ENTRY["issuer"], "sub": "1", "aud": "rinnalla", "iat": now, "exp": now + 60, "nonce": "n"} | claims
    token = jwt.encode({k: v for k, v in said.items() if v is not None}, key, algorithm=algorithm, headers={"kid": "1"})
    app = adapter.get_provider().app
    return adapter.complete_login(adapter.request, app, type("Token", (), {"token": "x"}), response={"id_token": token})


def test_a_good_token(adapter):
    login = complete(adapter)
    assert (login.identity.uid, login.identity.is_staff, login.nonce) == (uid_of(ENTRY["issuer"], "1"), True, "n")
    assert (login.account.uid, login.account.provider, login.account.extra_data) == (login.identity.uid, "town", {})
    assert login.email_addresses == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"iss": "https://other.example"},
        {"aud": "somebody-else"},
        {"aud": ["rinnalla", "somebody-else"]},
        {"exp": 1},
        {"exp": None, "aud": None},
        {"sub": None},
        {"sub": ""},
        {"sub": 1},
        {"sub": "2"},
        {"key": OTHER_KEY},
        {"key": "a-secret-between-two-servers-and-nobody-else", "algorithm": "HS256"},
        {"key": None, "algorithm": "none"},
    ],
)
def test_any_other_token_is_refused(adapter, wrong):
    with pytest.raises(OAuth2Error):
        complete(adapter, **wrong)


def test_several_readers_are_named_together_with_us(adapter):
    assert complete(adapter, aud=["rinnalla", "another"], azp="rinnalla").identity.uid


@pytest.mark.parametrize("response", [{}, {"id_token": None}, {"id_token": 5}, {"id_token": "x.y"}, {"id_token": "\0"}])
def test_no_token_at_all_is_refused(adapter, response):
    with pytest.raises(OAuth2Error):
        adapter.complete_login(
            adapter.request, adapter.get_provider().app, type("Token", (), {"token": "x"}), response=response
        )


@pytest.mark.parametrize(
    "wrong",
    [
        {"issuer": "https://other.example"},
        {"token_endpoint": "http://town.example/token/"},
        {"jwks_uri": None},
        {"authorization_endpoint": "javascript:alert(1)"},
    ],
)
def test_the_description_is_the_configured_issuers(adapter, wrong):
    adapter._openid_config |= wrong
    with pytest.raises(OAuth2Error):
        _ = adapter.openid_config


def test_a_row_in_the_database_adds_no_provider(settings, db):
    settings.OIDC_PROVIDERS = [providers.complete(ENTRY)]
    SocialApp.objects.create(provider="openid_connect", provider_id="evil", client_id="x", name="Evil")
    assert [one.provider_id for one in TownSignIn().list_apps(None)] == ["town"]


def test_two_towns_with_one_client_id_are_told_apart(settings, db, rf):
    other = {**ENTRY, "id": "other", "issuer": "https://other.example"}
    settings.OIDC_PROVIDERS = [providers.complete(ENTRY), providers.complete(other)]
    provider = TownSignIn().get_provider(rf.get("/"), "other")
    assert TownProvider.deserialize(provider.serialize()).app.settings["issuer"] == "https://other.example"


def test_names_are_in_the_readers_language():
    from django.utils.translation import override

    with override("sv"):
        assert name_of(providers.complete(ENTRY)) == "S:t Michels inloggning"
    with override("sv"):
        assert name_of(providers.complete({**ENTRY, "name": "Kirjaudu"})) == "Kirjaudu"


# --- Coming back --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("nonce", [None, "", "another"])
def test_a_token_made_for_another_journey_is_refused(adapter, client, nonce):
    login = complete(adapter)
    login.state = {"process": "login", "nonce": nonce}
    with pytest.raises(ImmediateHttpResponse) as refusal:
        TownSignIn().pre_social_login(_request(client), login)
    assert refusal.value.response.status_code == 403
    assert "did not succeed" in refusal.value.response.content.decode()


def test_no_token_is_kept_even_in_passing(adapter, client):
    login = complete(adapter)
    login.token, login.state = "a token", {"process": "login", "nonce": "n"}
    with pytest.raises(ImmediateHttpResponse) as refusal:
        TownSignIn().pre_social_login(_request(client), login)
    assert "No account here is connected" in refusal.value.response.content.decode()
    assert login.token is None


def _request(client):
    """A request that has been through the middleware."""
    return client.get("/account/login/").wsgi_request


def test_what_the_address_bar_says_never_reaches_the_provider(adapter, client, monkeypatch):
    monkeypatch.setattr(TownAdapter, "openid_config", adapter._openid_config)
    asked = client.post(
        "/account/with/town/?scope=admin&auth_params=prompt%3Dnone%26redirect_uri%3Dhttps://evil.example"
    )
    address = asked.context["address"]
    assert "evil" not in address
    assert "admin" not in address
    assert "prompt" not in address
    sent = dict(parse_qsl(urlsplit(address).query))
    assert sent["code_challenge_method"] == "S256"
    assert len(sent["nonce"]) == 32
    assert sent["redirect_uri"].endswith("/account/with/town/back/")
