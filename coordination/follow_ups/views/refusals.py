"""What the young person forbids and allows again, and undoing a choice that was saved by mistake."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from coordination.follow_ups import commands
from coordination.follow_ups.views.pressed import done, pressed, typed_call
from coordination.follow_ups.views.sheet import refuse_form, render_sheet


@pressed
def refuse(request, follow_up):
    """The young person forbids an adult's flag."""
    form = refuse_form(request, follow_up, request.POST)
    if not form.is_valid():
        return render_sheet(request, follow_up, form=typed_call(request, follow_up), refuse_form=form)
    return done(
        request,
        follow_up,
        lambda: commands.refuse_adult(
            follow_up=follow_up, adult=form.adult, said_by=form.cleaned_data["refused_by"], by=request.membership
        ),
        _("Saved. What this adult asked for counts for nothing now."),
        refuse_form=form,
    )


@pressed
def lift_refusal(request, follow_up, refusal_id):
    """The young person allows an adult's flag again."""
    refusal = get_object_or_404(follow_up.young_person.refusals.filter(ended_at=None), public_id=refusal_id)
    return done(
        request,
        follow_up,
        lambda: commands.lift_refusal(follow_up=follow_up, refusal=refusal, by=request.membership),
        lambda adult: _("Saved. Ask the young person about this adult.") if adult else _("Saved."),
    )


@pressed
def undo_decision(request, follow_up, adult_id):
    """Take back what was saved of one adult by mistake."""
    adult = get_object_or_404(follow_up.asked.filter(left_at=None), public_id=adult_id)

    def undo():
        restored = commands.undo_decision(follow_up=follow_up, adult=adult, by=request.membership)
        # A call that is typed on the same page must not save the mistake again.
        typed, key = request.POST.copy(), adult.public_id.hex
        typed[f"takes_part_{key}"], typed[f"may_know_{key}"] = restored.takes_part, restored.may_know
        typed[f"apart_{key}"] = "on" if restored.apart else ""
        request.POST = typed

    return done(request, follow_up, undo, _("Undone. What was saved before holds again."))
