"""The go-live checklist, for administrators."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coordination.agencies.door import acting, check_stepped_up
from coordination.agencies.models import Membership
from coordination.agencies.rules import NotNow
from coordination.going_live import commands, queries, rules
from coordination.going_live.forms import TickForm

administering = acting(Membership.Role.ADMINISTRATOR)


@administering
def checklist(request):
    """What is done, by whom, what is open, and who has signed."""
    return render(request, "coordination/going_live/checklist.html", queries.page(request.membership))


@require_POST
@administering
def tick(request, item):
    """One item is done."""
    form = TickForm(request.POST)
    if form.is_valid():
        commands.tick(item=_known(item), note=form.cleaned_data["note"], by=request.membership)
        messages.success(request, _("Saved."))
    else:
        messages.warning(request, " ".join(form.errors["note"]))
    return redirect("going_live:checklist")


@require_POST
@administering
def take_back(request, item):
    """One item is not done after all."""
    commands.take_back(item=_known(item), by=request.membership)
    messages.success(request, _("Taken back. Signatures that stood on it have ended."))
    return redirect("going_live:checklist")


@require_POST
@administering
def sign(request):
    """Answer for the whole list: whoever does so has shown a moment ago who they are."""
    check_stepped_up(request)
    try:
        commands.sign(by=request.membership)
    except NotNow as refusal:
        messages.warning(request, refusal.sentence)
    else:
        messages.success(request, _("You have signed."))
    return redirect("going_live:checklist")


@require_POST
@administering
def take_back_signature(request):
    """One's own signature ends."""
    commands.take_back_signature(by=request.membership)
    messages.success(request, _("Your signature has ended."))
    return redirect("going_live:checklist")


def _known(item):
    if item not in rules.CODES:
        raise Http404
    return item
