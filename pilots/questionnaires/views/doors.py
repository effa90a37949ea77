"""The door in front of each page of a filled-in form."""

from functools import wraps

from django.db import transaction

from coordination.agencies.door import acting
from pilots.questionnaires.queries import sheets


def _through(door):
    """A page behind `door(request, public_id)`, which gives how the reader comes into the form, or a 404."""

    def decorator(view):
        @acting()
        @wraps(view)
        @transaction.atomic
        def wrapper(request, public_id, **more):
            return view(request, door(request, public_id), **more)

        return wrapper

    return decorator


# For everybody who comes into the form, and for its owner alone.
inside = _through(sheets.sheet_or_404)
as_owner = _through(sheets.owned_or_404)
