"""What pilots learned, as whoever isn't signed in reads it: evaluations that were published."""

from dataclasses import dataclass

from django.http import Http404

from coordination.interface.pages import one_page
from pilots.registry.models import PilotText
from pilots.registry.queries.texts import text_of
from pilots.results.models import Evaluation
from pilots.results.queries.evaluations import ShownEvaluation, as_finished

A_PAGE = 25


@dataclass(frozen=True)
class Practice:
    """One evaluation with what its pilot says of itself, in the reader's language where there is a text in it."""

    shown: ShownEvaluation
    pilot_text: PilotText

    @property
    def pilot(self):
        """Of which pilot it tells."""
        return self.shown.evaluation.pilot


def practices(*, page):
    """One page of what is published, the latest first, and whether there are more."""
    rows, has_more = one_page(_published(), page, A_PAGE)
    return [_practice(row) for row in rows], has_more


def practice_or_404(public_id):
    """One of them."""
    found = _published().filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return _practice(found)


def _published():
    rows = Evaluation.objects.filter(published_at__isnull=False).order_by("-published_at", "-pk")
    return rows.select_related("pilot__area").prefetch_related("texts", "rows", "pilot__texts")


def _practice(evaluation):
    return Practice(as_finished(evaluation), text_of(evaluation.pilot))
