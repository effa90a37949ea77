"""What the worker heard: the child, guardians and agencies outside; and what a guardian must not be told."""

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from coordination.agencies.saving import press, saved, sent
from coordination.assessments.commands import views as commands
from coordination.assessments.forms.heard import BanForm, ChildViewForm, HeardForm
from coordination.assessments.models import Participant
from coordination.assessments.queries import parts as queries
from coordination.assessments.rules import check_can_be_heard, number_of, why_not_changed
from coordination.assessments.views.doors import as_worker, while_open

GUARDIAN = Participant.Kind.GUARDIAN


@as_worker
def child_view(request, room):
    """Write down the child's own view and how it was obtained; earlier versions stand below, and once it is signed
    alone. What was typed meanwhile stays in the form."""
    views = room.assessment.child_views
    form = ChildViewForm(sent(request), young_person=room.young_person, latest=views.last())
    by = request.membership
    if saved(request, form, lambda: commands.hear_child(assessment=room.assessment, by=by, **form.cleaned_data)):
        return redirect(room.assessment)
    overtaken = form.is_overtaken(number_of(views.last()))
    why_not = "" if form.is_bound else why_not_changed(room.assessment)
    context = {"room": room, "form": form, "views": views.order_by("-number"), "overtaken": overtaken}
    return render(request, "coordination/assessments/child_view.html", context | {"why_not": why_not})


@while_open
def heard(request, room, participant):
    """Write down what somebody without an account said; earlier versions stand below."""
    who = queries.without_account_or_404(room, participant)
    if request.method != "POST":
        check_can_be_heard(who)
    part = queries.part_of(who, room)
    form = HeardForm(sent(request), part=part, latest=queries.latest_version(who))
    by = request.membership
    if saved(request, form, lambda: commands.hear_participant(participant=who, by=by, **form.cleaned_data)):
        return redirect(room.assessment)
    overtaken = form.is_overtaken(number_of(queries.latest_version(who)))
    if overtaken:
        part = queries.part_of(who, room)
    context = {"room": room, "form": form, "part": part, "overtaken": overtaken}
    return render(request, "coordination/assessments/heard.html", context)


@as_worker
def ban(request, room, participant):
    """Write down what a guardian must not be told."""
    guardian = queries.without_account_or_404(room, participant, GUARDIAN)
    form = BanForm(sent(request))
    by = request.membership
    if saved(request, form, lambda: commands.ban(participant=guardian, by=by, **form.cleaned_data)):
        return redirect(room.assessment)
    context = {"room": room, "form": form, "guardian": guardian}
    return render(request, "coordination/assessments/ban.html", context)


@as_worker
def end_ban(request, room, participant):
    """A ban ends."""
    guardian = queries.without_account_or_404(room, participant, GUARDIAN)
    said = _("The ban has ended.")
    press(request, lambda: commands.end_ban(participant=guardian, by=request.membership), said=said)
    return redirect(room.assessment)
