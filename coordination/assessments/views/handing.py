"""Out of the portal: the record for the controller's own system, the family's copies, and who has looked."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from coordination.agencies.rules import NotNow
from coordination.agencies.saving import press, saved, sent
from coordination.assessments.commands import handing as commands
from coordination.assessments.forms.handing import HandOverForm
from coordination.assessments.queries import record
from coordination.assessments.views.doors import as_worker, back_when_refused, while_signed
from coordination.interface import pdf, spreadsheets


@as_worker
@back_when_refused
def room_paper(request, room):
    """The whole record as a PDF, in the language asked for. That it was made is in the disclosure log."""
    language = request.GET.get("language")
    return _paper(
        language=language if language in dict(settings.LANGUAGES) else translation.get_language(),
        made=lambda: record.of(room),
        passed_on=lambda: commands.pass_on_record(assessment=room.assessment, by=room.membership),
    )


@as_worker
@back_when_refused
def family_copy(request, room, participant):
    """A copy of summary and plan for the child or a guardian, in the language noted for them."""
    found = get_object_or_404(room.assessment.participants, public_id=participant)
    if not record.may_have_copy(room.assessment, found):
        raise Http404
    found.assessment = room.assessment
    return _paper(
        language=found.language or translation.get_language(),
        made=lambda: record.copy_for(room, found),
        passed_on=lambda: commands.pass_on_copy(participant=found, by=room.membership),
    )


def _paper(*, language, made, passed_on):
    """The PDF of what is `made`. Raises NotNow where none can be made (now)."""
    if sentence := pdf.unavailable():
        raise NotNow(sentence)
    passed_on()
    with translation.override(language):
        made = pdf.make("coordination/assessments/record_paper.html", {"paper": made()})
        name = _("record")  # A file's name tells of nobody.
    return spreadsheets.download(made, name=f"{name}.pdf", content_type=pdf.CONTENT_TYPE)


@as_worker
@back_when_refused
def room_text(request, room):
    """The same as plain text, to be copied into the controller's system. Opening it is what is disclosed."""
    commands.pass_on_record(assessment=room.assessment, by=room.membership)
    text = record.as_text(record.of(room))
    return render(request, "coordination/assessments/text.html", {"room": room, "text": text})


@while_signed
def hand_over(request, room):
    """Write down where the record was received; from then on our working copy has its days."""
    form = HandOverForm(sent(request), assessment=room.assessment)
    by = room.membership
    if saved(request, form, lambda: commands.hand_over(assessment=room.assessment, by=by, **form.cleaned_data)):
        return redirect(room.assessment)
    return render(request, "coordination/assessments/hand_over.html", {"room": room, "form": form})


@as_worker
def looks(request, room):
    """Let the young person read who has looked."""
    said = _("Released. It stands among who has looked at the young person.")
    press(request, lambda: commands.release_looks(assessment=room.assessment, by=room.membership), said=said)
    return redirect(room.assessment)
