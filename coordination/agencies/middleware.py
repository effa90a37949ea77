"""Whom a signed-in user acts for, and in which language they read."""

from django.conf import settings
from django.utils import translation

from coordination.agencies.models import Membership


def choose_membership(request):
    """The membership this session acts for: the chosen one, else the only or first open one; None without any."""
    memberships = (
        Membership.objects.open()
        .filter(user=request.user)
        .select_related("user", "agency__area__coordinators")
        .order_by("pk")
    )
    chosen = request.session.get("membership")
    found = list(memberships)
    request.has_several_memberships = len(found) > 1
    return next((one for one in found if str(one.public_id) == chosen), found[0] if found else None)


class ActingMembershipMiddleware:
    """Sets request.membership. A professional acts for one membership at a time; everything is done in its name."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.membership = None
        request.has_several_memberships = False
        if request.user.is_authenticated:
            request.membership = choose_membership(request)
        return self.get_response(request)


class ReaderLanguageMiddleware:
    """Reads in the user's own language, whatever browser they sit at; before signing in, in the one chosen there."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            chosen = request.user.language
        else:
            chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
            if chosen not in dict(settings.LANGUAGES):
                chosen = settings.LANGUAGE_CODE
        translation.activate(chosen)
        request.LANGUAGE_CODE = chosen
        response = self.get_response(request)
        response.headers["Content-Language"] = translation.get_language()
        translation.activate(settings.LANGUAGE_CODE)
        return response
