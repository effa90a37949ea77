"""The door in front of the pages of whoever leads the coordination group."""

from functools import wraps

from django.http import Http404

from coordination.agencies.door import acting
from pilots.service_map.queries.group import leads, own_round_or_404
from pilots.service_map.queries.meetings import own_meeting_or_404


def leading(view):
    """A page for whoever leads the group of their area; for everybody else there is none."""

    @acting()
    @wraps(view)
    def wrapper(request, **more):
        if not leads(request.membership):
            raise Http404
        return view(request, **more)

    return wrapper


def own_round(view):
    """A page about a round of the own area, for whoever leads its group."""

    @leading
    @wraps(view)
    def wrapper(request, public_id, **more):
        return view(request, own_round_or_404(request.membership, public_id), **more)

    return wrapper


def own_meeting(view):
    """A page about a meeting of the own area's group, for whoever leads it."""

    @leading
    @wraps(view)
    def wrapper(request, public_id, **more):
        return view(request, own_meeting_or_404(request.membership, public_id), **more)

    return wrapper
