"""Who fills in a form: asking them, the link of whoever has no account, and filling in."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from coordination.agencies.saving import made, press, saved, sent
from coordination.support.forms.finding import searched_for
from pilots.questionnaires import rules
from pilots.questionnaires.commands import answers as answering
from pilots.questionnaires.commands import sheets as commands
from pilots.questionnaires.forms.answers import AnswersForm
from pilots.questionnaires.forms.people import AskForm, AskOutsideForm, LinkForm
from pilots.questionnaires.models import QuestionnaireParty
from pilots.questionnaires.queries import overview, prefill, reading, sheets
from pilots.questionnaires.views.doors import as_owner, inside

Kind = QuestionnaireParty.Kind


def searching(request, opened):
    """(the form to choose a professional, whether the name was searched for, whether there are more)."""
    posted = sent(request)
    wanted, searched = searched_for(posted)
    found, has_more = overview.found_by_name(opened, **wanted)
    form = AskForm(posted, found=found)
    if searched:
        form.keep_typed()
    return form, searched, has_more


@as_owner
def ask(request, opened, party):
    """Ask somebody to fill in the part of a party."""
    found = get_object_or_404(opened.sheet.version.parties, pk=party)
    if found.kind != Kind.PROFESSIONAL:
        return _ask_outside(request, opened, found)
    form, searched, has_more = searching(request, opened)

    def save():
        commands.ask(sheet=opened.sheet, party=found, by=request.membership, **form.asked())

    if not searched and saved(request, form, save, said=_("Asked. They are told that something waits for them.")):
        return redirect(opened.sheet)
    context = {"opened": opened, "party": found, "form": form, "searched": searched, "has_more": has_more}
    return render(request, "pilots/questionnaires/ask.html", context)


def _ask_outside(request, opened, party):
    form = AskOutsideForm(sent(request), party=party, young_person=opened.young_person)

    def save():
        commands.ask_outside(sheet=opened.sheet, party=party, by=request.membership, **form.cleaned_data)

    if saved(request, form, save, said=_("Saved. Nothing has been sent yet.")):
        return redirect(opened.sheet)
    no_say = rules.why_no_say(party.kind, opened.young_person)
    context = {"opened": opened, "party": party, "form": form, "no_say": no_say}
    return render(request, "pilots/questionnaires/ask_outside.html", context)


@as_owner
def part_link(request, opened, part):
    """Send a link to somebody without an account, and show the code this once to whoever will say it."""
    found = sheets.guest_part_or_404(opened, part)
    form = LinkForm(sent(request))
    context = {"opened": opened, "name": found.name, "form": form}
    context["no_link"] = rules.why_no_link(found.party.kind, opened.young_person)

    def send():
        return commands.send_part_link(part=found, by=request.membership, **form.cleaned_data)

    if done := made(form, send):
        return link_sent(request, opened, found.name, done[1])
    return render(request, "pilots/questionnaires/link.html", context)


def link_sent(request, opened, name, code):
    """The code, this once."""
    context = {"opened": opened, "name": name, "code": f"{code[:3]} {code[3:]}"}
    return render(request, "pilots/questionnaires/link_sent.html", context)


@as_owner
def leave_out(request, opened, part):
    """Ask once, and then leave somebody's part out."""
    found = sheets.any_part_or_404(opened, part)
    if request.method == "POST" or found.ended_at or opened.sheet.submitted_at:
        press(request, lambda: commands.leave_out(part=found, by=request.membership), said=_("Left out."))
        return redirect(opened.sheet)
    who = reading.who_fills(found, opened, knows_names=True)
    context = {"opened": opened, "part": found, "who": who}
    return render(request, "pilots/questionnaires/leave_out.html", context)


@inside
def fill(request, opened, part):
    """Fill in one's own part, or as the owner that of somebody without an account who tells it."""
    found = sheets.part_or_404(opened, part)
    if opened.sheet.submitted_at and request.method != "POST":
        return redirect(opened.sheet)
    form, questions = _answers_form(request, found, by=request.membership)

    def save():
        answering.save_answers(part=found, by=request.membership, **form.typed())

    said = _("Ready.") if form.ready else _("Saved as a draft.")
    if saved(request, form, save, said=said):
        return redirect(opened.sheet)
    context = {"opened": opened, "part": found, "form": form, "now": overtaken(form, found, questions)}
    context["is_told"] = found.membership_id is None
    return render(request, "pilots/questionnaires/fill.html", context)


def _answers_form(request, part, *, by):
    questions = reading.asked_of(part, reading.questions_of(part.sheet.version))
    if not questions:
        raise Http404
    known = prefill.known(questions, part.sheet.young_person, by) if part.membership_id else None
    ready = request.POST.get("ready") == "1"
    return AnswersForm(sent(request), part=part, questions=questions, known=known, ready=ready), questions


def overtaken(form, part, questions):
    """What stands in the part now, where it was saved while this form was being filled in; else nothing."""
    if not form.is_bound:
        return []
    sheet = part.sheet
    part.refresh_from_db(fields=["number", "answers"])
    part.sheet = sheet
    return reading.sections_of(part, questions) if form.is_overtaken(part.number) and part.answers else []
