"""The summary: written, signed, and opened again."""

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from coordination.agencies.saving import saved, sent
from coordination.assessments.commands import summaries as commands
from coordination.assessments.forms.summaries import ReopenForm, SignForm, SummaryForm
from coordination.assessments.queries import plans
from coordination.assessments.queries import summaries as queries
from coordination.assessments.queries.participants import professionals
from coordination.assessments.rules import number_of
from coordination.assessments.views.doors import while_open, while_signed
from coordination.cards.models import Phase
from coordination.cards.queries import own_card


@while_open
def summary(request, room):
    """Write a new version of the summary."""
    last, by = queries.latest(room.assessment), request.membership
    readers = [(one, room.named(one.membership)) for one in professionals(room.assessment)]
    form = SummaryForm(sent(request), readers=readers, last=last)
    if saved(request, form, lambda: commands.write_summary(assessment=room.assessment, by=by, **form.summary())):
        return redirect(room.assessment)
    context = {
        "room": room,
        "form": form,
        "now": last if form.is_overtaken(number_of(last)) else None,
        "summary_readers": queries.readers_of(last, room) if last else [],
        "card": own_card(by, Phase.SUMMARISE),
    }
    return render(request, "coordination/assessments/summary.html", context)


@while_open
def sign(request, room):
    """All once more, whose part is missing, and then the signature."""
    missing, by = queries.missing_parts(room), request.membership
    mark = plans.mark(room.assessment)
    form = SignForm(sent(request), stands=mark, missing=missing)

    def save():
        commands.sign(assessment=room.assessment, by=by, mark=form.cleaned_data["number"])

    if saved(request, form, save, said=_("Signed. Nothing is changed from now on.")):
        return redirect(room.assessment)
    form.is_overtaken(mark)
    context = {"form": form, "missing": missing, "why_not": queries.why_not_signed(room.assessment)}
    context |= {"room": room, "is_being_signed": True} | plans.shown_in(room)
    return render(request, "coordination/assessments/sign.html", context)


@while_signed
def reopen(request, room):
    """Open it again, with a reason."""
    form, by = ReopenForm(sent(request)), request.membership

    def save():
        commands.reopen(assessment=room.assessment, by=by, **form.cleaned_data)

    if saved(request, form, save, said=_("It is open again. Those concerned are told.")):
        return redirect(room.assessment)
    return render(request, "coordination/assessments/reopen.html", {"room": room, "form": form})
