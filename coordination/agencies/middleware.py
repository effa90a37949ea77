"""Whom a signed-in user acts for, and in which language they read."""

from django.utils import translation

from coordination.agencies.models import Membership


def choose_membership(request):
    """The membership this session acts for: the chosen one, else the only or first open one; None without any."""
    memberships = Membership.objects.open().filter(user=request.user).select_related("agency__area").order_by()
    chosen = request.session.get("membership")
    # Put in order here: to order in the database, the ORM compares every column that it reads, on every page.
    found = sorted(memberships, key=lambda one: one.pk)
    for one in found:
        one.user = request.user
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
    """Reads in the user's own language, whatever browser they sit at. Before signing in, the browser's goes."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)
