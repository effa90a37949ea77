"""The page of whoever takes part without an account, behind their link and code."""

from contextlib import suppress

from django.shortcuts import redirect, render

from coordination.agencies.rules import NotNow
from coordination.agencies.saving import sent
from coordination.assessments.commands import guests as commands
from coordination.assessments.forms.taking_part import GuestForm
from coordination.assessments.queries import guests as queries
from coordination.links.views import behind_a_code


@behind_a_code(queries.guest_of)
def guest(request, link, participant, *, secret, device):
    """Who asks and what, and one's own section to write in; or nothing to add."""
    key = {"secret": secret, "device": device}
    if "nothing" in request.POST:
        with suppress(NotNow):  # the page then says how it stands
            commands.nothing_as_guest(**key)
        return redirect("assessments:guest", secret)
    form = GuestForm(sent(request), words=queries.words_of(participant))
    meanwhile = None
    if form.is_valid():
        try:
            commands.write_as_guest(**key, **form.cleaned_data)
        except NotNow as refusal:
            form.add_error(None, refusal.sentence)
            now = queries.words_of(participant)
            meanwhile = now if form.is_overtaken(now.number) else None
        else:
            return redirect("assessments:guest", secret)
    context = {"link": link, "form": form, "meanwhile": meanwhile} | queries.page_of(participant)
    return render(request, "coordination/assessments/guest.html", context)
