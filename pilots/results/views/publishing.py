"""Showing a finished evaluation to everybody, and not showing it any more; for whoever may change the pilot."""

from django.shortcuts import redirect
from django.utils.translation import gettext as _

from coordination.agencies.saving import press
from pilots.registry.views.doors import own, page
from pilots.results.commands import evaluations as commands
from pilots.results.queries.evaluations import as_finished, finished_or_404


@own
def publish(request, pilot, evaluation_id):
    """Ask once, with what everybody would read, and then publish it."""
    found = finished_or_404(pilot, evaluation_id)
    if found.published_at:
        return redirect("results:evaluation", pilot.public_id, evaluation_id)
    if request.method == "POST":
        said = _("Everybody can read the evaluation now, without signing in.")
        press(request, lambda: commands.publish(evaluation=found, by=request.membership), said=said)
        return redirect("results:evaluation", pilot.public_id, evaluation_id)
    return page(request, "pilots/results/publish.html", pilot, shown=as_finished(found))


@own
def withdraw(request, pilot, evaluation_id):
    """From now on only those read it who are signed in; without a press the address leads to it."""
    found = finished_or_404(pilot, evaluation_id)
    said = _("Only those who are signed in can read the evaluation now. A copy may be shown for five minutes more.")
    press(request, lambda: commands.withdraw(evaluation=found, by=request.membership), said=said)
    return redirect("results:evaluation", pilot.public_id, evaluation_id)
