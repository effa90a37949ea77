"""Goals and actions of the joint plan, while it is drafted."""

from functools import partial

from django.shortcuts import get_object_or_404, redirect, render

from coordination.agencies.saving import press, saved, sent
from coordination.assessments.commands import plans as commands
from coordination.assessments.forms.plans import ActionForm, ChangeActionForm, ChangeGoalForm, GoalForm
from coordination.assessments.queries import plans as queries
from coordination.assessments.queries.participants import able_in
from coordination.assessments.views.doors import as_worker, while_open
from coordination.follow_ups.directory import choosable


@while_open
def goal(request, room):
    """A new goal."""
    form, by = GoalForm(sent(request)), request.membership
    if saved(request, form, lambda: commands.add_goal(assessment=room.assessment, by=by, **form.cleaned_data)):
        return redirect(room.assessment)
    return render(request, "coordination/assessments/goal.html", {"room": room, "form": form})


@while_open
def change_goal(request, room, goal):
    """A goal in other words."""
    found, by = _goal(room, goal), request.membership
    stands = queries.mark_of_goal(found)
    form = ChangeGoalForm(sent(request), stands=stands, initial={"words": found.words})

    def save():
        mark, words = form.cleaned_data["number"], form.cleaned_data["words"]
        commands.change_goal(goal=found, words=words, mark=mark, by=by)

    if saved(request, form, save):
        return redirect(room.assessment)
    context = {
        "room": room,
        "form": form,
        "goal": found,
        "is_overtaken": form.is_overtaken(stands),
    }
    return render(request, "coordination/assessments/goal.html", context)


@as_worker
def remove_goal(request, room, goal):
    """Take a goal away; without a press the address leads to the room."""
    found = _goal(room, goal)
    press(request, lambda: commands.remove_goal(goal=found, by=request.membership))
    return redirect(room.assessment)


@while_open
def action(request, room):
    """Something new to be done."""
    form, by = _form(ActionForm, request, room), request.membership

    def save():
        token = form.cleaned_data["token"]
        commands.add_action(assessment=room.assessment, token=token, by=by, **form.columns())

    if saved(request, form, save):
        return redirect(room.assessment)
    return render(request, "coordination/assessments/action.html", {"room": room, "form": form})


@while_open
def change_action(request, room, action):
    """Something that is to be done, otherwise."""
    found, by = _action(room, action), request.membership
    stands = queries.mark_of_action(found)
    form = _form(partial(ChangeActionForm, stands=stands, action=found), request, room)

    def save():
        commands.change_action(action=found, mark=form.cleaned_data["number"], by=by, **form.columns())

    if saved(request, form, save):
        return redirect(room.assessment)
    context = {"room": room, "form": form, "action": found}
    if form.is_overtaken(stands):
        context["now"] = queries.shown(found, room)
    return render(request, "coordination/assessments/action.html", context)


@as_worker
def remove_action(request, room, action):
    """Take an action away; without a press the address leads to the room."""
    found = _action(room, action)
    press(request, lambda: commands.remove_action(action=found, by=request.membership))
    return redirect(room.assessment)


def _goal(room, public_id):
    return get_object_or_404(room.assessment.goals.select_related("assessment"), public_id=public_id)


def _action(room, public_id):
    found = room.assessment.actions.select_related("assessment", *queries.READ)
    return get_object_or_404(found, public_id=public_id)


def _form(form, request, room):
    return form(
        sent(request),
        goals=room.assessment.goals.all(),
        people=[(one, room.named(one)) for one in able_in(room.assessment)],
        directory=choosable(room.young_person, room.assessment.area),
    )
