"""A town's own sign-in, as an OpenID Connect provider of the sign-in library, held to more than the library asks.

On top of state and PKCE: a nonce; the signature of the id token, always; one issuer, the configured one; no parameters
from the address bar. Nothing that the provider says is stored.
"""

from urllib.parse import urlsplit

import jwt
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.urls import reverse
from django.utils.crypto import constant_time_compare, get_random_string
from requests import RequestException

from coordination.signing_in.identity import identity_of, uid_of

# Signatures with a private key; never the client's secret, never none.
ALGORITHMS = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class TownAdapter(OpenIDConnectOAuth2Adapter):
    """Talks to the provider: its configuration, the token for a code, and what the token says."""

    @property
    def openid_config(self):
        """The provider's own description; raises OAuth2Error when it isn't the configured issuer's."""
        try:
            found = super().openid_config
        except (RequestException, ValueError) as error:
            raise OAuth2Error("The provider's description can't be read.") from error
        provider = self.get_provider().app.settings
        if not isinstance(found, dict) or found.get("issuer") != provider["issuer"]:
            raise OAuth2Error("The provider's description names another issuer.")
        needed = [*_ENDPOINTS, *(["userinfo_endpoint"] if provider["fetch_userinfo"] else [])]
        if not all(_is_safe(found.get(name)) for name in needed):
            raise OAuth2Error("The provider's description lacks an address, or has one without encryption.")
        return found

    def get_callback_url(self, request, app):
        """Where the provider sends people back, at our own address: what a request says of its host may be a lie."""
        return settings.PUBLIC_URL + reverse("openid_connect_callback", kwargs={"provider_id": self.provider_id})

    def get_access_token_data(self, request, app, client, pkce_code_verifier=None):
        """The provider's answer to the code; raises OAuth2Error for one that can't be read."""
        try:
            return super().get_access_token_data(request, app, client, pkce_code_verifier)
        except (KeyError, ValueError, AttributeError) as error:
            raise OAuth2Error("The provider's answer can't be read.") from error

    def complete_login(self, request, app, token, **kwargs):
        """The sign-in that the tokens stand for, with its `identity` and the `nonce` that the provider repeated."""
        try:
            said = self._claims(app, token, kwargs["response"])
            identity = identity_of(said, app.settings)
        except (KeyError, TypeError, ValueError, AttributeError, jwt.PyJWTError) as error:
            raise OAuth2Error("The provider's token can't be read.") from error
        login = self.get_provider().sociallogin_from_response(request, said)
        login.identity = identity
        login.nonce = said.get("nonce")
        return login

    def _claims(self, app, token, response):
        stated = self._checked(app, response["id_token"])
        if not app.settings["fetch_userinfo"]:
            return stated
        more = self._fetch_user_info(token.token)
        # Whose they are is said by the signed token only (OpenID Connect Core, 5.3.2).
        if more["sub"] != stated["sub"]:
            raise OAuth2Error("The provider spoke of two people.")
        return {**more, **stated}

    def _checked(self, app, id_token):
        if jwt.get_unverified_header(id_token).get("alg") not in ALGORITHMS:
            raise OAuth2Error("The id token is signed in a way that isn't accepted.")
        claims = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=app.settings["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        if not isinstance(claims.get("sub"), str) or not claims["sub"]:
            raise OAuth2Error("The id token names nobody.")
        if isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and claims.get("azp") != app.client_id:
            raise OAuth2Error("The id token is for somebody else.")
        return claims


class TownProvider(OpenIDConnectProvider):
    """One entry of settings.OIDC_PROVIDERS; there can be any number."""

    pkce_enabled_default = True
    oauth2_adapter_class = TownAdapter
    supports_token_authentication = False

    def redirect(self, request, process, next_url=None, data=None, **kwargs):
        """Send somebody to the provider, with a nonce that has to come back in the token."""
        nonce = get_random_string(32)
        return super().redirect(
            request,
            process,
            next_url,
            data,
            nonce=nonce,
            auth_params={**self.get_auth_params(), "nonce": nonce},
            scope=self.get_scope(),
        )

    def serialize(self):
        """Found again by its own id: two towns may have given us the same client id."""
        return {"id": self.sub_id}

    def extract_uid(self, data):
        return uid_of(data["iss"], data["sub"])

    def extract_extra_data(self, data):
        """Nothing of what was said is kept."""
        return {}

    def extract_common_fields(self, data):
        """Accounts are never made or filled in by the library."""
        return {}

    def extract_email_addresses(self, data):
        """As above; and nobody is ever found by an address."""
        return []


def is_same_nonce(login):
    """Whether the token was made for the journey that began in this browser."""
    sent, returned = login.state.get("nonce"), login.nonce
    return bool(sent) and isinstance(returned, str) and constant_time_compare(sent, returned)


def _is_safe(address):
    if not isinstance(address, str):
        return False
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
