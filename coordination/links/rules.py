"""Secrets, codes, and when a link works."""

import hmac
import json
import secrets

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coordination.agencies.rules import NotNow
from coordination.interface.secret_words import hash_of

TRIES = 6


class LinkState(models.TextChoices):
    """Where a link is; worked out from its times."""

    WAITING = "waiting", gettext_lazy("not opened yet")
    OPENED = "opened", gettext_lazy("opened")
    READ = "read", gettext_lazy("read")
    GONE = "gone", gettext_lazy("no longer works")


def state_of(link):
    """Where this link is now, in words. What was read stays read, whether or not the link still works: ask `works`."""
    if link.read_at:
        return LinkState.READ
    if not works(link):
        return LinkState.GONE
    return LinkState.OPENED if link.opened_at else LinkState.WAITING


def works(link):
    """Whether the link can be opened now, read or not: not ended, not over, and guessed at fewer than six times."""
    return link.ended_at is None and timezone.now() < link.expires_at and link.tries < TRIES


def new_secret():
    """What stands in the address: nobody guesses it."""
    return secrets.token_urlsafe(32)


def new_code():
    """Six digits, to be told by telephone or text message."""
    return f"{secrets.randbelow(1_000_000):06}"


def is_device(link, device):
    """Whether this device opened the link first."""
    return bool(device and link.device_hash) and hmac.compare_digest(bytes(link.device_hash), hash_of(device))


def message_of(link):
    """The message that is kept with this link, {"heading", "paragraphs"}; None where the link leads to a page of
    another step's."""
    return json.loads(link.content) or None


def does_not_open():
    """The refusal of a wrong code, another device, and a link that is unknown, used up or over: one for all."""
    return NotNow(
        _(
            "That did not open it. Check the code. If it doesn't open on this device, ask the one who told you the"
            " code for a new link."
        )
    )
