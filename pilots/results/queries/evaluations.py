"""Evaluation summaries: the draft for whoever writes it, and those that were finished for everybody."""

from dataclasses import dataclass

from django.shortcuts import get_object_or_404

from pilots.registry.queries.texts import read_in, text_of
from pilots.results.models import Evaluation, EvaluationText
from pilots.results.queries.following import ShownRow, shown

COLUMNS = ("did", "worked", "did_not", "heard", "costs", "advice")
FACTS = ("covers_from", "covers_to", "recommends")


@dataclass(frozen=True)
class ShownEvaluation:
    """An evaluation in the reader's language, else in Finnish, else in any; with its indicators in one line each."""

    evaluation: Evaluation
    text: EvaluationText | None
    rows: list[ShownRow]

    @property
    def read_in(self):
        """In which language it is, where that is not the reader's."""
        return read_in(self.text.language) if self.text else ""

    @property
    def chapters(self):
        """(heading, text) of all that is written."""
        fields = [EvaluationText._meta.get_field(name) for name in COLUMNS]
        said = [(field.verbose_name, getattr(self.text, field.name)) for field in fields] if self.text else []
        return [(heading, words) for heading, words in said if words]


def finished_of(pilot):
    """The pilot's evaluations that were finished, the latest first."""
    return Evaluation.objects.filter(pilot=pilot, finished_at__isnull=False)


def finished_or_404(pilot, public_id):
    """One of them."""
    return get_object_or_404(finished_of(pilot).prefetch_related("texts", "rows"), public_id=public_id)


def draft_of(pilot):
    """The evaluation that is being written; a new one, not saved yet, where there is none."""
    return Evaluation.objects.filter(pilot=pilot, finished_at=None).first() or Evaluation(pilot=pilot)


def texts_of(draft):
    """{language: text} of what is written of it."""
    return {text.language: text for text in draft.texts.all()} if draft.pk else {}


def as_finished(evaluation):
    """A finished evaluation with the indicators as they stood then."""
    return ShownEvaluation(evaluation, text_of(evaluation), [shown(row) for row in evaluation.rows.all()])


def as_it_stands(draft, rows):
    """The draft with the indicators as they stand, as it would be finished now."""
    return ShownEvaluation(draft, text_of(draft) if draft.pk and texts_of(draft) else None, rows)
