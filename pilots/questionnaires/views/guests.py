"""The pages of whoever has no account, behind their link and code."""

from django.shortcuts import redirect, render

from coordination.agencies.rules import NotNow, shown_adult
from coordination.agencies.saving import sent
from coordination.links.views import behind_a_code
from pilots.questionnaires.commands import answers as commands
from pilots.questionnaires.forms.answers import AnswersForm
from pilots.questionnaires.queries import guests as queries
from pilots.questionnaires.queries import reading
from pilots.questionnaires.queries.sheets import has_owner
from pilots.questionnaires.states import PartState
from pilots.questionnaires.views.parts import overtaken


@behind_a_code(queries.part_of)
def guest(request, link, part, *, secret, device):
    """One's own part of the form: a draft, or ready."""
    questions = reading.asked_of(part, reading.questions_of(part.sheet.version))
    form = AnswersForm(sent(request), part=part, questions=questions, ready=request.POST.get("ready") == "1")
    if form.is_valid():
        try:
            commands.save_as_guest(secret=secret, device=device, **form.typed())
        except NotNow as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return redirect("questionnaires:guest", secret)
    context = {"link": link, "part": part, "form": form, "now": overtaken(form, part, questions)}
    context |= _about(part.sheet) | {"is_ready": part.state == PartState.READY}
    return render(request, "pilots/questionnaires/guest.html", context)


@behind_a_code(queries.recipient_of)
def received(request, link, recipient, *, secret, device):
    """The form that was sent to them, as far as it is for them."""
    context = {"link": link, "chapters": reading.for_recipient(recipient)} | _about(recipient.sheet)
    return render(request, "pilots/questionnaires/received.html", context)


def _about(sheet):
    """Of whom the form is, and who asks."""
    person = sheet.young_person
    adult = shown_adult(sheet.owner, None, about=person) if has_owner(sheet) else None
    return {"sheet": sheet, "first_name": person.first_name, "adult": adult}
