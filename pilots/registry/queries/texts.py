"""A pilot's text in the reader's language."""

from django.utils.translation import get_language

from pilots.registry.models.programmes import LANGUAGES


def text_of(pilot):
    """The pilot's text in the reader's language, else in Finnish, else in any. `texts` may have been prefetched."""
    texts = {text.language: text for text in pilot.texts.all()}
    reads = ((get_language() or "fi")[:2], *LANGUAGES)
    return next(texts[language] for language in reads if language in texts)
