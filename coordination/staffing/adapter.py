"""How signing in behaves here: no way to sign up, no chatter, and a choice of agency where there are several."""

from urllib.parse import urlencode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import get_next_redirect_url
from django.urls import reverse

from coordination.agencies.models import Membership


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

    def add_message(self, request, level, message_template=None, message_context=None, extra_tags="", message=None):
        """Say nothing: that one is signed in, or out, is seen."""

    def get_login_redirect_url(self, request):
        """The desk; before it the choice of agency, for whoever has several and hasn't chosen."""
        return self._by_way_of_choice(request, request.user, super().get_login_redirect_url(request))

    def post_login(self, request, user, *, redirect_url=None, **rest):
        """As above, also when a page was asked for: whose it is depends on the choice."""
        following = redirect_url or get_next_redirect_url(request)
        if following:
            redirect_url = self._by_way_of_choice(request, user, following)
        return super().post_login(request, user, redirect_url=redirect_url, **rest)

    def _by_way_of_choice(self, request, user, following):
        if "membership" in request.session or Membership.objects.open().filter(user=user).count() < 2:
            return following
        return f"{reverse('agencies:choose')}?{urlencode({'next': following})}"
