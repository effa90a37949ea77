"""Who is at the door of a young person's own page: which device, and whether its PIN was typed a moment ago.

Two signed cookies, kept to the addresses of own pages and out of reach of scripts, apart from the staff's session. One
holds the device's own random word; the other says that the PIN was right, and of how many seconds ago the last request
is. It is the server that reads the time.
"""

import secrets
from dataclasses import dataclass

from django.conf import settings

from coordination.support import opening
from coordination.support.models import OwnPage
from coordination.support.opening import Opening
from coordination.support.queries.own_page import by_secret

DEVICE, OPEN = "own_device", "own_open"
PATH = "/o/"
# Browsers keep no cookie longer than this.
LONGEST = 400 * 24 * 60 * 60


@dataclass
class Visit:
    """Somebody at the door. `page` is there for its own device alone; `is_open` says that the PIN was right and that
    the page wasn't left alone since. `wrong` are wrong PINs typed before, `said` what was done a moment ago: both are
    shown once.
    """

    secret: str
    device: str
    page: OwnPage | None = None
    is_open: bool = False
    wrong: int = 0
    said: str = ""


def visit(request, secret):
    """Who is there."""
    device = request.get_signed_cookie(DEVICE, default="")
    page = by_secret(secret)
    if page is None or not opening.is_device(page, secret, device) or opening.state_of(page) == Opening.GONE:
        return Visit(secret, device)
    value = request.get_signed_cookie(OPEN, default="", max_age=opening.IDLE)
    public_id, wrong, said = (value.split("|") + ["", ""])[:3]
    if public_id != str(page.public_id):
        return Visit(secret, device, page)
    return Visit(secret, device, page, is_open=True, wrong=int(wrong), said=said)


def new_device():
    """A random word that nobody guesses."""
    return secrets.token_urlsafe(32)


def keep_device(response, device):
    """Let the browser know its own word again."""
    _set(response, DEVICE, device, samesite="Lax", max_age=LONGEST)


def keep_open(response, page, *, wrong=0, said=""):
    """Let the page stay open for some minutes more. The browser forgets it when it is closed."""
    _set(response, OPEN, f"{page.public_id}|{wrong}|{said}", samesite="Strict")


def close(response):
    """The PIN is asked for with the next request."""
    response.delete_cookie(OPEN, path=PATH, samesite="Strict")


def _set(response, name, value, **more):
    response.set_signed_cookie(name, value, path=PATH, httponly=True, secure=settings.SESSION_COOKIE_SECURE, **more)
