"""Texts that were written in one language or more, for a reader of one of them."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pilots.registry.models.programmes import LANGUAGES

_READ_IN = {
    "fi": _("This text is in Finnish: there is none in your language yet."),
    "sv": _("This text is in Swedish: there is none in your language yet."),
    "en": _("This text is in English: there is none in your language yet."),
}


def text_of(pilot):
    """The pilot's text in the reader's language, else in Finnish, else in any. `texts` may have been prefetched."""
    texts = {text.language: text for text in pilot.texts.all()}
    reads = ((get_language() or "fi")[:2], *LANGUAGES)
    return next(texts[language] for language in reads if language in texts)


def read_in(language):
    """The sentence that says in which language a text is; empty where that is the reader's own."""
    return "" if language == get_language()[:2] else _READ_IN[language]
