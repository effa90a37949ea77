"""Who came back from a town's sign-in, and what that sign-in says of them.

An identity is known by its issuer and subject alone (OpenID Connect Core, 2): addresses change hands, subjects never.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Identity:
    """One person at one provider. `uid` stands for issuer and subject; the rest is what was said at this sign-in."""

    provider: str
    uid: str
    is_staff: bool = False
    vouched: bool = False
    vouched_as_passkey: bool = False
    email: str = ""
    email_verified: bool = False
    first_name: str = ""
    last_name: str = ""

    def as_dict(self):
        """As plain values, for a session."""
        return asdict(self)


def uid_of(issuer, subject):
    """The key of an identity: equal for the same issuer and subject only, however the provider is named here."""
    return hashlib.sha256(f"{len(issuer)}:{issuer}{subject}".encode()).hexdigest()


def identity_of(claims, provider):
    """What checked claims say, read as the provider (an entry of settings.OIDC_PROVIDERS) is configured."""
    return Identity(
        provider=provider["id"],
        uid=uid_of(claims["iss"], claims["sub"]),
        is_staff=_meet(claims.get(provider["staff_claim"]), provider["staff_values"]),
        vouched=_vouches(claims, provider["second_factor"]) or _vouches(claims, provider["passkey"]),
        vouched_as_passkey=_vouches(claims, provider["passkey"]),
        email=_text(claims, "email").lower(),
        email_verified=claims.get("email_verified") is True,
        first_name=_text(claims, "given_name"),
        last_name=_text(claims, "family_name"),
    )


def _vouches(claims, accepted):
    return _meet(claims.get("acr"), accepted["acr"]) or _meet(claims.get("amr"), accepted["amr"])


def _meet(said, accepted):
    """Whether a claim, one text or a list of texts, holds any of these values."""
    texts = [said] if isinstance(said, str) else said if isinstance(said, Iterable) else []
    return any(isinstance(text, str) and text in accepted for text in texts)


def _text(claims, name):
    value = claims.get(name)
    return value.strip()[:254] if isinstance(value, str) else ""
