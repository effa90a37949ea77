"""The list of agencies around the young person, and the question to a professional whether theirs can close."""

from functools import partial

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from coordination.agencies.door import acting
from coordination.agencies.rules import shown_adult, shown_name
from coordination.agencies.saving import press, saved, sent
from coordination.support.commands import overlaps as commands
from coordination.support.forms.overlaps import AnswerForm, ListForm, ProposeForm
from coordination.support.queries import overlaps as queries
from coordination.support.states import OVERLAP_OPEN, OverlapState
from coordination.support.views.work import working


@working
def overlaps(request, support):
    """One list with ticks of the agencies and what each does; what two of them do, and what has been asked."""
    viewer = request.membership
    around = queries.around(support, viewer)
    choosable = queries.choosable(support, viewer)
    near = queries.near(support, viewer)
    blocks = {one.agency_id: one.agency for one in around.open}
    blocks |= {agency.pk: agency for agency, _name in choosable if agency.pk in near}
    form = ListForm(
        sent(request),
        rows=around.open,
        names=queries.named_apart([*blocks.values()], viewer, support),
        choosable=choosable,
        began=queries.recorded(support),
    )
    if saved(request, form, lambda: commands.keep_list(support=support, by=viewer, **form.kept())):
        return redirect("support:overlaps", support.public_id)
    context = {"support": support, "young_person": support.young_person, "form": form, "around": around}
    return render(request, "coordination/support/overlaps.html", context)


@working
def propose_closing(request, support, relationship_id):
    """Ask a professional of this agency to close what another agency does, too."""
    viewer = request.membership
    closing = queries.relationship_or_404(support, relationship_id, viewer)
    others = queries.doubles_of(closing, viewer) if closing.ended_at is None else []
    if not others:
        messages.warning(request, _("The list has changed meanwhile: these two no longer do the same."))
        return redirect("support:overlaps", support.public_id)
    form = ProposeForm(
        sent(request),
        others=others,
        members=queries.could_be_asked(closing, viewer),
    )

    def save():
        commands.propose_closing(closing=closing, by=viewer, **form.proposed())

    if saved(request, form, save, said=_("Asked. You are told of the answer.")):
        return redirect("support:overlaps", support.public_id)
    context = {"support": support, "young_person": support.young_person, "form": form, "closing": closing}
    return render(request, "coordination/support/propose_closing.html", context)


@acting()
@transaction.atomic
def overlap(request, public_id):
    """The professional who is asked reads what it is about, and answers: their own row and nothing else."""
    proposal = queries.asked_or_404(request, public_id)
    waits = proposal.state == OverlapState.PROPOSED
    form = AnswerForm(sent(request))
    if form.is_valid():
        answer = partial(commands.answer, proposal=proposal, by=request.membership, **form.answered())
        press(request, answer, said=_("Your answer was saved. The young person's one adult is told."))
        return redirect("support:overlap", public_id)
    return render(request, "coordination/support/overlap.html", _question(proposal, form, request.membership, waits))


def _question(proposal, form, viewer, waits):
    """What somebody who is asked reads: the first name, what both do, which other agency goes on, and who asks, as long
    as there is something to talk about: what is settled names nobody."""
    person, adult = proposal.support.young_person, proposal.support.adult
    asker = shown_adult(adult, viewer, about=person) if proposal.state in OVERLAP_OPEN else None
    return {
        "proposal": proposal,
        "first_name": person.first_name,
        "does": capfirst(proposal.closing.get_task_display()),
        "other": shown_name(proposal.stays.agency, viewer, about=person),
        "asker": asker and (asker.name or asker.agency),
        "asker_phone": asker and asker.phone,
        "form": form,
        "waits": waits,
    }


@acting()
@transaction.atomic
def close_overlap(request, public_id):
    """It has been closed, as was agreed; the adult says so, or whoever agreed. Without a press the address leads to
    where it stands."""
    proposal, works = queries.proposal_or_404(request, public_id)
    close = partial(commands.close_overlap, proposal=proposal, by=request.membership)
    press(request, close, said=_("Closed. The hours are freed."))
    return redirect("support:overlaps", proposal.support.public_id) if works else redirect("support:overlap", public_id)


@acting()
@transaction.atomic
def withdraw_proposal(request, public_id):
    """Ask no more; without a press the address leads to the list."""
    proposal = queries.proposal_of_adult_or_404(request, public_id)
    withdraw = partial(commands.withdraw, proposal=proposal, by=request.membership)
    press(request, withdraw, said=_("Taken back. Both go on."))
    return redirect("support:overlaps", proposal.support.public_id)
