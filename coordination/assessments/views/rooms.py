"""The rooms one comes into, the room itself, and who answers for it."""

from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from coordination.agencies.door import acting
from coordination.agencies.saving import press, saved, sent
from coordination.assessments.commands import assessments as commands
from coordination.assessments.forms.rooms import WorkerForm
from coordination.assessments.queries import overview
from coordination.assessments.queries.rooms import without_worker
from coordination.assessments.views.doors import as_worker, in_room
from coordination.people import access


@acting()
@transaction.atomic
def mine(request):
    """The assessments that the reader answers for or takes part in, and those of the agency that nobody answers for."""
    found = overview.mine(request.membership)
    access.look(request, people=found.assessments, purpose="list")
    return render(request, "coordination/assessments/mine.html", {"found": found})


@in_room
def room(request, room):
    """The room: what is next, who takes part, what each has written that the reader may read, summary and plan."""
    return render(request, "coordination/assessments/room.html", overview.of(room))


@as_worker
def worker(request, room):
    """Let a colleague answer for it from now on."""
    form = WorkerForm(sent(request), room=room)
    by = request.membership

    def save():
        commands.change_worker(assessment=room.assessment, to=form.cleaned_data["colleague"], by=by)

    if saved(request, form, save, said=_("Your colleague answers for it now.")):
        return redirect("assessments:mine")
    return render(request, "coordination/assessments/worker.html", {"room": room, "form": form})


@acting()
@transaction.atomic
def take(request, public_id):
    """A colleague takes up an assessment that nobody answers for any more."""
    assessment = without_worker(request.membership).filter(public_id=public_id).first()
    if assessment is None:
        raise Http404
    access.look(request, people=[assessment], purpose="assessment")
    by = request.membership
    press(request, lambda: commands.change_worker(assessment=assessment, to=by, by=by))
    return redirect("assessments:mine")
