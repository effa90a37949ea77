"""The course inside the portal: what it says, from the files beside this module, one for each language."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

_DATA = Path(__file__).resolve().parent / "data"
LANGUAGES = ("fi", "sv", "en")


@dataclass(frozen=True)
class Question:
    """Something that a chapter asks. One of the `answers` is `right` (by its place, from 0); `because` says why."""

    number: int
    words: str
    answers: tuple
    right: int
    because: str

    @property
    def name(self):
        """What its field is called."""
        return f"question_{self.number}"


@dataclass(frozen=True)
class Chapter:
    """One page of the course: paragraphs, points, who to ring where it says so, and what it asks."""

    code: str
    number: int
    minutes: int
    title: str
    paragraphs: tuple
    points: tuple
    shows_numbers: bool
    questions: tuple


def chapters():
    """The chapters in the reader's language."""
    language = (get_language() or "fi")[:2]
    return _read(language if language in LANGUAGES else "fi")


def chapter(code):
    """The chapter of this code, None where there is none."""
    return next((one for one in chapters() if one.code == code), None)


def is_whole(codes):
    """Whether these are all chapters."""
    return {one.code for one in chapters()} <= set(codes)


@cache
def _read(language):
    said = tomllib.loads((_DATA / f"flag_course.{language}.toml").read_text(encoding="utf-8"))
    return tuple(_chapter(number, one) for number, one in enumerate(said["chapters"], 1))


def _chapter(number, said):
    return Chapter(
        code=said["code"],
        number=number,
        minutes=said["minutes"],
        title=said["title"],
        paragraphs=tuple(said["paragraphs"]),
        points=tuple(said.get("points", ())),
        shows_numbers=said.get("shows_numbers", False),
        questions=tuple(_question(place, one) for place, one in enumerate(said["questions"], 1)),
    )


def _question(number, said):
    return Question(number, said["words"], tuple(said["answers"]), said["right"], said["because"])
