"""What somebody without an account sees behind a one-time link. The first page is the same for every address."""

import secrets
from contextlib import suppress
from functools import wraps

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


def behind_a_code(behind):
    """A page that shows once the code has been typed, on this device alone; until then the code is asked for.

    `behind(link)` is what lies behind a link that works, and None where nothing does here or any more: then, as for an
    address that never was, there is the first page. The view gets (request, link, that, secret=, device=). Mail
    scanners follow links, so nothing is used up by a GET.
    """

    def decorate(view):
        @login_not_required
        @never_cache
        @sensitive_post_parameters("code")
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def wrapper(request, secret):
            link, device = queries.by_secret(secret), _device(request)
            is_open = link and rules.is_device(link, device) and rules.works(link)
            found = behind(link) if is_open else None
            if found is None:
                return _first_page(request, secret, device, behind)
            _speak(request, link.language)
            return view(request, link, found, secret=secret, device=device)

        return wrapper

    return decorate


def _first_page(request, secret, device, behind):
    form = CodeForm(request.POST or None)
    if form.is_valid():
        device = device or secrets.token_urlsafe(32)
        try:
            commands.open_link(secret=secret, code=form.cleaned_data["code"], device=device, behind=behind)
        except NotNow as refusal:
            form.add_error(None, refusal.sentence)
        else:
            response = redirect(request.resolver_match.view_name, secret)
            response.set_signed_cookie(
                COOKIE, device, httponly=True, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax"
            )
            return response
    return render(request, "coordination/links/code.html", {"form": form})


def _speak(request, language):
    """The receiver's language, unless somebody has chosen another on this device."""
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and not request.user.is_authenticated:
        translation.activate(language)
        request.LANGUAGE_CODE = language


@behind_a_code(rules.message_of)
def open(request, link, message, *, secret, device):
    """The message; a press says that it has been read."""
    if request.method == "POST":
        # A link that has ended since this page was asked for opens no more: the first page, as for every address.
        with suppress(NotNow):
            commands.mark_read(secret=secret, device=device)
        return redirect("links:open", secret)
    return render(request, "coordination/links/message.html", {"link": link, **message})


def _device(request):
    """The random word of this device, signed so that nobody makes one up; empty where it has none yet."""
    return request.get_signed_cookie(COOKIE, default="")
