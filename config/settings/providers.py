"""Towns' own sign-ins, read from the JSON file that OIDC_PROVIDERS names; whatever is wrong there is said at start."""

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}", re.ASCII)
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_LANGUAGES = {"fi", "sv", "en"}
_KNOWN = {
    "id",
    "name",
    "issuer",
    "client_id",
    "client_secret",
    "scope",
    "staff_claim",
    "staff_values",
    "second_factor",
    "passkey",
    "fetch_userinfo",
    "auth_params",
    "token_auth_method",
}


def read(path: str) -> list[dict]:
    """The providers in this file, each complete; no path, no providers. Raises ImproperlyConfigured with a sentence."""
    if not path:
        return []
    try:
        found = json.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise ImproperlyConfigured(f"OIDC_PROVIDERS: the file {path} can't be read: {error.strerror}.") from error
    except ValueError as error:
        raise ImproperlyConfigured(f"OIDC_PROVIDERS: the file {path} isn't JSON: {error}.") from error
    if not isinstance(found, list):
        raise ImproperlyConfigured("OIDC_PROVIDERS: the file must hold a list of providers, [ {…}, {…} ].")
    providers = [complete(one, number) for number, one in enumerate(found, 1)]
    for key in ("id", "issuer"):
        values = [one[key] for one in providers]
        if len(set(values)) < len(values):
            raise ImproperlyConfigured(f'OIDC_PROVIDERS: two providers have the same "{key}".')
    return providers


def complete(one: dict, number: int = 1) -> dict:
    """One provider with what the file leaves out; ImproperlyConfigured where something is missing or means nothing."""
    where = f"OIDC_PROVIDERS, provider {number}"
    if not isinstance(one, dict):
        raise ImproperlyConfigured(f"{where} must be an object, {{…}}.")
    if unknown := sorted(set(one) - _KNOWN):
        raise ImproperlyConfigured(f"{where}: {', '.join(unknown)} means nothing here.")
    provider = {
        "id": _text(one, "id", where),
        "name": _name(one.get("name"), where),
        "issuer": _text(one, "issuer", where),
        "client_id": _text(one, "client_id", where),
        "client_secret": _text(one, "client_secret", where),
        "scope": _texts(one.get("scope", ["openid", "profile", "email"]), "scope", where),
        "staff_claim": _text(one, "staff_claim", where),
        "staff_values": _texts(one.get("staff_values"), "staff_values", where),
        "second_factor": _vouching(one, "second_factor", where),
        "passkey": _vouching(one, "passkey", where),
        "fetch_userinfo": one.get("fetch_userinfo", True),
        "auth_params": one.get("auth_params", {}),
        "token_auth_method": one.get("token_auth_method"),
    }
    if not _ID.fullmatch(provider["id"]):
        raise ImproperlyConfigured(f'{where}: "id" is part of addresses: small letters, digits and -, at most 40.')
    parts = urlsplit(provider["issuer"])
    if parts.query or parts.fragment or not _is_safe(parts):
        raise ImproperlyConfigured(f'{where}: "issuer" must be an https:// address.')
    if "openid" not in provider["scope"]:
        raise ImproperlyConfigured(f'{where}: "scope" must hold "openid".')
    if not provider["staff_values"]:
        raise ImproperlyConfigured(f'{where}: "staff_values" must name at least one value that means staff.')
    if not isinstance(provider["fetch_userinfo"], bool):
        raise ImproperlyConfigured(f'{where}: "fetch_userinfo" must be true or false.')
    params = provider["auth_params"]
    if not isinstance(params, dict) or not all(isinstance(value, str) for value in params.values()):
        raise ImproperlyConfigured(f'{where}: "auth_params" must be an object of texts.')
    if provider["token_auth_method"] not in (None, "client_secret_basic", "client_secret_post"):
        raise ImproperlyConfigured(f'{where}: "token_auth_method" is client_secret_basic or client_secret_post.')
    return provider


def _is_safe(parts) -> bool:
    if not parts.hostname:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)


def _text(one, key, where) -> str:
    value = one.get(key)
    if not isinstance(value, str) or not value.strip():
        raise ImproperlyConfigured(f'{where} has no "{key}".')
    return value.strip()


def _texts(value, key, where) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(text, str) and text for text in value):
        raise ImproperlyConfigured(f'{where}: "{key}" must be a list of texts.')
    return value


def _name(value, where) -> dict[str, str]:
    names = {"fi": value} if isinstance(value, str) else value
    if not isinstance(names, dict) or not names or not all(isinstance(name, str) and name for name in names.values()):
        raise ImproperlyConfigured(f'{where}: "name" must be a text, or one for each of fi, sv and en.')
    if set(names) - _LANGUAGES:
        raise ImproperlyConfigured(f'{where}: "name" knows the languages fi, sv and en.')
    return names


def _vouching(one, key, where) -> dict[str, list[str]]:
    value = one.get(key, {})
    if not isinstance(value, dict) or set(value) - {"acr", "amr"}:
        raise ImproperlyConfigured(f'{where}: "{key}" must be like {{"acr": […], "amr": […]}}.')
    return {name: _texts(value.get(name, []), f"{key}.{name}", where) for name in ("acr", "amr")}
