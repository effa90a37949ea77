"""Ending a support, and saying that nobody is needed after all."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from coordination.agencies.queries import rules_since
from coordination.agencies.rules import NotNow
from coordination.support.commands import ending as commands
from coordination.support.forms.ending import EndForm, NoLongerWaitsForm
from coordination.support.queries.doors import support_or_404
from coordination.support.queries.naming import standing
from coordination.support.queries.rounds import gaps
from coordination.support.states import SupportState
from coordination.support.views.overview import coordinating


@coordinating
@transaction.atomic
def end(request, public_id):
    """Why it ends; of an ended one after which somebody waits, why nobody is needed any more."""
    support = support_or_404(request, public_id, to="coordinate")
    waits = gaps().filter(pk=support.pk).exists()
    if support.state != SupportState.ACTIVE and not waits:
        return redirect("support:overview", public_id)
    form = _form(request, support, waits)
    if form.is_valid():
        try:
            with transaction.atomic():
                _save(request, support, form, waits)
        except NotNow as refusal:
            messages.warning(request, refusal.sentence)
        else:
            messages.success(request, _("Saved. Whom it concerns is told."))
        return redirect("support:overview", public_id)
    _active, coming = standing(support.young_person)
    context = {
        "support": support,
        "young_person": support.young_person,
        "form": form,
        "waits": waits,
        "goes_on": bool(coming) and coming.state == SupportState.READY,
    }
    return render(request, "coordination/support/end.html", context)


def _form(request, support, waits):
    posted = request.POST if request.method == "POST" else None
    if waits:
        return NoLongerWaitsForm(posted)
    return EndForm(posted, days=days_seen_on(support))


def days_seen_on(support):
    """For how many days a former adult may see on, by the rules of the day of naming."""
    return rules_since(support.area, support.named_at).days_former_adult_sees


def _save(request, support, form, waits):
    what = {"support": support, "reason": form.cleaned_data["reason"], "by": request.membership}
    if waits:
        commands.no_longer_waits(**what)
    else:
        commands.end_support(**what, sees_on=form.is_seen_on())
