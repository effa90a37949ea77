"""How signing in behaves here: no way to sign up, no chatter, and a choice of agency where there are several."""

from ipaddress import ip_address, ip_network
from urllib.parse import quote, urlencode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import get_next_redirect_url
from allauth.core import context
from django.conf import settings
from django.contrib import messages
from django.urls import reverse

from coordination.agencies import presence
from coordination.agencies.models import Membership
from coordination.signing_in import stages
from coordination.signing_in.letters import mail_way_in_changed
from coordination.signing_in.session import remember_vouching
from coordination.staffing.letters import mail_password_reset

# Whoever has one address of such a network can mostly have its others, too.
_NETWORK_BITS = {4: 24, 6: 64}


class ClosedSignup(DefaultAccountAdapter):
    """Accounts come from invitations only."""

    def is_open_for_signup(self, request):
        return False

    def is_safe_url(self, url):
        """Whether an address is one of ours; what can't even be read as an address isn't."""
        try:
            return super().is_safe_url(url)
        except ValueError:
            return False

    def get_reset_password_from_key_url(self, key):
        """Where a new password is chosen, at our own address: what a request says of its host may be a lie."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.PUBLIC_URL + path.replace("UID-KEY", quote(key))

    def send_mail(self, template_prefix, email, context):
        """Queue the one letter that allauth has to send here; anything else it would send has no reader."""
        if template_prefix == "account/email/password_reset_key":
            mail_password_reset(user=context["user"], link=context["password_reset_url"])

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        """One letter for every change of second factors: what changed, the page behind it says."""
        if template_prefix.startswith("mfa/"):
            mail_way_in_changed(user)

    def _get_login_attempts_cache_key(self, request, **credentials):
        """Tries are counted for an account and a network together, so nobody locks the owner out from elsewhere."""
        login = credentials.get("email", "").lower()
        return f"{network_of(self.get_client_ip(request))} {login}"

    def add_message(self, request, level, message_template=None, message_context=None, extra_tags="", message=None):
        """Say only what went wrong: that one is signed in, or out, is seen."""
        if level >= messages.ERROR and message:
            messages.add_message(request, level, message, extra_tags=extra_tags)

    def get_login_stages(self):
        """The library's steps of signing in, with our own for the second factor."""
        return [stages.STAGE if stage == stages.REPLACED else stage for stage in super().get_login_stages()]

    def is_reauthentication_required(self, *, app="", **rest):
        """What the library guards is guarded as everything else (`agencies.door.step_up`)."""
        return not presence.is_recent(context.request)

    def get_login_redirect_url(self, request):
        """The desk; before it the choice of agency, for whoever has several and hasn't chosen."""
        return self._by_way_of_choice(request, request.user, super().get_login_redirect_url(request))

    def post_login(self, request, user, *, redirect_url=None, **rest):
        """As above, also when a page was asked for: whose it is depends on the choice."""
        login = (rest.get("signal_kwargs") or {}).get("sociallogin")
        if identity := getattr(login, "identity", None):
            remember_vouching(request, user, identity)
        following = redirect_url or get_next_redirect_url(request)
        if following:
            redirect_url = self._by_way_of_choice(request, user, following)
        return super().post_login(request, user, redirect_url=redirect_url, **rest)

    def _by_way_of_choice(self, request, user, following):
        if "membership" in request.session or Membership.objects.open().filter(user=user).count() < 2:
            return following
        return f"{reverse('agencies:choose')}?{urlencode({'next': following})}"


def network_of(address):
    """The network of an IP address, as far as one household or office has it to itself: IPv4 /24, IPv6 /64."""
    address = ip_address(address)
    address = getattr(address, "ipv4_mapped", None) or address
    return ip_network((address, _NETWORK_BITS[address.version]), strict=False)
