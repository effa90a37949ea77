"""One service for a page: what it says in the reader's language, and what a row of a list needs."""

import textwrap
from dataclasses import dataclass

from django.utils.translation import get_language

from coordination.clocks.rules import today
from coordination.services import rules
from coordination.services.models import Service

_MOST_LETTERS = 200
_LANGUAGES = ("fi", "sv", "en")


@dataclass(frozen=True)
class Entry:
    """A service as one reader may see it. `described_in` is the language of its description, empty where that is the
    reader's; `name_in` that of its name."""

    service: Service
    provider: str
    description: str
    described_in: str
    name_in: str
    is_stale: bool

    @property
    def beginning(self):
        """The description in few words."""
        return textwrap.shorten(self.description, _MOST_LETTERS, placeholder=" …")

    @property
    def channels(self):
        """Where it is given, in words."""
        return _labels(Service.Channel, self.service.channels)

    @property
    def languages(self):
        """In which languages one is served, in words."""
        return _labels(Service.Language, self.service.languages)

    @property
    def life_events(self):
        """In which situations of life it is looked for, where it came from the national catalogue."""
        origin = getattr(self.service, "catalogue_entry", None)
        return ", ".join(origin.life_events) if origin else ""


def entry(service, viewer):
    """The service as this membership sees it; None for somebody who isn't signed in."""
    text, language = _said(service, "description")
    name, name_in = _said(service, "name")
    provider = rules.shown_provider(service, viewer)
    return Entry(service, provider, text, language, name_in, rules.is_stale(service, today()))


def _said(service, column):
    """A text in the reader's language, else in another in which there is one; and that language where it is another."""
    own = (get_language() or "fi")[:2]
    for language in (own, *_LANGUAGES):
        if text := getattr(service, f"{column}_{language}"):
            return text, "" if language == own else language
    return "", ""


def _labels(choices, values):
    return ", ".join(str(label) for value, label in choices.choices if value in values)
