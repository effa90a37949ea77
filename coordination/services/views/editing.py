"""What whoever keeps the directory does: a new entry, a change, and that it is still true."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from coordination.agencies.door import acting
from coordination.agencies.saving import press, saved, sent
from coordination.services import rules
from coordination.services.commands import keeping
from coordination.services.forms.entries import ChangeServiceForm, NewServiceForm
from coordination.services.forms.values import facts_of
from coordination.services.queries.sight import kept_or_404
from coordination.services.views.comparing import in_words


@acting()
def new(request):
    """A new entry of the own area, for whoever keeps its directory."""
    by = request.membership
    if not rules.may_moderate(by, by.agency.area_id):
        raise Http404
    form, made = NewServiceForm(sent(request), area=by.agency.area, viewer=by), []

    def save():
        made.append(keeping.make_service(token=form.cleaned_data["token"], by=by, **form.said()))

    if saved(request, form, save, said=_("It is in the directory now.")):
        return redirect(made[0])
    return render(request, "coordination/services/new.html", {"form": form})


@acting()
def change(request, public_id):
    """What an entry says. Where somebody else has changed it meanwhile, that stands below what was typed."""
    by = request.membership
    found = kept_or_404(by, public_id)
    form = ChangeServiceForm(sent(request), stands=found.number, area=found.area, viewer=by, service=found)

    def save():
        keeping.change_service(service=found, number=form.cleaned_data["number"], by=by, **form.said())

    if saved(request, form, save):
        return redirect(found)
    is_overtaken = form.is_overtaken(found.number)
    now = in_words(form, facts_of(found)) if is_overtaken else []
    return render(request, "coordination/services/change.html", {"form": form, "service": found, "now": now})


@acting()
def still_true(request, public_id):
    """What the entry says is true today; without a press the address leads to it."""
    found = kept_or_404(request.membership, public_id)
    said = _("Thank you. The entry counts as true from today on.")
    press(request, lambda: keeping.say_true(service=found, by=request.membership), said=said)
    return redirect(found)
