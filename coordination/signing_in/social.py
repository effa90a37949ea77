"""What the sign-in library does with somebody who came back from their town's sign-in."""

import logging

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base import AuthError, AuthProcess
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from coordination.agencies import presence
from coordination.agencies.rules import NotNow
from coordination.signing_in.commands import connect
from coordination.signing_in.provider import is_same_nonce
from coordination.signing_in.session import keep_identity

log = logging.getLogger(__name__)


def name_of(provider):
    """What a provider (an entry of settings.OIDC_PROVIDERS) is called in the reader's language."""
    names = provider["name"]
    return names.get(get_language()) or next(iter(names.values()))


class TownSignIn(DefaultSocialAccountAdapter):
    """Opens accounts that are connected already; connects one that its owner is signed in to; makes none."""

    def list_apps(self, request, provider=None, client_id=None):
        """The configured providers and no others: a row in the database adds none."""
        return [
            SocialApp(
                provider="openid_connect",
                provider_id=one["id"],
                name=name_of(one),
                client_id=one["client_id"],
                secret=one["client_secret"],
                settings={**one, "server_url": one["issuer"]},
            )
            for one in settings.OIDC_PROVIDERS
            if provider in (None, "openid_connect", one["id"]) and client_id in (None, one["client_id"])
        ]

    def is_open_for_signup(self, request, sociallogin):
        """Accounts come from invitations only."""
        return False

    def get_connect_redirect_url(self, request, socialaccount):
        """Back to where the connection was begun."""
        return reverse("mfa_index")

    def send_notification_mail(self, *args, **kwargs):
        """Letters about connections are the commands' business."""

    def on_authentication_error(self, request, provider, error=None, exception=None, extra_context=None):
        """Whatever went wrong on the way, one page says so; what exactly is for the log, without its texts."""
        if error == AuthError.CANCELLED:
            raise ImmediateHttpResponse(HttpResponseRedirect(reverse("account_login")))
        log.warning("Signing in at %s failed: %s.", provider.sub_id, type(exception).__name__ if exception else error)
        self._refuse(request, _("Signing in did not succeed. Begin again from here."))

    def pre_social_login(self, request, sociallogin):
        """Whether this identity may come in, in the order in which the answers can be given.

        Raises ImmediateHttpResponse: with a page that says why not, or with the way on.
        """
        identity = sociallogin.identity
        # No token is kept, not even in a session while a code is asked for.
        sociallogin.token = None
        if not is_same_nonce(sociallogin):
            log.warning("Signing in at %s was refused: the nonce differs.", identity.provider)
            self._refuse(request, _("Signing in did not succeed. Begin again from here."))
        if not identity.is_staff:
            self._refuse(
                request,
                _("Rinnalla is for those who work with young people. Your organisation does not say that you do."),
            )
        if sociallogin.state.get("process") == AuthProcess.CONNECT:
            self._connect(request, identity)
        if not sociallogin.is_existing:
            self._welcome_invited(request, sociallogin, identity)
        user = sociallogin.user
        if user.is_active and not user.memberships.open().exists():
            self._refuse(request, _("Your account has no work role now. Ask your agency's administrator."))

    def _connect(self, request, identity):
        if not request.user.is_authenticated or not presence.is_recent(request):
            self._refuse(request, _("That took too long. Begin again from your sign-in and security page."))
        try:
            connect(user=request.user, identity=identity)
        except NotNow as refusal:
            self._refuse(request, refusal.sentence)
        messages.success(request, _("Connected. From now on you can sign in this way, too."))
        raise ImmediateHttpResponse(HttpResponseRedirect(reverse("mfa_index")))

    def _welcome_invited(self, request, sociallogin, identity):
        """On to the invitation that the journey began from; without one there is nothing to open."""
        data, back = sociallogin.state.get("data") or {}, sociallogin.state.get("next")
        if data.get("invited") and back:
            keep_identity(request, identity)
            raise ImmediateHttpResponse(HttpResponseRedirect(back))
        self._refuse(
            request,
            _(
                "No account here is connected to this sign-in. If you have an account, sign in with your password and "
                "connect it under Sign-in and security. If you were invited, open the link of the invitation."
            ),
        )

    def _refuse(self, request, sentence):
        page = render(request, "coordination/signing_in/refused.html", {"sentence": sentence}, status=403)
        raise ImmediateHttpResponse(page)
