"""The door of pages that are done in a membership's name, and of those that want its holder to be there right now."""

from functools import wraps

from allauth.core.exceptions import ReauthenticationRequired
from django.http import Http404
from django.shortcuts import render

from coordination.agencies import presence


def acting(*roles):
    """Let a view through only for a user who acts for a membership, in one of these roles when any are named.

    Without an open membership: a page that says so and whom to ask (403). In another role: 404, as if the page did
    not exist, so that a page's address tells nothing of what others may do.
    """

    def decorate(view):
        @wraps(view)
        def wrapper(request, *args, **kwargs):
            if request.membership is None:
                return render(request, "coordination/agencies/no_membership.html", status=403)
            if roles and request.membership.role not in roles:
                raise Http404
            return view(request, *args, **kwargs)

        return wrapper

    return decorate


def step_up(view):
    """Let a view through only for somebody who showed who they are within STEP_UP_MINUTES; signing in counts.

    Everybody else is asked once more. They come back to the page they asked for; what they posted has not been done,
    and stands in its form again (`coordination.drafts`). Stands below `acting`, so that a page that isn't for the
    reader is 404 as ever, and above `transaction.atomic`.
    """

    @wraps(view)
    def wrapper(request, *args, **kwargs):
        check_stepped_up(request)
        return view(request, *args, **kwargs)

    return wrapper


def check_stepped_up(request):
    """Raise ReauthenticationRequired, which `drafts.middleware` answers, for whoever `step_up` would ask once more."""
    if not presence.is_recent(request):
        raise ReauthenticationRequired
