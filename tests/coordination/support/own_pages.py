"""Short ways to the young person's own page, for tests: a link, a phone, and what it is sent."""

import re

from django.test import Client

from coordination.support.commands.own_page import choose_sections, make_link
from coordination.support.models import OwnPage

PIN = "4862"
# Words and names of which none may stand on a screen before the PIN was typed.
TELLING = ["Aino", "Virtanen", "Niina", "Hoitaja", "adult", "Rinnalla", "young person", "support"]


class Phone:
    """One device with its browser, at the address of one own page."""

    def __init__(self, secret):
        self.client = Client(headers={"accept-language": "en"})
        self.address = f"/o/{secret}/"

    def open(self, code, pin=PIN):
        """Type the code and a PIN of one's own; the answer."""
        return self.client.post(self.address, {"code": code, "pin": pin, "pin_again": pin})

    def unlock(self, pin=PIN):
        return self.client.post(self.address, {"pin": pin})

    def press(self, do, **fields):
        return self.client.post(self.address, {"do": do} | fields)

    @property
    def answer(self):
        return self.client.get(self.address)

    @property
    def text(self):
        """What the page says now."""
        return self.answer.content.decode()

    def lock(self):
        """Leave quickly."""
        return self.client.get(f"{self.address}x/")


def linked(support, *, language="en", by=None):
    """A link that the adult has made: (page, secret, code)."""
    return make_link(support=support, language=language, by=by or support.adult)


def opened(support, *sections, pin=PIN, **more):
    """The young person's phone, on which the page is open and lists these sections."""
    page, secret, code = linked(support, **more)
    phone = Phone(secret)
    assert phone.open(code, pin).status_code == 302
    choose_sections(page=page, sections=sections)
    return phone


def page_of(support):
    """The page as it is now."""
    return OwnPage.objects.filter(support=support).latest("pk")


def tells_nothing(text):
    """Whether the page is neutral: title, main part and the rest, but for the demo's strip."""
    shown = re.sub(r"<aside.*?</aside>", "", text, flags=re.DOTALL)
    shown = re.sub(r"<(link|script)\b[^>]*>", "", shown)
    return [word for word in TELLING if word.lower() in shown.lower()] == []
