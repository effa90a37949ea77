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
    return _page(request)


def _page(request, *, item="", form=None):
    """The list; `form` is what was sent for one item and refused."""
    context = queries.page(request.membership) | {"sent_item": item, "sent": form}
    return render(request, "coordination/going_live/checklist.html", context)


@require_POST
@administering
def tick(request, item):
    """One item is done."""
    form = TickForm(request.POST)
    if not form.is_valid():
        return _page(request, item=_known(item), form=form)
    note = form.cleaned_data["note"]
    tick_in_force = commands.tick(item=_known(item), note=note, by=request.membership)
    if (tick_in_force.by_id, tick_in_force.note) == (request.membership.pk, note):
        messages.success(request, _("Saved."))
    elif note:
        messages.warning(request, _("This was ticked already. What you wrote is not kept: %(note)s") % {"note": note})
    else:
        messages.warning(request, _("This was ticked already."))
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
