"""What children are asked and have answered in a round, as far as it may be told."""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db.models import Value
from django.db.models.functions import Replace

from coordination.interface.small_numbers import HIDDEN, LEAST, Count, together
from pilots.service_map import child_rules
from pilots.service_map.models import AgeBand, ChildCode, ChildQuestion, ChildWords

STANDARD = Path(__file__).resolve().parents[1] / "data" / "child-questions.csv"
# The two happiest faces against the others, in the table by age.
_HAPPY = 2


@dataclass(frozen=True)
class Line:
    """What is told of neighbouring choices, or ages, together: so many of so many."""

    labels: list[str]
    number: int
    whole: int
    faces: Sequence[int] = ()

    @property
    def percent(self):
        """The number in per cent."""
        return round(100 * self.number / self.whole)


@dataclass(frozen=True)
class Answered:
    """What is told of one question: its lines, and by age how many chose the two happiest faces. Both are empty where
    nothing may be told."""

    question: ChildQuestion
    lines: list[Line]
    ages: list[Line]


def standard_questions():
    """The questions that come with the portal, as columns."""
    with STANDARD.open(encoding="utf-8", newline="") as file:
        return [{name: value.replace("|", "\n") for name, value in row.items()} for row in csv.DictReader(file)]


def by_typed(typed):
    """The code that somebody typed, in whichever way, or None; whether it works is another question."""
    bare = re.sub(r"[^a-z0-9]", "", typed.lower())
    found = ChildCode.objects.alias(bare=Replace("code", Value("-"), Value(""))).filter(bare=bare)
    return found.select_related("round__area").first()


def came(survey_round, *, exactly):
    """How many children answered; not `exactly`, as somebody may know who doesn't hold the survey."""
    number = sum(survey_round.child_codes.values_list("came", flat=True))
    return str(number) if exactly or number >= LEAST else HIDDEN


def answered(survey_round):
    """What may be told of each question with faces or choices; the same statements however many codes there are."""
    codes = list(survey_round.child_codes.values_list("pk", "counts"))
    questions = survey_round.child_questions.exclude(kind=ChildQuestion.Kind.WORDS)
    return [_answered(one, {pk: counts.get(str(one.pk), {}) for pk, counts in codes}) for one in questions]


def words_of(survey_round):
    """What children wrote, in an order that tells nothing, and how much of it was hidden; nothing of a few."""
    found = list(ChildWords.objects.filter(question__round=survey_round))
    if len(found) < child_rules.FEWEST_WORDS:
        return [], 0
    shown = [one for one in found if one.text]
    return shown, len(found) - len(shown)


def _answered(question, counts):
    choices, ages = question.choices, [str(label) for label in AgeBand.labels]
    has_faces = question.kind == ChildQuestion.Kind.FACES
    cells = table(counts, len(choices))
    groups, age_groups = disclosed(cells, happy=_HAPPY if has_faces else None)
    columns, everybody = list(zip(*cells, strict=True)), _sum(cells)
    lines = [Line(_cut(choices, one), _sum(_cut(columns, one)), everybody, one if has_faces else ()) for one in groups]
    by_age = [Line(_cut(ages, one), _sum(_cut(cells, one), _HAPPY), _sum(_cut(cells, one))) for one in age_groups]
    return Answered(question, lines, by_age)


def _cut(rows, group):
    return rows[group.start : group.stop]


def _sum(rows, first=None):
    """The sum of these rows, or of their `first` cells."""
    return sum(cell.number for row in rows for cell in row[:first])


def table(counts, choices):
    """The counts of each code, {code: {age band: [of each choice]}}, as one row an age band and one cell a choice."""
    nothing = [0] * choices
    return [
        [_count({code: bands.get(band, nothing)[place] for code, bands in counts.items()}) for place in range(choices)]
        for band in AgeBand.values
    ]


def disclosed(cells: Sequence[Sequence[Count]], *, happy=None):
    """Which choices are told together, and which ages: of these only how many made one of the `happy` first choices.

    The ages are told only where those choices end a group, too: otherwise the one table would cut a group of the other.
    """
    whole = [together(column) for column in zip(*cells, strict=True)]
    groups = child_rules.told_together([(one,) for one in whole])
    if happy is None or happy not in {group.start for group in groups}:
        return groups, []
    return groups, child_rules.told_together([(together(row[:happy]), together(row[happy:])) for row in cells])


def _count(known):
    return Count(sum(known.values()), {code: number for code, number in known.items() if number})
