"""Reading the environment, failing loudly: a missing or wrong value is said in a sentence, at start, by its name."""

import base64
import binascii
import os
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

YES, NO = {"1", "yes", "true", "on"}, {"", "0", "no", "false", "off"}


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def required(name: str, what: str) -> str:
    value = text(name)
    if not value:
        raise ImproperlyConfigured(f"{name} is not set: {what}")
    return value


def names(name: str) -> list[str]:
    """A comma-separated list."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


def flag(name: str) -> bool:
    value = text(name).lower()
    if value not in YES | NO:
        raise ImproperlyConfigured(f'{name} is "{value}": say yes or no.')
    return value in YES


def whole(name: str, default: int) -> int:
    value = text(name, str(default))
    if not value.isdecimal() or int(value) == 0:
        raise ImproperlyConfigured(f'{name} is "{value}": it must be a whole number above zero.')
    return int(value)


def key_bytes(name: str, value: str) -> bytes:
    """32 bytes from base64."""
    try:
        key = base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != 32:
        raise ImproperlyConfigured(f"{name} must be 32 bytes in base64 (for example from: openssl rand -base64 32).")
    return key


def versioned_keys(name: str, value: str) -> dict[int, bytes]:
    """ "1:base64,2:base64" as {1: bytes, 2: bytes}. The highest version encrypts, all of them decrypt."""
    keys = {}
    for part in value.split(","):
        version, _, encoded = part.strip().partition(":")
        if not version.isdecimal():
            raise ImproperlyConfigured(f"{name} must read like 1:KEY or 1:KEY,2:KEY; each key 32 bytes in base64.")
        keys[int(version)] = key_bytes(name, encoded)
    return keys


def mail_server(url: str) -> dict:
    """Django's EMAIL_* settings from smtp://, smtp+tls:// (STARTTLS) or smtp+ssl://user:password@host:port."""
    parts = urlsplit(url)
    ports = {"smtp": 25, "smtp+tls": 587, "smtp+ssl": 465}
    if parts.scheme not in ports or not parts.hostname:
        raise ImproperlyConfigured(
            "EMAIL_URL must read like smtp://host:25, smtp+tls://user:password@host:587 or smtp+ssl://…:465."
        )
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or ports[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtp+ssl",
        "EMAIL_TIMEOUT": 20,
    }
