"""The doors in front of the pages that change a pilot."""

from functools import wraps

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from coordination.agencies.door import acting
from coordination.agencies.rules import NotNow
from pilots.registry.queries.editing import own_pilot_or_404
from pilots.registry.queries.texts import text_of
from pilots.registry.rules import may_begin


def beginning(view):
    """A page for whoever may begin a pilot in their own area; for everybody else there is none."""

    @acting()
    @wraps(view)
    def wrapper(request, **more):
        if not may_begin(request.membership):
            raise Http404
        return view(request, **more)

    return wrapper


def own(view):
    """A page for whoever may change this pilot."""

    @acting()
    @wraps(view)
    def wrapper(request, public_id, **more):
        return view(request, own_pilot_or_404(request.membership, public_id), **more)

    return wrapper


def back_when_refused(view):
    """A page that somebody may have, but not now: back to the pilot, with the sentence why."""

    @wraps(view)
    def wrapper(request, pilot, **more):
        try:
            return view(request, pilot, **more)
        except NotNow as refusal:
            messages.warning(request, refusal.sentence)
            return redirect(pilot)

    return wrapper


def page(request, template, pilot, **context):
    """A page under the pilot's name, in the reader's language."""
    context |= {"pilot": pilot, "text": text_of(pilot)}
    return render(request, template, context)
