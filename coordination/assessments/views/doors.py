"""The door in front of each page of an assessment."""

from functools import wraps

from django.db import transaction

from coordination.agencies.door import acting
from coordination.assessments.queries import rooms


def _through(door):
    def decorator(view):
        @acting()
        @wraps(view)
        @transaction.atomic
        def wrapper(request, public_id, **more):
            return view(request, door(request, public_id), **more)

        return wrapper

    return decorator


# For its worker and for whoever takes part; for its worker alone; for a professional with a part of their own.
in_room = _through(rooms.room_or_404)
as_worker = _through(rooms.worker_room_or_404)
as_participant = _through(rooms.participant_room_or_404)
