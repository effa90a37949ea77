"""Suggesting a change of the directory, and deciding on it with now and proposed side by side."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from coordination.agencies.door import acting
from coordination.agencies.rules import NotNow, shown_adult
from coordination.agencies.saving import saved, sent
from coordination.services import rules
from coordination.services.commands import suggestions as commands
from coordination.services.forms.entries import AcceptForm, DeclineForm, SuggestForm
from coordination.services.forms.values import changes, facts_of
from coordination.services.queries.sight import service_or_404
from coordination.services.queries.suggestions import made_by, may_decide, suggestion_or_404, waiting_for
from coordination.services.views.comparing import side_by_side


@acting()
def suggest(request, public_id):
    """A change of one entry."""
    return _suggest(request, service_or_404(request.membership, public_id))


@acting()
def suggest_new(request):
    """Something that isn't in the directory of the own area yet."""
    return _suggest(request, None)


def _suggest(request, service):
    by = request.membership
    area = service.area if service else by.agency.area
    form = SuggestForm(sent(request), area=area, viewer=by, service=service)

    def save():
        before = facts_of(service) if service else {}
        typed = form.cleaned_data
        commands.suggest(
            service=service,
            proposed=changes(before, form.as_values()),
            words=typed["words"],
            token=typed["token"],
            by=by,
        )

    said = _("Thank you. Whoever keeps the directory decides, and you are told what came of it.")
    if saved(request, form, save, said=said):
        return redirect(service or "services:list")
    return render(request, "coordination/services/suggest.html", {"form": form, "service": service})


@acting()
def suggestions(request):
    """What waits for the reader's decision, and what the reader has suggested."""
    by = request.membership
    context = {"waiting": [_row(one, by) for one in waiting_for(by)], "own": [_row(one, by) for one in made_by(by)]}
    return render(request, "coordination/services/suggestions.html", context)


@acting()
def suggestion(request, public_id):
    """One suggestion beside what there is now; whoever keeps the entry takes it in, as it is or changed."""
    by = request.membership
    found = suggestion_or_404(by, public_id)
    service = found.service
    form = AcceptForm(
        sent(request),
        stands=service.number if service else 0,
        area=found.area,
        viewer=by,
        service=service,
        values=found.proposed,
    )
    may = may_decide(by, found)

    def save():
        commands.accept(
            suggestion=found,
            said=form.said(),
            is_changed=form.is_changed(),
            answer=form.cleaned_data["answer"],
            number=form.cleaned_data["number"],
            by=by,
        )

    if may and saved(request, form, save, said=_("It is in the directory now, and whoever suggested it is told.")):
        return redirect("services:suggestions")
    is_overtaken = form.is_overtaken(service.number if service else 0)
    context = {
        "suggestion": found,
        "service": service,
        "form": form if may and not found.decided_at else None,
        "rows": side_by_side(form, facts_of(service) if service else {}, found.proposed),
        "is_overtaken": is_overtaken,
        "suggested_by": _named(found.by, by),
        "decided_by": _named(found.decided_by, by) if found.decided_by else "",
    }
    return render(request, "coordination/services/suggestion.html", context)


@acting()
def decline(request, public_id):
    """Leave the directory as it is, with a word to whoever suggested otherwise."""
    by = request.membership
    found = suggestion_or_404(by, public_id)
    if not may_decide(by, found):
        return redirect("services:suggestion", public_id)
    try:
        rules.check_waits(found)
    except NotNow as refusal:
        messages.warning(request, refusal.sentence)
        return redirect("services:suggestion", public_id)
    form = DeclineForm(sent(request))

    def save():
        commands.decline(suggestion=found, answer=form.cleaned_data["answer"], by=by)

    if saved(request, form, save, said=_("Whoever suggested it is told.")):
        return redirect("services:suggestions")
    return render(request, "coordination/services/decline.html", {"form": form, "suggestion": found})


def _row(one, viewer):
    return {"suggestion": one, "suggested_by": _named(one.by, viewer)}


def _named(membership, viewer):
    """Who it was: by name, or as "a professional"."""
    adult = shown_adult(membership, viewer, about=None)
    return adult.name or adult.agency
