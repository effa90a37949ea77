"""The doors in front of trainings: for whoever may see one, and for whoever may change it."""

from functools import wraps

from django.contrib import messages
from django.shortcuts import redirect

from coordination.agencies.door import acting
from coordination.agencies.rules import NotNow
from pilots.trainings.queries.trainings import managed_or_404, training_or_404


def seen(view):
    """A page for whoever may see this training."""

    @acting()
    @wraps(view)
    def wrapper(request, public_id, **more):
        return view(request, training_or_404(request.membership, public_id), **more)

    return wrapper


def managed(view):
    """A page for whoever leads this training, or looks after those of its area; for everybody else there is none. What
    can't be done now leads back to the training, with the sentence why."""

    @acting()
    @wraps(view)
    def wrapper(request, public_id, **more):
        training = managed_or_404(request.membership, public_id)
        try:
            return view(request, training, **more)
        except NotNow as refusal:
            messages.warning(request, refusal.sentence)
            return redirect(training)

    return wrapper
