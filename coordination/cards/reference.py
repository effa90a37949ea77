"""The cards that come with the program, from the files beside this module: one for each role."""

import tomllib
from pathlib import Path

from django.db import transaction

from coordination.cards.commands import publish_own
from coordination.cards.models import CardVersion, Role
from coordination.cards.rules import CONCERNED, PARAGRAPHS, SECTIONS

_DATA = Path(__file__).resolve().parent / "data"


def written():
    """What the files say, as {(role, phase): {language: {section: text}}}; a point is a line."""
    files = {role: tomllib.loads((_DATA / f"{role}.toml").read_text(encoding="utf-8")) for role in Role}
    return {
        (role, phase): {language: _texts(sections) for language, sections in files[role][phase].items()}
        for role, phase in CONCERNED
    }


def _texts(sections):
    return {name: said if name in PARAGRAPHS else "\n".join(said) for name, said in sections.items()}


@transaction.atomic
def load():
    """Publish a new version of each card whose file says something new; a second run writes nothing. Returns how
    many."""
    own = CardVersion.objects.filter(area=None).order_by("number").prefetch_related("texts")
    latest = {(one.role, one.phase): {text.language: _words(text) for text in one.texts.all()} for one in own}
    new = {card: texts for card, texts in written().items() if texts != latest.get(card)}
    for (role, phase), texts in new.items():
        publish_own(role=role, phase=phase, texts=texts)
    return len(new)


def _words(text):
    return {name: getattr(text, name) for name in SECTIONS}
