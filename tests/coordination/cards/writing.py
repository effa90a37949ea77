"""Short ways to action cards, for tests."""

from coordination.cards.commands import publish_own
from coordination.cards.queries import version_in_use
from coordination.cards.rules import PARAGRAPHS, SECTIONS


def texts(word="Kysy", *, points=2):
    """A card's texts in three languages, each saying its language, section and point."""
    return {
        language: {
            name: f"{word} {language} {name}"
            if name in PARAGRAPHS
            else "\n".join(f"{word} {language} {name} {number}" for number in range(points))
            for name in SECTIONS
        }
        for language in ("fi", "sv", "en")
    }


def written(role="school", phase="meet", *, area=None, **more):
    """The product's own version of one card, and which is then in use."""
    publish_own(role=role, phase=phase, texts=texts(**more))
    return version_in_use(role, phase, area)
