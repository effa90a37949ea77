"""A form of one young person: beginning it, its page, submitting it, the paper."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from coordination.agencies.door import acting
from coordination.agencies.rules import NotNow
from coordination.agencies.saving import press, saved, sent
from coordination.interface import pdf, spreadsheets
from coordination.people import access
from pilots.questionnaires import rules
from pilots.questionnaires.commands import recipients
from pilots.questionnaires.commands import sheets as commands
from pilots.questionnaires.forms.answers import previews
from pilots.questionnaires.forms.people import BeginForm
from pilots.questionnaires.queries import library, overview, reading, sheets
from pilots.questionnaires.views.doors import as_owner, inside


@acting()
@transaction.atomic
def mine(request):
    """The forms that the reader fills in, answers for, or has received."""
    under_way, submitted = sheets.mine(request.membership)
    people = {sheet.young_person_id: sheet.young_person for sheet in under_way + submitted}
    access.look(request, people=list(people.values()), purpose=sheets.FORM)
    context = {"under_way": under_way, "submitted": submitted}
    return render(request, "pilots/questionnaires/mine.html", context)


@acting()
@transaction.atomic
def begin(request, public_id):
    """Begin a form of a young person, with one's own part."""
    person = access.person_or_404(request, public_id, to="view_network")
    if not access.works_with(request.membership, person):
        raise Http404
    versions = library.in_use(request.membership.area)
    form = BeginForm(sent(request), versions=versions)
    made = []

    def save():
        made.append(commands.begin(young_person=person, by=request.membership, **form.begun()))

    if saved(request, form, save, said=_("Begun. Fill in your own part, and ask the others for theirs.")):
        return redirect(made[0])
    context = {"young_person": person, "form": form, "versions": versions}
    return render(request, "pilots/questionnaires/begin.html", context)


@inside
def sheet(request, opened):
    """The form: who fills in what, what stands in it, who received it."""
    return render(request, "pilots/questionnaires/sheet.html", overview.of(opened))


@as_owner
def submit(request, opened):
    """Lock the form with its version."""
    said = _("Submitted. Nothing in it changes any more. Say now who receives it: it hasn't been sent to anybody yet.")
    press(request, lambda: commands.submit(sheet=opened.sheet, by=request.membership), said=said)
    return redirect(opened.sheet)


@inside
def take_over(request, opened):
    """Answer for a form that nobody answers for any more."""
    press(request, lambda: commands.take_over(sheet=opened.sheet, by=request.membership), said=_("You answer for it."))
    return redirect(opened.sheet)


@as_owner
def throw_away(request, opened):
    """Ask once, and then erase a form that is still being filled in."""
    person = opened.young_person
    try:
        rules.check_under_way(opened.sheet)
        if request.method == "POST":
            commands.throw_away(sheet=opened.sheet, by=request.membership)
    except NotNow as refusal:
        messages.warning(request, refusal.sentence)
        return redirect(opened.sheet)
    if request.method == "POST":
        messages.success(request, _("The form has been erased."))
        return redirect("pages:person", person.public_id)
    return render(request, "pilots/questionnaires/throw_away.html", {"opened": opened})


@inside
def paper(request, opened):
    """The submitted form as a PDF. That it was made is in the disclosure log."""
    try:
        if sentence := pdf.unavailable():
            raise NotNow(sentence)
        recipients.pass_on_paper(sheet=opened.sheet, by=request.membership)
    except NotNow as refusal:
        messages.warning(request, refusal.sentence)
        return redirect(opened.sheet)
    context = {"opened": opened, "sheet": opened.sheet, "chapters": reading.for_opened(opened)}
    made = pdf.make("pilots/questionnaires/paper.html", context)
    name = _("form")  # A file's name tells of nobody.
    return spreadsheets.download(made, name=f"{name}.pdf", content_type=pdf.CONTENT_TYPE)


@acting()
def preview(request, public_id):
    """A version as those who fill it in would see it, one part after the other; nothing is saved."""
    found = library.readable_in(request.membership.area)
    version = get_object_or_404(found.select_related("questionnaire__controller"), public_id=public_id)
    context = {"version": version, "parts": previews(version, reading.questions_of(version))}
    return render(request, "pilots/questionnaires/preview.html", context)
