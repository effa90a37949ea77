"""Who receives a submitted form."""

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from coordination.agencies.saving import made, press, saved, sent
from pilots.questionnaires import rules
from pilots.questionnaires.commands import recipients as commands
from pilots.questionnaires.forms.people import GiveOutsideForm, LinkForm
from pilots.questionnaires.queries import sheets
from pilots.questionnaires.views.doors import as_owner
from pilots.questionnaires.views.parts import link_sent, searching


@as_owner
def give(request, opened):
    """Find a professional by name, and let them read the form."""
    form, searched, has_more = searching(request, opened)

    def save():
        commands.give_to(sheet=opened.sheet, by=request.membership, **form.asked())

    if not searched and saved(request, form, save, said=_("They can read it now, and are told so.")):
        return redirect(opened.sheet)
    context = {"opened": opened, "form": form, "searched": searched, "has_more": has_more}
    return render(request, "pilots/questionnaires/give.html", context)


@as_owner
def give_outside(request, opened):
    """Send the form to somebody without an account, and show the code this once."""
    form = GiveOutsideForm(sent(request), young_person=opened.young_person)
    context = {"opened": opened, "form": form, "no_link": rules.why_no_link("elsewhere", opened.young_person)}

    def give():
        return commands.give_outside(sheet=opened.sheet, by=request.membership, **form.cleaned_data)

    if done := made(form, give):
        given, code = done
        return link_sent(request, opened, given.name, code) if code else redirect(opened.sheet)
    return render(request, "pilots/questionnaires/give_outside.html", context)


@as_owner
def send_again(request, opened, recipient):
    """Send somebody a new link to a form that they have received, and show its code this once."""
    found = sheets.recipient_or_404(opened, recipient)
    form = LinkForm(sent(request))
    no_link = rules.why_no_link(found.kind, opened.young_person)
    context = {"opened": opened, "name": found.name, "form": form, "no_link": no_link}

    def send():
        return commands.send_again(recipient=found, by=request.membership, **form.cleaned_data)

    if code := made(form, send):
        return link_sent(request, opened, found.name, code)
    return render(request, "pilots/questionnaires/link.html", context)


@as_owner
def end_recipient(request, opened, recipient):
    """Somebody reads the form no more."""
    found = sheets.recipient_or_404(opened, recipient)
    said = _("They can't open it here any more.")
    press(request, lambda: commands.end_recipient(recipient=found, by=request.membership), said=said)
    return redirect(opened.sheet)
