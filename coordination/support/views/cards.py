"""The card for the young person: who their one adult is, and how to change one's mind. Nothing else stands on it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from coordination.interface import pdf, spreadsheets
from coordination.support.queries.cards import card_of
from coordination.support.views.work import working


@working
def card(request, support):
    """The card, to print."""
    context = card_of(support) | {"support": support, "no_pdf": pdf.unavailable()}
    return render(request, "coordination/support/card.html", context)


@working
def card_pdf(request, support):
    """The card as a PDF; where none can be made, back to the page, which can be printed."""
    if sentence := pdf.unavailable():
        messages.warning(request, sentence)
        return redirect("support:card", support.public_id)
    made = pdf.make("coordination/support/card_paper.html", card_of(support), request=request)
    # A file's name is seen by whoever holds the phone or the computer.
    return spreadsheets.download(made, name=f"{_('card')}.pdf", content_type=pdf.CONTENT_TYPE)
