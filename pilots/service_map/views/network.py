"""The network of professionals: who is in it, joining and leaving, and what was new last month."""

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from coordination.agencies.door import acting
from coordination.agencies.saving import press, saved, sent
from coordination.clocks.rules import months_after, today
from pilots.service_map.commands import network as commands
from pilots.service_map.forms.meetings import NetworkForm
from pilots.service_map.queries import network as queries
from pilots.service_map.queries.news import news_of


@acting()
def network(request):
    """Whom one can ask about what; and joining, or saying something else of oneself."""
    by = request.membership
    own = queries.own_contact(by)
    form = NetworkForm(sent(request), contact=own)
    if saved(request, form, lambda: commands.join(by=by, **form.cleaned_data), said=_("You are in the network.")):
        return redirect("service_map:network")
    area, month = by.agency.area, months_after(today().replace(day=1), -1)
    context = {"area": area, "form": form, "own": own, "contacts": queries.contacts_of(area.pk, by)}
    return render(request, "pilots/service_map/network.html", context | {"month": month, "parts": news_of(area, month)})


@acting()
def leave(request):
    """Not be in the network any more."""
    press(request, lambda: commands.leave(by=request.membership), said=_("You are in the network no more."))
    return redirect("service_map:network")
