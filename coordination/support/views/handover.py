"""Handing a young person over from one adult to the next, step by step."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from coordination.agencies.rules import NotNow, shown_adult
from coordination.agencies.saving import saved, sent
from coordination.meetings.forms import MeetingForm
from coordination.support import rules
from coordination.support.commands import handover as commands
from coordination.support.commands import meetings
from coordination.support.forms.ending import HandOverForm
from coordination.support.queries.doors import support_or_404
from coordination.support.queries.handover import warm_meeting
from coordination.support.queries.naming import standing
from coordination.support.states import SupportState
from coordination.support.views.ending import days_seen_on
from coordination.support.views.naming import asking
from coordination.support.views.overview import coordinating


@coordinating
@transaction.atomic
def hand_over(request, public_id):
    """Where the handover stands, and its last step: the former adult ends and the next begins."""
    support = support_or_404(request, public_id, to="coordinate")
    if support.state != SupportState.ACTIVE:
        return redirect("support:overview", public_id)
    _active, successor = standing(support.young_person)
    meeting = warm_meeting(successor) if successor else None
    form = HandOverForm(sent(request), days=days_seen_on(support), is_planned=meeting is not None)

    def save():
        met_on, sees_on = form.cleaned_data["met_on"], form.is_seen_on()
        commands.complete_handover(support=support, by=request.membership, met_on=met_on, sees_on=sees_on)

    if saved(request, form, save, said=_("Handed over. Both adults are told.")):
        return redirect("support:overview", successor.public_id)
    context = {
        "support": support,
        "young_person": support.young_person,
        "adult": _name(support.adult, request.membership, support),
        "successor": successor,
        "successor_name": successor and _name(successor.adult, request.membership, support),
        "is_ready": successor is not None and successor.state == SupportState.READY,
        "meeting": meeting,
        "form": form,
    }
    return render(request, "coordination/support/hand_over.html", context)


@coordinating
@transaction.atomic
def name_successor(request, public_id):
    """Choose whom to ask to go on, side by side, and write down how the young person agreed."""
    support = support_or_404(request, public_id, to="coordinate")
    person = support.young_person
    _active, successor = standing(person)
    if support.state != SupportState.ACTIVE or successor:
        return redirect("support:hand_over", public_id)
    context, asked = asking(request, person, predecessor=support)
    if asked:
        return redirect("support:hand_over", public_id)
    context |= {"support": support}
    return render(request, "coordination/support/name_successor.html", context)


@coordinating
@transaction.atomic
def plan_meeting(request, public_id):
    """Invite both adults, and oneself, to the meeting of the handover."""
    support = support_or_404(request, public_id, to="coordinate")
    _active, successor = standing(support.young_person)
    try:
        rules.check_goes_on(support)
        rules.check_ready(successor)
    except NotNow as refusal:
        messages.warning(request, refusal.sentence)
        return redirect("support:overview", public_id)
    viewer = request.membership
    people = dict.fromkeys([support.adult, successor.adult, viewer])
    adults = [(one, _name(one, viewer, support), None) for one in people]
    both = [str(one.public_id) for one in (support.adult, successor.adult)]
    form = MeetingForm(sent(request), adults=adults, initial={"adults": both})

    def save():
        commands.plan_warm_meeting(support=support, token=form.cleaned_data["token"], by=viewer, **form.planned())

    if saved(request, form, save, said=_("The invitations are on their way.")):
        return redirect("support:hand_over", public_id)
    context = {"support": support, "young_person": support.young_person, "form": form}
    return render(request, "coordination/support/plan_meeting.html", context)


@coordinating
@transaction.atomic
def cancel_meeting(request, public_id):
    """Cancel the meeting of the handover; without a press the address leads to the handover."""
    support = support_or_404(request, public_id, to="coordinate")
    _active, successor = standing(support.young_person)
    if request.method == "POST" and successor:
        meetings.drop_meetings(successor, by=request.membership)
        messages.success(request, _("The meeting is cancelled. Everybody invited gets to know."))
    return redirect("support:hand_over", public_id)


def _name(membership, viewer, support):
    adult = shown_adult(membership, viewer, about=support.young_person, coordinates=True)
    return f"{adult.name}, {adult.agency}" if adult.name else adult.agency
