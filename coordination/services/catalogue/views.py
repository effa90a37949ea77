"""Bringing services in from the national catalogue: where it begins, how far it is, and what came of it."""

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from coordination.agencies.door import acting
from coordination.agencies.models import Membership
from coordination.agencies.saving import saved, sent
from coordination.interface import files
from coordination.services.catalogue import commands, judging, queries
from coordination.services.catalogue.files import LARGEST
from coordination.services.catalogue.forms import CATALOGUE, ImportForm
from coordination.services.catalogue.mapping import LIFE_EVENTS
from coordination.services.models import Service

# Of each outcome so many lines stand on the page; nobody reads further.
SHOWN = 200

moderating = acting(Membership.Role.COORDINATOR, Membership.Role.ADMINISTRATOR)


@files.takes_files_of(LARGEST)
@moderating
def runs(request):
    """Begin an import, and read of the earlier ones."""
    by, area = request.membership, request.membership.agency.area
    data = sent(request)
    is_cut_off = data is not None and files.is_cut_off(request, LARGEST)
    form = ImportForm(data, request.FILES or None, is_cut_off=is_cut_off, initial={"source": CATALOGUE})
    made = []
    said = _("Services are being brought in. You can leave this page; the work goes on.")
    if saved(request, form, lambda: made.append(commands.start(by=by, **form.said())), said=said):
        return redirect(made[0])
    return render(request, "coordination/services/catalogue/runs.html", {"form": form, "runs": queries.runs_of(area)})


@moderating
def run(request, public_id):
    """How far an import is; at its end what was added, changed, left out and why."""
    found = queries.run_or_404(request.membership.agency.area, public_id)
    chapters = [
        {
            "outcome": outcome,
            "number": len(lines),
            "lines": [_shown(line) for line in lines[:SHOWN]],
            "more": max(len(lines) - SHOWN, 0),
        }
        for outcome, lines in queries.lines_by_outcome(found)
    ]
    context = {
        "run": found,
        "chapters": chapters,
        "same": found.tally.get(judging.SAME, 0),
        "left_out": [(words, found.tally[why]) for why, words in judging.WHY.items() if why in found.tally],
        "classes": sorted(found.classes.items(), key=lambda pair: (-pair[1], pair[0])),
    }
    return render(request, "coordination/services/catalogue/run.html", context)


def _shown(line):
    return {"line": line, "changed": _in_words(line.changed), "kept": _in_words(line.kept)}


def _in_words(names):
    return ", ".join(_("life events") if name == LIFE_EVENTS else _column(name) for name in names)


def _column(name):
    return str(Service._meta.get_field(name).verbose_name)
