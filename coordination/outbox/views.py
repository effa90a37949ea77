"""Own notices, own preferences, and the demo's mails."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from coordination.agencies.door import acting
from coordination.interface.pages import page_number
from coordination.outbox import commands, queries
from coordination.outbox.forms import PreferencesForm, SeenForm


@require_GET
@acting()
def notices(request):
    """What this membership was told, newest first."""
    number = page_number(request)
    page = queries.notices_page(request.membership, number)
    here = reverse("outbox:notices")
    context = {
        "page": page,
        "older_url": f"{here}?page={number + 1}" if page.has_older else "",
        "newer_url": f"{here}?page={number - 1}" if number > 1 else "",
    }
    return render(request, "coordination/outbox/notices.html", context)


@require_POST
@acting()
def seen(request):
    """Mark the notices of one page as seen. Opening a page never does: mail scanners and previews open pages, too."""
    form = SeenForm(request.POST)
    if form.is_valid():
        commands.mark_seen(membership=request.membership, public_ids=form.cleaned_data["notice"])
    return redirect(f"{reverse('outbox:notices')}?page={page_number(request)}")


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request):
    """How often mail comes, and the languages: also where the unsubscribe link of each mail leads."""
    user = request.user
    chosen = {"rhythm": user.rhythm, "language": user.language, "speaks": user.speaks}
    form = PreferencesForm(request.POST if request.method == "POST" else None, initial=chosen)
    if form.is_valid():
        commands.set_preferences(user=user, **form.cleaned_data)
        with translation.override(user.language):
            messages.success(request, _("Your choices were saved."))
        return redirect("outbox:preferences")
    return render(request, "coordination/outbox/preferences.html", {"form": form})


@login_not_required
@require_GET
def demo_mails(request):
    """The mails of the demo, as each receiver gets them. There is no such page in a real installation."""
    if not settings.DEMO_MODE:
        raise Http404
    to = request.GET.get("to", "")
    context = {"mails": queries.demo_mails(to), "receivers": queries.demo_receivers(), "to": to}
    return render(request, "coordination/outbox/demo_mails.html", context)
