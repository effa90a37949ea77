"""Naming who stands in for the adult, and ending that."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from coordination.agencies.rules import NotNow
from coordination.agencies.saving import saved, sent
from coordination.support import rules
from coordination.support.commands import substitutes as commands
from coordination.support.forms.substitutes import SubstituteForm
from coordination.support.queries import candidates
from coordination.support.queries.doors import support_or_404
from coordination.support.queries.rounds import standing_in
from coordination.support.views.overview import coordinating


@coordinating
@transaction.atomic
def substitute(request, public_id):
    """Choose who stands in, and until when."""
    support = support_or_404(request, public_id, to="coordinate")
    try:
        rules.check_goes_on(support)
    except NotNow as refusal:
        messages.warning(request, refusal.sentence)
        return redirect("support:overview", public_id)
    viewer, person = request.membership, support.young_person
    found, since = candidates.network(person)
    form = SubstituteForm(
        sent(request),
        candidates=candidates.compared(found, person, area=support.area, viewer=viewer, since=since),
        areas={support.area_id},
    )

    def save():
        until = form.cleaned_data["until"]
        commands.name_substitute(support=support, membership=form.membership, until=until, by=viewer)

    if saved(request, form, save, said=_("Saved. The substitute, the adult and the other coordinators are told.")):
        return redirect("support:overview", public_id)
    context = {"support": support, "young_person": person, "form": form}
    return render(request, "coordination/support/substitute.html", context)


@coordinating
@transaction.atomic
def end_substitute(request, public_id):
    """End the standing in before its last day; without a press the address leads to the support."""
    support = support_or_404(request, public_id, to="coordinate")
    substitution = standing_in(support).first()
    if request.method == "POST" and substitution:
        commands.end_substitute(substitution=substitution, by=request.membership)
        messages.success(request, _("Ended. Whom it concerns is told."))
    return redirect("support:overview", public_id)
