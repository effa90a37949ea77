"""The pages on which everybody reads what a pilot brought about."""

from dataclasses import replace

from coordination.agencies.door import acting
from coordination.clocks.half_years import next_half
from coordination.clocks.rules import today
from coordination.interface import pdf
from pilots.registry.queries.editing import may_edit
from pilots.registry.views.doors import page
from pilots.results import rules
from pilots.results.queries.evaluations import as_finished, draft_of, finished_of, finished_or_404
from pilots.results.queries.following import pilot_with_results_or_404, results_of


@acting()
def results(request, public_id):
    """The pilot's indicators, what the portal counts of it, and its evaluations."""
    pilot = pilot_with_results_or_404(public_id)
    found, edits = results_of(pilot, charts=True), may_edit(request.membership, pilot)
    rows = [replace(row, anchor=f"indicator-{number}") for number, row in enumerate(found.rows, 1)]
    _half, day = next_half(today())
    context = {
        "rows": rows,
        "each": list(zip(rows, found.followed, strict=True)),
        "measures": found.counts.measures,
        "forms": found.counts.forms,
        "schedules": found.counts.schedules,
        "next_day": day,
        "evaluations": finished_of(pilot),
        "may_edit": edits,
        "has_draft": edits and draft_of(pilot).pk is not None,
    }
    return page(request, "pilots/results/results.html", pilot, **context)


@acting()
def evaluation(request, public_id, evaluation_id):
    """One evaluation that was finished, and for whoever leads the pilot what can be decided by it."""
    pilot = pilot_with_results_or_404(public_id)
    found = finished_or_404(pilot, evaluation_id)
    edits = may_edit(request.membership, pilot)
    context = {
        "shown": as_finished(found),
        "may_edit": edits,
        "next_state": rules.next_state(pilot, found) if edits else None,
        "no_pdf": pdf.unavailable(),
        "language": request.LANGUAGE_CODE[:2],
    }
    return page(request, "pilots/results/evaluation.html", pilot, **context)
