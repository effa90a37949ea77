"""What somebody without an account sees behind a one-time link. The first page is the same for every address."""

import json
import secrets
from contextlib import suppress

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from coordination.agencies.rules import NotNow
from coordination.links import commands, queries, rules
from coordination.links.forms import CodeForm

COOKIE = "device"


@login_not_required
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def open(request, secret):
    """The code is asked for, and then the message is shown, on this device alone. Mail scanners follow links, so
    nothing is used up by a GET."""
    link, device = queries.by_secret(secret), _device(request)
    if link and rules.is_device(link, device) and rules.works(link):
        return _message(request, link, secret, device)
    form = CodeForm(request.POST or None)
    if form.is_valid():
        device = device or secrets.token_urlsafe(32)
        try:
            commands.open_link(secret=secret, code=form.cleaned_data["code"], device=device)
        except NotNow as refusal:
            form.add_error(None, refusal.sentence)
        else:
            response = redirect("links:open", secret)
            response.set_signed_cookie(
                COOKIE, device, httponly=True, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax"
            )
            return response
    return render(request, "coordination/links/code.html", {"form": form})


def _message(request, link, secret, device):
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and not request.user.is_authenticated:
        translation.activate(link.language)
        request.LANGUAGE_CODE = link.language
    if request.method == "POST":
        # A link that has ended since this page was asked for opens no more: the first page, as for every address.
        with suppress(NotNow):
            commands.mark_read(secret=secret, device=device)
        return redirect("links:open", secret)
    context = {"link": link, **json.loads(link.content)}
    return render(request, "coordination/links/message.html", context)


def _device(request):
    """The random word of this device, signed so that nobody makes one up; empty where it has none yet."""
    return request.get_signed_cookie(COOKIE, default="")
