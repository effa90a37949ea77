"""The door in front of each page of an assessment."""

from functools import wraps

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect

from coordination.agencies.door import acting
from coordination.agencies.rules import NotNow
from coordination.assessments import rules
from coordination.assessments.queries import rooms


def through(door):
    """A page behind `door(request, public_id)`, which gives what the page is about, or a 404."""

    def decorator(view):
        @acting()
        @wraps(view)
        @transaction.atomic
        def wrapper(request, public_id, **more):
            return view(request, door(request, public_id), **more)

        return wrapper

    return decorator


# For its worker and for whoever takes part; for its worker alone; for a professional with a part of their own.
in_room = through(rooms.room_or_404)
as_worker = through(rooms.worker_room_or_404)
as_participant = through(rooms.participant_room_or_404)


def back_when_refused(view):
    """A page that somebody may have, but not now: back to the room, with the sentence why."""

    @wraps(view)
    def wrapper(request, room, **more):
        try:
            return view(request, room, **more)
        except NotNow as refusal:
            messages.warning(request, refusal.sentence)
            return redirect(room.assessment)

    return wrapper


def while_open(view):
    """For its worker, on a page that changes something; once it is signed back to the room. What is posted goes on to
    the form, which keeps what was typed while the command refuses."""

    @as_worker
    @back_when_refused
    @wraps(view)
    def wrapper(request, room, **more):
        if request.method != "POST":
            rules.check_open(room.assessment)
        return view(request, room, **more)

    return wrapper
