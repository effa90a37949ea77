"""Giving the young person a page of their own, and doing what they ask for there."""

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coordination.agencies.door import acting
from coordination.agencies.rules import NotNow
from coordination.support.commands import own_page as commands
from coordination.support.forms.own_page import LinkForm
from coordination.support.opening import Opening
from coordination.support.queries import own_page as queries
from coordination.support.queries.rounds import overview_link
from coordination.support.views.work import working


@working
def own_page(request, support):
    """Where the young person's link stands; a press makes a new one, which is shown this once.

    Shown in the answer itself: neither the link nor the code is kept anywhere. The same press again makes another, and
    the one that is shown last is the one that works.
    """
    page = queries.latest_of(support)
    initial = {"language": page.language if page else request.membership.user.language}
    form = LinkForm(request.POST if request.method == "POST" else None, initial=initial)
    context = {"support": support, "young_person": support.young_person, "form": form, "page": page}
    if form.is_valid():
        try:
            with transaction.atomic():
                made, secret, code = commands.make_link(support=support, by=request.membership, **form.cleaned_data)
        except NotNow as refusal:
            form.add_error(None, refusal.sentence)
        else:
            link = settings.PUBLIC_URL + reverse("own:page", args=[secret])
            context |= {"page": made, "link": link, "code": f"{code[:3]} {code[3:]}"}
            return render(request, "coordination/support/own_page_made.html", context)
    context["works"] = page is not None and page.state != Opening.GONE
    return render(request, "coordination/support/own_page.html", context)


@working
def end_own_page(request, support):
    """The link works no more; without a press the address leads to where it stands."""
    if request.method == "POST":
        commands.end_link(support=support, by=request.membership)
        messages.success(request, _("The link doesn't work any more."))
    return redirect("support:own_page", support.public_id)


@require_POST
@acting()
@transaction.atomic
def handle_request(request, public_id, request_id):
    """Somebody has rung the young person, or talked over who their adult is."""
    found, coordinates = queries.request_or_404(request, public_id, request_id)
    commands.handle(request=found, by=request.membership)
    messages.success(request, _("Saved."))
    return redirect(overview_link(found.support) if coordinates else found.support.get_absolute_url())
