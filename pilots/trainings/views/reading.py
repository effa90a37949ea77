"""The list of trainings, one's own, and one training."""

from django.shortcuts import render
from django.utils import timezone

from coordination.agencies.door import acting
from coordination.agencies.rules import shown_adult
from coordination.interface.pages import page_number
from pilots.registry.queries.texts import read_in, text_of
from pilots.trainings import rules
from pilots.trainings.forms.filters import TrainingFilterForm, address_of
from pilots.trainings.forms.people import SignUpForm
from pilots.trainings.queries.course import progress_of
from pilots.trainings.queries.lists import listed
from pilots.trainings.queries.own import own_of
from pilots.trainings.queries.people import came_to, may_answer, own_sign_up, place_in_line
from pilots.trainings.queries.trainings import begins_last, free_places
from pilots.trainings.states import OPEN, SignUpState
from pilots.trainings.views.doors import seen


@acting()
def trainings(request):
    """What one can come to, and the course inside the portal."""
    form = TrainingFilterForm(request.GET)
    filters, page = form.filters, page_number(request)
    rows, has_more = listed(filters, request.membership, page=page)
    context = {
        "form": form,
        "rows": rows,
        "is_filtered": bool(address_of(filters)),
        "older_url": address_of(filters, page=page + 1) if has_more else "",
        "newer_url": address_of(filters, page=page - 1) or "?" if page > 1 else "",
        "course": progress_of(request.user),
    }
    return render(request, "pilots/trainings/list.html", context)


@acting()
def mine(request):
    """What one has signed up for, leads, and has got."""
    context = {"own": own_of(request.membership), "course": progress_of(request.user)}
    return render(request, "pilots/trainings/mine.html", context)


@seen
def training(request, training):
    """One training: what it is and when, where one's own sign-up stands, and what can be done next."""
    by = request.membership
    own, manages = own_sign_up(training, by), rules.may_manage(by, training)
    is_in = own is not None and own.state == SignUpState.IN
    context = about(training) | {
        "own": own,
        "is_open": own is not None and own.state in OPEN,
        "is_in": is_in,
        "in_line": place_in_line(own) if own and own.state == SignUpState.WAITING else 0,
        "came": came_to(own) > 0 if own else False,
        "may_answer": may_answer(own) if own else False,
        "certificate": getattr(own, "certificate", None),
        "form": SignUpForm(),
        "manages": manages,
        "leader": training.leader and shown_adult(training.leader, by, about=None),
        "shows_video": training.video_link and (is_in or manages),
        "pilot_name": text_of(training.pilot).name if training.pilot else "",
    }
    return render(request, "pilots/trainings/training.html", context)


def about(training):
    """What every page on which somebody signs up says."""
    return {
        "training": training,
        "occasions": times_of(training),
        "free": free_places(training),
        "closed": rules.closed_because(training, begins_last=begins_last(training)),
        "read_in": read_in(training.written_in),
    }


def times_of(training):
    """Its occasions, each with whether it is over."""
    now = timezone.now()
    found = list(training.occasions.all())
    for one in found:
        one.is_over, one.has_begun = one.ends_at <= now, one.starts_at <= now
    return found
