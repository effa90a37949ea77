"""The doors in front of a course: its own membership's alone, while it works with the young person."""

from functools import wraps

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render

from coordination.agencies.door import acting
from coordination.agencies.rules import NotNow
from pilots.measures.queries.courses import course_or_404


def own_course(view):
    """A page about a course of the reader's own; the look at it is written with the page."""

    @acting()
    @transaction.atomic
    @wraps(view)
    def wrapper(request, public_id, **more):
        return view(request, course_or_404(request, public_id), **more)

    return wrapper


def own_session(view):
    """A page about one session of such a course."""

    @own_course
    @wraps(view)
    def wrapper(request, course, number, **more):
        found = next((one for one in course.in_order if one.number == number), None)
        if found is None:
            raise Http404
        # The course knows the young person through the door, and what was answered.
        found.course = course
        return view(request, found, **more)

    return wrapper


def back_when_refused(view):
    """A page that may not be had now: back to the course, with the sentence why."""

    @wraps(view)
    def wrapper(request, found, **more):
        try:
            return view(request, found, **more)
        except NotNow as refusal:
            messages.warning(request, refusal.sentence)
            return redirect(getattr(found, "course", found))

    return wrapper


def page(request, template, course, **context):
    """A page under the young person's name."""
    return render(request, template, context | {"course": course, "young_person": course.young_person})
