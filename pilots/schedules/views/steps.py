"""One step: its form, done, left out, not done after all."""

from django.shortcuts import redirect
from django.utils.translation import gettext as _

from coordination.agencies.saving import press, saved, sent
from pilots.questionnaires.forms.people import BeginForm
from pilots.questionnaires.queries.library import in_use_of
from pilots.schedules import rules
from pilots.schedules.commands import steps as commands
from pilots.schedules.forms.steps import DoneForm, LeaveOutForm
from pilots.schedules.views.doors import of_step, page


@of_step
def form(request, opened, due):
    """Begin the form of this step; it is done once the form has been submitted."""
    by = request.membership
    if request.method != "POST":
        rules.check_waits(due)
        rules.check_can_begin_form(due, by)
    versions = in_use_of(by.area, due.step.questionnaire) if due.step.questionnaire else []
    form, made = BeginForm(sent(request), versions=versions), []

    def save():
        made.append(commands.begin_form(due=due, by=by, **form.begun()))

    if saved(request, form, save, said=_("Begun. Fill in your own part, and ask the others for theirs.")):
        return redirect(made[0])
    return page(request, "pilots/schedules/form.html", opened, due=due, form=form, versions=versions)


@of_step
def done(request, opened, due):
    """On which day it was done."""
    if request.method != "POST":
        rules.check_waits(due)
    form = DoneForm(sent(request))
    if saved(request, form, lambda: commands.mark_done(due=due, by=request.membership, **form.cleaned_data)):
        return redirect(opened.enrolment)
    return page(request, "pilots/schedules/done.html", opened, due=due, form=form)


@of_step
def leave_out(request, opened, due):
    """Why it isn't done."""
    if request.method != "POST":
        rules.check_waits(due)
    form = LeaveOutForm(sent(request))
    if saved(request, form, lambda: commands.leave_out(due=due, by=request.membership, **form.cleaned_data)):
        return redirect(opened.enrolment)
    return page(request, "pilots/schedules/leave_out.html", opened, due=due, form=form)


@of_step
def reopen(request, opened, due):
    """Not done after all; without a press the address leads to the schedule."""
    press(request, lambda: commands.reopen(due=due, by=request.membership))
    return redirect(opened.enrolment)
