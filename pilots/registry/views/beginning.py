"""Beginning a pilot, and beginning the same as somewhere else."""

from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from coordination.agencies.saving import saved, sent
from pilots.registry import rules
from pilots.registry.commands.pilots import begin_pilot
from pilots.registry.commands.spreading import spread as spread_pilot
from pilots.registry.forms.facts import SpreadForm
from pilots.registry.forms.texts import NewPilotForm
from pilots.registry.queries.editing import counties_of, pilot_or_404
from pilots.registry.views.doors import back_when_refused, beginning, page


@beginning
def new(request):
    """A new pilot of the own area, written in the reader's language."""
    form, made = _form(NewPilotForm, request), []

    def save():
        texts = {get_language()[:2]: form.columns()}
        made.append(begin_pilot(texts=texts, token=form.cleaned_data["token"], by=request.membership, **form.facts()))

    said = _("It is in the registry now. Tick on its checklist what is in place, and decide then that it begins.")
    if saved(request, form, save, said=said):
        return redirect(made[0])
    return render(request, "pilots/registry/new.html", {"form": form})


@beginning
def spread(request, public_id):
    """Take a pilot into use in the own area."""
    return _spread(request, pilot_or_404(public_id))


@back_when_refused
def _spread(request, pilot):
    if request.method != "POST":
        rules.check_spreads(pilot)
    form, made = _form(SpreadForm, request), []

    def save():
        made.append(spread_pilot(pilot=pilot, by=request.membership, **form.typed()))

    said = _("It is planned in your area now. Read its texts, and change what is otherwise with you.")
    if saved(request, form, save, said=said):
        return redirect(made[0])
    return page(request, "pilots/registry/spread.html", pilot, form=form)


def _form(form, request):
    area = request.membership.area
    return form(sent(request), area=area, initial={"counties": counties_of(area)})
