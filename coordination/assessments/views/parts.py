"""One's own part: writing it, taking it back; and reading the parts that one may read."""

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from coordination.agencies.saving import press, saved, sent
from coordination.assessments.commands import parts as commands
from coordination.assessments.forms.parts import PartForm
from coordination.assessments.queries import parts as queries
from coordination.assessments.rules import number_of
from coordination.assessments.views.doors import as_participant, in_room, part_while_open
from coordination.cards.models import Phase
from coordination.cards.queries import own_card


@part_while_open
def part(request, room):
    """Write one's own part, with what is there now below it where another tab saved meanwhile."""
    form = PartForm(sent(request), room=room, latest=queries.latest_version(room.participant))
    by = request.membership

    def save():
        commands.write_part(assessment=room.assessment, by=by, **form.typed())

    if saved(request, form, save):
        return redirect(room.assessment)
    latest = queries.latest_version(room.participant)
    context = {"room": room, "form": form, "card": own_card(by, Phase.CONTRIBUTE)}
    if form.is_overtaken(number_of(latest)) and latest:
        context["now"] = queries.shown_version(latest, room)
    return render(request, "coordination/assessments/part.html", context)


@as_participant
def withdraw(request, room):
    """Take back one's own part."""
    said = _("You have taken back your part. Nobody but you reads it.")
    press(request, lambda: commands.withdraw_part(assessment=room.assessment, by=request.membership), said=said)
    return redirect(room.assessment)


@in_room
def read_part(request, room, participant):
    """A part as far as the reader may read it."""
    found = queries.read_or_404(room, participant)
    return render(request, "coordination/assessments/read_part.html", {"room": room, "part": found})
