"""Handing a follow-up to another area, seen from both."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from coordination.agencies.rules import NotNow
from coordination.follow_ups import areas, commands, queries
from coordination.follow_ups.forms import AnswerForm, AskAreaForm
from coordination.follow_ups.states import TakeoverState
from coordination.follow_ups.views.pressed import done, pressed, typed_call
from coordination.follow_ups.views.sheet import coordinating, render_sheet


@pressed
def ask_area(request, follow_up):
    """Ask another area to take the follow-up over."""
    form = AskAreaForm(request.POST, area=follow_up.area)
    if not form.is_valid():
        return render_sheet(request, follow_up, form=typed_call(request, follow_up), ask_form=form)
    return done(
        request,
        follow_up,
        lambda: commands.ask_area(
            follow_up=follow_up,
            to_area=form.cleaned_data["to_area"],
            reason=form.cleaned_data["takeover_reason"],
            by=request.membership,
        ),
        _("The other area is asked. It learns who this is about when it has accepted."),
        ask_form=form,
    )


@pressed
def withdraw_asking(request, follow_up):
    """Keep the follow-up after all."""
    takeover = follow_up.takeovers.filter(state=TakeoverState.WAITING).first()
    if takeover is None:
        messages.warning(request, _("This has been answered already."))
        return redirect(follow_up)
    return done(
        request,
        follow_up,
        lambda: commands.withdraw_asking(takeover=takeover, by=request.membership),
        _("The other area is asked no more."),
    )


@coordinating
def asked_over(request, public_id):
    """What another area asks of one's own: of nobody by name, until it is accepted."""
    takeover = areas.takeover_or_404(request.membership, public_id)
    if takeover.state == TakeoverState.ACCEPTED:
        return redirect(takeover.follow_up)
    hidden = takeover.follow_up.young_person.non_disclosure
    context = {
        "takeover": takeover,
        "from_area": "" if hidden else takeover.from_area.name,
        "due_on": queries.due_on(takeover.follow_up),
        "waits": takeover.state == TakeoverState.WAITING,
    }
    return render(request, "coordination/follow_ups/asked_over.html", context)


@coordinating
@transaction.atomic
def answer(request, public_id):
    """Take the follow-up over, or decline; without a press the address leads to the question."""
    takeover = areas.takeover_or_404(request.membership, public_id)
    if request.method != "POST":
        return redirect(takeover)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        raise Http404
    accepts = form.cleaned_data["answer"] == "accept"
    command = commands.accept_takeover if accepts else commands.decline_takeover
    try:
        with transaction.atomic():
            command(takeover=takeover, by=request.membership)
    except NotNow as problem:
        messages.warning(request, problem.sentence)
        return redirect("follow_ups:list")
    if not accepts:
        messages.success(request, _("Declined. The other area is told."))
        return redirect("follow_ups:list")
    messages.success(request, _("The follow-up is yours now."))
    return redirect(takeover.follow_up)
