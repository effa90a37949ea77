"""The doors in front of a schedule that is followed with a young person, and of one of its steps."""

from functools import wraps

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render

from coordination.agencies.door import acting
from coordination.agencies.rules import NotNow
from pilots.schedules import rules
from pilots.schedules.queries.enrolments import due_or_404, enrolment_or_404


def inside(view):
    """A page about a schedule, for its owner and for whoever coordinates; the look is written with the page. What may
    not be had now leads back to the schedule, with the sentence why."""

    @acting()
    @transaction.atomic
    @wraps(view)
    def wrapper(request, public_id, **more):
        opened = enrolment_or_404(request, public_id)
        try:
            return view(request, opened, **more)
        except NotNow as refusal:
            messages.warning(request, refusal.sentence)
            return redirect(opened.enrolment)

    return wrapper


def as_owner(view):
    """A page for its owner alone."""

    @inside
    @wraps(view)
    def wrapper(request, opened, **more):
        if not opened.is_owner:
            raise Http404
        return view(request, opened, **more)

    return wrapper


def of_step(view):
    """A page about one step, for the owner, while something can be done with it."""

    @as_owner
    @wraps(view)
    def wrapper(request, opened, step):
        due = due_or_404(opened, step)
        if request.method != "POST":
            rules.check_open(opened.enrolment)
        return view(request, opened, due)

    return wrapper


def page(request, template, opened, **context):
    """A page under the young person's name."""
    known = {"opened": opened, "enrolment": opened.enrolment, "young_person": opened.young_person}
    return render(request, template, known | context)
