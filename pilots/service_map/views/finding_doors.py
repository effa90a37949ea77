"""The doors in front of the pages of gaps and overlaps."""

from functools import wraps

from django.contrib import messages
from django.shortcuts import redirect

from coordination.agencies.door import acting
from coordination.agencies.rules import NotNow
from pilots.service_map.queries.deciding import decided_or_404, seen_to_or_404


def deciding(view):
    """A page for whoever decides on this finding."""
    return _behind(view, decided_or_404)


def seeing_to(view):
    """A page for whoever decides on this finding or sees to it."""
    return _behind(view, seen_to_or_404)


def _behind(view, found_or_404):
    @acting()
    @wraps(view)
    def wrapper(request, public_id):
        finding = found_or_404(request.membership, public_id)
        try:
            return view(request, finding)
        except NotNow as refusal:
            messages.warning(request, refusal.sentence)
            return redirect(finding)

    return wrapper
