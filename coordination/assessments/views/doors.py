"""The door in front of each page of an assessment."""

from functools import wraps

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect

from coordination.agencies.door import acting
from coordination.agencies.rules import NotNow
from coordination.assessments import rules
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


def while_open(view):
    """For its worker, on a page that changes something; once it is signed back to the room. What is posted goes on to
    the form, which keeps what was typed while the command refuses."""

    @as_worker
    @wraps(view)
    def wrapper(request, room, **more):
        try:
            if request.method != "POST":
                rules.check_open(room.assessment)
        except NotNow as refusal:
            messages.warning(request, refusal.sentence)
            return redirect(room.assessment)
        return view(request, room, **more)

    return wrapper
