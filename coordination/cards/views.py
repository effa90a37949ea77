"""The library of action cards, one card on the screen and on paper, and what is said of it after use."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _

from coordination.agencies.door import acting
from coordination.agencies.models import Membership
from coordination.cards import commands, queries
from coordination.cards.forms import EvaluationForm
from coordination.cards.rules import role_of
from coordination.interface import pdf, spreadsheets


@acting()
def library(request):
    """All cards of the area by role, the reader's own first."""
    own = role_of(request.membership.agency)
    roles = sorted(queries.library(request.membership.area), key=lambda one: one["role"] != own)
    return render(request, "coordination/cards/library.html", {"roles": roles, "own": own})


@acting()
def version(request, public_id):
    """One version of a card: the one in use, an earlier one by which somebody worked, or an administrator's draft."""
    card = _card_or_404(request, public_id)
    trial = queries.trials_of(request.membership.area).get(card.role)
    context = {"card": card, "trial": trial, "no_pdf": pdf.unavailable()}
    return render(request, "coordination/cards/card.html", context)


@acting()
def paper(request, public_id):
    """The card as a PDF; where none can be made, back to the page, which can be printed."""
    card = _card_or_404(request, public_id)
    if sentence := pdf.unavailable():
        messages.warning(request, sentence)
        return redirect("cards:version", public_id)
    made = pdf.make("coordination/cards/paper.html", {"card": card}, request=request)
    name = slugify(f"{card.version.get_role_display()} {card.version.get_phase_display()}")
    return spreadsheets.download(made, name=f"{name}.pdf", content_type=pdf.CONTENT_TYPE)


@acting()
def evaluate(request, public_id):
    """Two questions on a card that was used."""
    card = _card_or_404(request, public_id)
    form = EvaluationForm(request.POST or None)
    if form.is_valid():
        commands.evaluate(version=card.version, by=request.membership, **form.cleaned_data)
        messages.success(request, _("Thank you. Your answers help to make the card better."))
        return redirect("cards:library")
    return render(request, "coordination/cards/evaluate.html", {"form": form, "card": card})


def _card_or_404(request, public_id):
    """A published version of the own area's or the product's, or for administrators the own area's draft."""
    sees_drafts = request.membership.role == Membership.Role.ADMINISTRATOR
    found = queries.readable_in(request.membership.area, drafts=sees_drafts).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return queries.laid_out(found)
