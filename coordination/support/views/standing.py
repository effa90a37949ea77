"""Saying where the young person is."""

from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect

from coordination.agencies.door import acting
from coordination.agencies.saving import press
from coordination.support.commands import standing as commands
from coordination.support.forms.standing import WhereForm
from coordination.support.queries.permissions import support_of_talks_or_404
from coordination.support.queries.rounds import overview_link


@acting()
@transaction.atomic
def where(request, public_id):
    """Where the young person is, by one press: of the adult or who stands in, at the end also of a coordinator.
    Without a press the address leads to the support."""
    support, coordinates = support_of_talks_or_404(request, public_id)
    back = overview_link(support) if coordinates else support.get_absolute_url()
    if request.method != "POST":
        return redirect(back)
    form = WhereForm(request.POST)
    if not form.is_valid():
        raise Http404
    press(request, lambda: commands.say_where(support=support, by=request.membership, **form.cleaned_data))
    return redirect(back)
