"""Leaving for a town's own sign-in, coming back, and connecting it with an account."""

from allauth.account.utils import get_next_redirect_url
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coordination.agencies.door import step_up
from coordination.agencies.rules import NotNow
from coordination.signing_in import commands, queries
from coordination.signing_in.provider import TownAdapter


def _provider(request, provider_id):
    try:
        return get_adapter(request).get_provider(request, provider=provider_id)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error


def leave(request, provider_id, process=AuthProcess.LOGIN, following=None, data=None):
    """A page that goes on to the provider by itself.

    Not a redirect: the content security policy lets forms go nowhere but here, and browsers hold redirects to it.
    """
    provider = _provider(request, provider_id)
    try:
        away = provider.redirect(request, process, next_url=following, data=data)
    except OAuth2Error as error:
        return _failed(request, provider, error)
    if away.status_code != 302:
        return away
    return render(request, "coordination/signing_in/leave.html", {"address": away.url, "provider": provider})


def _failed(request, provider, error):
    try:
        return render_authentication_error(request, provider, exception=error)
    except ImmediateHttpResponse as page:
        return page.response


@login_not_required
@never_cache
@require_POST
def sign_in(request, provider_id):
    """To the provider, in order to sign in."""
    return leave(request, provider_id, following=get_next_redirect_url(request))


@login_not_required
@never_cache
@require_safe
def come_back(request, provider_id):
    """From the provider, with a code and the state that this browser left with."""
    _provider(request, provider_id)
    return OAuth2CallbackView.adapter_view(TownAdapter(request, provider_id))(request)


@step_up
@require_http_methods(["GET", "HEAD", "POST"])
def connection(request, provider_id):
    """One town's sign-in and this account: connect them, or take the connection away."""
    provider = _provider(request, provider_id)
    connected = queries.connections_of(request.user).get(provider_id)
    if request.method != "POST":
        context = {"provider": provider, "connected": connected}
        return render(request, "coordination/signing_in/connection.html", context)
    if not connected:
        return leave(request, provider_id, process=AuthProcess.CONNECT)
    try:
        commands.disconnect(user=request.user, provider=provider_id)
        messages.success(request, _("Removed. This sign-in no longer opens your account."))
    except NotNow as refusal:
        messages.error(request, refusal.sentence)
    return redirect("mfa_index")
