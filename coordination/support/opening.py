"""Whether the young person's own page opens: secret, code, device and PIN.

The page assumes that somebody hostile may hold the phone. So whatever is wrong, the answer is one, and until the PIN
has been typed nothing on the screen tells whose page it is, or what of.
"""

import hmac

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coordination.agencies.rules import NotNow
from coordination.links.rules import TRIES, hash_of
from coordination.support.states import SupportState

# So many seconds without a request, and the PIN is asked for again.
IDLE = 300
SHORTEST_PIN, LONGEST_PIN = 4, 8


class Opening(models.TextChoices):
    """Where a link to an own page is; worked out from its times."""

    WAITING = "waiting", gettext_lazy("not opened yet")
    OPENED = "opened", gettext_lazy("opened")
    GONE = "gone", gettext_lazy("no longer works")


def state_of(page):
    """Where this link is now. A page that was opened outlives its support: it then says whom to ring."""
    if page.ended_at or page.tries >= TRIES:
        return Opening.GONE
    if page.opened_at:
        return Opening.OPENED
    is_waiting = page.code_until > timezone.now() and not is_over(page)
    return Opening.WAITING if is_waiting else Opening.GONE


def is_over(page):
    """Whether the support has ended to which the page belongs."""
    return page.support.state != SupportState.ACTIVE


def code_hash(secret, code):
    """What is kept of a code: nobody finds the code from it without the secret."""
    return hash_of(secret, code)


def device_hash(secret, device):
    """What is kept of a device's own random word: of two pages on one phone nobody sees that they are on one."""
    return hash_of("device", secret, device)


def is_code(page, secret, code):
    """Whether this is the code that waits to be used."""
    return page.code_hash is not None and hmac.compare_digest(bytes(page.code_hash), code_hash(secret, code))


def is_device(page, secret, device):
    """Whether this device opened the page first."""
    return bool(device and page.device_hash) and hmac.compare_digest(
        bytes(page.device_hash), device_hash(secret, device)
    )


def is_guessed_easily(pin):
    """Whether a PIN is one figure again and again, or counts up or down: whoever holds the phone tries these first."""
    steps = {int(later) - int(earlier) for earlier, later in zip(pin, pin[1:], strict=False)}
    return len(steps) == 1 and steps <= {-1, 0, 1}


def tells_birth_date(pin, birth_date):
    """Whether a PIN is made of the birth date, which everybody at home knows."""
    day, month, year = f"{birth_date:%d}", f"{birth_date:%m}", f"{birth_date:%Y}"
    dates = {day + month, month + day, year, day + month + year, day + month + year[2:], year + month + day}
    return pin in dates | {year[2:] + month + day}


def check_pin_kept_to_oneself(pin, *, code, birth_date):
    """Raise NotNow for a PIN that others know: the code itself, or the birth date."""
    if pin == code or tells_birth_date(pin, birth_date):
        raise NotNow(_("Choose another PIN: not your birthday, and not the code that you were told."))


def does_not_open():
    """The refusal of a wrong code, a wrong PIN, another device, and of a link that is unknown, used up or over: one
    for all."""
    return NotNow(
        _("That did not open it. Check what you typed. If it doesn't help, ask for a new link where you got this one.")
    )
