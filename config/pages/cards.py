"""The action cards beside one young person: which a professional works by, what is done, and their sign-off."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from coordination.agencies.door import acting
from coordination.cards import commands, queries
from coordination.cards.forms import CardForm
from coordination.cards.models import Role
from coordination.cards.rules import CONCERNED, role_of
from coordination.people import access

# Their cards are read together with them: they have no account.
FAMILY = (Role.PARENT, Role.CHILD)


@acting()
@transaction.atomic
def cards(request, public_id):
    """All cards, the reader's own role first, with what is done of those that they work by here."""
    ground = access.ground_or_404(request, public_id, to="view_network")
    own = role_of(request.membership.agency)
    uses = queries.uses_of(request.membership, [one.source for one in ground.beside])
    roles = sorted(queries.library(request.membership.area), key=lambda one: one["role"] != own)
    for one in roles:
        for card in one["cards"]:
            card["use"] = uses.get((one["role"], card["phase"]))
    context = {"young_person": ground.young_person, "roles": roles, "own": own}
    return render(request, "config/pages/cards.html", context)


@acting()
@transaction.atomic
def card(request, public_id, role, phase):
    """One card beside the young person, with its checklist to tick. The version stays the one that was begun with."""
    ground = access.ground_or_404(request, public_id, to="view_network")
    if (role, phase) not in CONCERNED:
        raise Http404
    use = queries.uses_of(request.membership, [one.source for one in ground.beside]).get((role, phase))
    version = use.version if use else queries.version_in_use(role, phase, request.membership.area)
    if version is None:
        raise Http404
    shown = queries.laid_out(version)
    begun = {"done": use.ticked, "signed": use.signed_at is not None} if use else {}
    form = CardForm(request.POST if request.method == "POST" else None, card=shown, initial=begun)
    if form.is_valid():
        typed = form.cleaned_data
        commands.work_by(
            version=version,
            about=use.about if use else ground.source,
            ticked=typed["done"],
            signed=typed["signed"],
            by=request.membership,
        )
        messages.success(request, _("Saved. Only you see what you ticked."))
        return redirect("pages:card", public_id, role, phase)
    context = {
        "young_person": ground.young_person,
        "card": shown,
        "form": form,
        "use": use,
        "of_family": role in FAMILY,
    }
    return render(request, "config/pages/card.html", context)
