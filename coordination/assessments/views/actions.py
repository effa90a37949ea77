"""What one is responsible for in joint plans: seen, done, and handed over."""

from functools import wraps

from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from coordination.agencies.door import acting
from coordination.agencies.rules import NotNow
from coordination.agencies.saving import press, saved, sent
from coordination.assessments.commands import one_adult
from coordination.assessments.commands import plans as commands
from coordination.assessments.forms.plans import AskForAdultForm
from coordination.assessments.queries import plans as queries
from coordination.people import access


def _of_action(view):
    """Let in whoever may call the action done. The look is in the use log."""

    @acting()
    @wraps(view)
    @transaction.atomic
    def wrapper(request, action):
        found = queries.held_by(request.membership).select_related("assessment__area", "young_person__area")
        found = get_object_or_404(found, public_id=action)
        purpose = queries.ground_of(request.membership, found)
        access.look(request, people=[queries.about(found)], purpose=purpose)
        return view(request, found)

    return wrapper


@acting()
@transaction.atomic
def actions(request):
    """What the reader is responsible for: what is open by its last day, and what is done."""
    still_open, done = queries.actions_of(request.membership), queries.done_of(request.membership)
    # Each once: of one assessment there may be many.
    about = dict.fromkeys(map(queries.about, [*still_open, *done]))
    access.look(request, people=list(about), purpose="list")
    context = {"open": still_open, "done": done, "more": len(still_open) == queries.AT_ONCE}
    return render(request, "coordination/assessments/actions.html", context)


@_of_action
def action_done(request, action):
    """It is done, or isn't after all; without a press the address leads to where it stands."""
    by = request.membership
    undone = "undo" in request.POST
    command = commands.undo_action if undone else commands.do_action
    press(request, lambda: command(action=action, by=by), said=_("Not done after all.") if undone else _("Done."))
    return _back(request, action)


@_of_action
def ask_for_adult(request, action):
    """Ask the area's coordinators to name one adult, as the young person agreed."""
    form, by = AskForAdultForm(sent(request)), request.membership

    def save():
        one_adult.ask_for_adult(action=action, by=by, **form.cleaned_data)

    if saved(request, form, save, said=_("The coordinators are asked.")):
        return _back(request, action)
    area = one_adult.area_of(action)
    context = {"action": action, "form": form, "area": area, "why_not": _why_not(action, area)}
    return render(request, "coordination/assessments/ask_for_adult.html", context)


def _why_not(action, area):
    try:
        one_adult.check_can_be_asked(action, area)
    except NotNow as refusal:
        return refusal.sentence
    return ""


def _back(request, action):
    """The room for its worker, one's own actions for everybody else."""
    if action.assessment and action.assessment.worker_id == request.membership.pk:
        return redirect(action.assessment)
    return redirect("assessments:actions")
