"""Deciding on a gap or an overlap, what was done since, and its end."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from coordination.agencies.saving import saved, sent
from coordination.services.queries.entries import entry
from coordination.services.rules import check_may_moderate
from pilots.service_map import coverage_rules as rules
from pilots.service_map.commands import findings as commands
from pilots.service_map.coverage_states import FindingState
from pilots.service_map.forms.findings import CloseForm, DecideForm, MergeForm, NoteForm, ReopenForm
from pilots.service_map.models import Finding
from pilots.service_map.queries.matrix import shown_services
from pilots.service_map.views.finding_doors import deciding, seeing_to


@deciding
def decide(request, finding):
    """What is done about it, why, and by when."""
    _check_moves(request, finding, FindingState.DECIDED)
    form = DecideForm(sent(request), finding=finding, number_of_services=finding.services.count())

    def save():
        commands.decide(finding=finding, by=request.membership, **form.decided())

    return _saved(request, finding, form, save, _("Decide"))


@seeing_to
def note(request, finding):
    """What was done or heard since."""
    if request.method != "POST":
        rules.check_not_closed(finding)
    form = NoteForm(sent(request))

    def save():
        commands.add_note(finding=finding, by=request.membership, **form.cleaned_data)

    if saved(request, form, save):
        return redirect(finding)
    return _page(request, finding, form, _("Write down what was done"))


@seeing_to
def close(request, finding):
    """What came of it."""
    _check_moves(request, finding, FindingState.CLOSED)
    form = CloseForm(sent(request), stands=finding.number)

    def save():
        commands.close(finding=finding, by=request.membership, **form.cleaned_data)

    return _saved(request, finding, form, save, _("Close"))


@deciding
def reopen(request, finding):
    """It has to be decided anew."""
    _check_moves(request, finding, FindingState.OPENED)
    form = ReopenForm(sent(request), stands=finding.number)

    def save():
        commands.reopen(finding=finding, by=request.membership, **form.cleaned_data)

    return _saved(request, finding, form, save, _("Open it again"))


@deciding
def merge(request, finding):
    """Carry out what was decided: one of its services goes out of use in favour of another one."""
    if finding.kind != Finding.Kind.OVERLAP:
        raise Http404
    viewer = request.membership
    check_may_moderate(viewer, finding.area_id)
    in_use = [one for one in shown_services(finding, viewer) if one.is_active]
    rules.check_to_merge(finding, in_use)
    form = MergeForm(sent(request), entries=[entry(one, viewer) for one in in_use])

    def save():
        commands.merge(finding=finding, by=viewer, **form.chosen())

    said = _("The services are merged. The page of the one leads to the other.")
    if saved(request, form, save, said=said):
        return redirect(finding)
    return _page(request, finding, form, _("Merge two services"), is_merging=True)


def _check_moves(request, finding, state):
    """Whoever only opens a page that has gone by is told at once; what was typed is kept for the form to say it."""
    if request.method != "POST":
        rules.check_move(finding.state, state)


def _saved(request, finding, form, save, heading):
    """On to the finding where the form was saved; else its page, with what stands there now where that is news."""
    if saved(request, form, save):
        return redirect(finding)
    return _page(request, finding, form, heading, is_overtaken=form.is_overtaken(finding.number))


def _page(request, finding, form, heading, **more):
    context = {"finding": finding, "form": form, "heading": heading} | more
    return render(request, "pilots/service_map/gaps/form.html", context)
