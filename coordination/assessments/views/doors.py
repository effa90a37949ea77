"""The door in front of each page of an assessment."""

from functools import partial, wraps

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect

from coordination.agencies.door import acting
from coordination.agencies.rules import NotNow
from coordination.assessments import rules
from coordination.assessments.queries import rooms
from coordination.assessments.states import AssessmentState


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


def only_while(check, *, door):
    """A page behind `door` that changes something; while `check` refuses the assessment back to the room. What is
    posted goes on to the form, which keeps what was typed while the command refuses."""

    def decorator(view):
        @door
        @back_when_refused
        @wraps(view)
        def wrapper(request, room, **more):
            if request.method != "POST":
                check(room.assessment)
            return view(request, room, **more)

        return wrapper

    return decorator


# Until it is signed: for its worker, and for a professional with a part of their own. Signed, and not handed over yet:
# for its worker.
while_open = only_while(rules.check_open, door=as_worker)
part_while_open = only_while(rules.check_open, door=as_participant)
while_signed = only_while(partial(rules.check_assessment_move, state=AssessmentState.OPEN), door=as_worker)
