"""Inviting to a meeting from a follow-up, changing and cancelling it, and writing down what came of it."""

import uuid
from functools import wraps

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from coordination.agencies.rules import NotNow, shown_adult
from coordination.follow_ups import queries, rules
from coordination.follow_ups.states import OPEN_STATES
from coordination.follow_ups.views.sheet import coordinating
from coordination.meetings import commands
from coordination.meetings.forms import HeldForm, MeetingForm
from coordination.meetings.queries import of_source


def _once_begun(view):
    """For a view of a begun follow-up's meetings. One that waits for a coordinator again says so on its own page: its
    meetings are planned still, and whoever takes it up changes or cancels them."""

    @coordinating
    @transaction.atomic
    @wraps(view)
    def checked(request, public_id, **kwargs):
        follow_up = queries.follow_up_or_404(request, public_id)
        try:
            rules.check_begun(follow_up)
        except NotNow:
            if follow_up.state not in OPEN_STATES:
                raise Http404 from None
            messages.warning(request, _("Take the follow-up up first; then you can plan, change and cancel meetings."))
            return redirect(follow_up)
        return view(request, follow_up, **kwargs)

    return checked


@_once_begun
def plan_meeting(request, follow_up):
    """Invite those who take part, and oneself."""
    adults = _adults(follow_up, request.membership)
    form = MeetingForm(request.POST or None, adults=adults)
    if form.is_valid():
        try:
            with transaction.atomic():
                meeting = commands.plan_meeting(
                    young_person=follow_up.young_person,
                    source=follow_up.public_id,
                    token=form.cleaned_data["token"],
                    by=request.membership,
                    **form.planned(),
                )
        except NotNow as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("The invitations are on their way."))
            return redirect(meeting)
    return render(request, "coordination/follow_ups/meeting.html", {"form": form, "follow_up": follow_up})


@_once_begun
def change_meeting(request, follow_up, meeting_id):
    """Change when, where and who of a planned meeting."""
    meeting = _meeting_or_404(follow_up, meeting_id)
    starts_at = timezone.localtime(meeting.starts_at)
    initial = {
        "day": starts_at.date(),
        "time": starts_at.time(),
        "minutes": meeting.minutes,
        "place": meeting.place,
        "adults": [str(one.membership.public_id) for one in meeting.asked],
        "token": uuid.uuid5(meeting.public_id, str(meeting.sequence)),
    }
    form = MeetingForm(request.POST or None, adults=_adults(follow_up, request.membership), initial=initial)
    if form.is_valid():
        try:
            with transaction.atomic():
                commands.change_meeting(
                    meeting=meeting, sequence=_seen(meeting, form), by=request.membership, **form.planned()
                )
        except NotNow as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Everybody invited gets the change."))
            return redirect(meeting)
    context = {"form": form, "follow_up": follow_up, "meeting": meeting}
    return render(request, "coordination/follow_ups/meeting.html", context)


@_once_begun
def cancel_meeting(request, follow_up, meeting_id):
    """Cancel a planned meeting."""
    meeting = _meeting_or_404(follow_up, meeting_id)
    if request.method == "POST":
        try:
            with transaction.atomic():
                commands.cancel_meeting(meeting=meeting, by=request.membership)
        except NotNow as refusal:
            messages.warning(request, refusal.sentence)
        else:
            messages.success(request, _("The meeting is cancelled. Everybody invited gets to know."))
    return redirect(meeting)


@_once_begun
def hold_meeting(request, follow_up, meeting_id):
    """Who came, and what was agreed."""
    meeting = _meeting_or_404(follow_up, meeting_id)
    invited = [(one, _name(one.membership, request.membership, follow_up)) for one in meeting.asked]
    form = HeldForm(request.POST or None, invited=invited, initial={"attended": [str(one.pk) for one, _n in invited]})
    if form.is_valid():
        try:
            with transaction.atomic():
                commands.hold_meeting(meeting=meeting, by=request.membership, **form.held())
        except NotNow as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Saved."))
            return redirect(meeting)
    context = {"form": form, "follow_up": follow_up, "meeting": meeting}
    return render(request, "coordination/follow_ups/meeting_held.html", context)


def _meeting_or_404(follow_up, meeting_id):
    found = next((one for one in of_source(follow_up.public_id) if one.public_id == meeting_id), None)
    if found is None:
        raise Http404
    return found


def _seen(meeting, form):
    """The change of the meeting that the sent form was made from: its token says so."""
    token = form.cleaned_data["token"]
    return next(
        (number for number in range(meeting.sequence + 1) if uuid.uuid5(meeting.public_id, str(number)) == token), -1
    )


def _adults(follow_up, viewer):
    """Those who can be invited: whoever takes part, and the follow-up's coordinator."""
    owner = [(follow_up.owner, None)] if follow_up.owner else []
    found = owner + [(one.membership, one.apart) for one in queries.taking_part(follow_up)]
    return [(membership, _name(membership, viewer, follow_up), apart) for membership, apart in found]


def _name(membership, viewer, follow_up):
    adult = shown_adult(membership, viewer, about=follow_up.young_person, coordinates=True)
    return f"{adult.name}, {adult.agency}" if adult.name else adult.agency
