"""The door of pages that are done in a membership's name."""

from functools import wraps

from django.http import Http404
from django.shortcuts import render


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
