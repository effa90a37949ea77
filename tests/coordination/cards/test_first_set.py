"""The cards that come with the program: every cell is written, in three languages, and none is filler."""

import re
from collections import defaultdict
from pathlib import Path

import pytest

from coordination.cards import reference
from coordination.cards.models import CardVersion, Phase, Role
from coordination.cards.queries import library, versions_in_use
from coordination.cards.rules import CONCERNED, NOT_CONCERNED, PARAGRAPHS, SECTIONS

WRITTEN = reference.written()
MOST_CARDS = 3


def sentences(texts):
    return {one.strip() for said in texts.values() for one in re.split(r"(?<=[.!?])\s+|\n", said) if one.strip()}


@pytest.mark.parametrize("card", CONCERNED, ids=lambda card: "-".join(card))
def test_every_section_says_something_in_every_language(card):
    assert set(WRITTEN[card]) == {"fi", "sv", "en"}
    for texts in WRITTEN[card].values():
        assert set(texts) == set(SECTIONS)
        for name, said in texts.items():
            assert said.strip(), name
            lines = said.splitlines()
            assert all(line.strip() for line in lines), name
            assert (len(lines) == 1) == (name in PARAGRAPHS), name


@pytest.mark.parametrize("card", CONCERNED, ids=lambda card: "-".join(card))
def test_the_languages_say_as_many_points(card):
    counts = [{name: len(said.splitlines()) for name, said in texts.items()} for texts in WRITTEN[card].values()]
    assert counts[0] == counts[1] == counts[2]


def test_no_sentence_stands_on_more_than_three_cards():
    cards = defaultdict(set)
    for card, languages in WRITTEN.items():
        for texts in languages.values():
            for sentence in sentences(texts):
                cards[sentence].add(card)
    assert {sentence: sorted(on) for sentence, on in cards.items() if len(on) > MOST_CARDS} == {}


def test_the_languages_differ():
    for card, texts in WRITTEN.items():
        for name in SECTIONS:
            assert len({texts[language][name] for language in texts}) == 3, (card, name)


def test_nothing_in_the_files_is_left_over():
    files = reference.tomllib
    for role in Role:
        phases = set(files.loads((reference._DATA / f"{role}.toml").read_text(encoding="utf-8")))
        assert phases == {phase for phase in Phase if (role, phase) not in NOT_CONCERNED}


def test_the_documentation_lists_the_cells():
    page = (Path(__file__).parents[3] / "docs/action-cards.md").read_text(encoding="utf-8")
    rows = {line.split("|")[1].strip(): line.split("|")[2:-1] for line in page.splitlines() if line.startswith("| ")}
    for role in Role:
        assert [cell.strip() == "yes" for cell in rows[role.value]] == [(role, phase) in CONCERNED for phase in Phase]


@pytest.mark.django_db
def test_they_are_loaded_once_and_anew_where_a_file_says_something_new(cast, monkeypatch):
    assert reference.load() == len(CONCERNED) == 55
    assert reference.load() == 0
    mended = {card: {language: dict(texts) for language, texts in said.items()} for card, said in WRITTEN.items()}
    mended["school", "meet"]["fi"]["purpose"] = "Jotain uutta."
    monkeypatch.setattr(reference, "written", lambda: mended)
    assert reference.load() == 1
    assert versions_in_use(cast.mikkeli)["school", "meet"].number == 2
    assert CardVersion.objects.filter(reviewed_on__isnull=False).count() == 0
    assert sum(len(one["cards"]) for one in library(cast.mikkeli)) == 55
