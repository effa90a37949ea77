"""A pilot's facts, texts and checklist, and what is decided of it."""

from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from coordination.agencies.models import User
from coordination.agencies.rules import NotNow
from coordination.agencies.saving import saved, sent
from pilots.registry import rules
from pilots.registry.commands import pilots as commands
from pilots.registry.commands.decisions import decide as decide_pilot
from pilots.registry.forms.decisions import ChecklistForm, DecideForm
from pilots.registry.forms.facts import ChangeFactsForm
from pilots.registry.forms.texts import PointsForm, TextForm
from pilots.registry.queries.pilots import checklist_of, moves_of
from pilots.registry.queries.texts import text_of
from pilots.registry.views.doors import back_when_refused, own, page


@own
def change(request, pilot):
    """The facts beside the texts."""
    form, by = ChangeFactsForm(sent(request), pilot=pilot), request.membership

    def save():
        commands.change_facts(pilot=pilot, number=form.cleaned_data["number"], by=by, **form.facts())

    if saved(request, form, save):
        return redirect(pilot)
    return page(request, "pilots/registry/change.html", pilot, form=form, is_overtaken=form.is_overtaken(pilot.number))


@own
def text(request, pilot, language=""):
    """The text in one language, with the others beside it to translate from; without one on to that of the reader, so
    that the address says what is saved."""
    if not language:
        return redirect("registry:text_in", pilot.public_id, text_of(pilot).language)
    if language not in User.Language.values:
        raise Http404
    texts = {one.language: one for one in pilot.texts.all()}
    written = texts.get(language)
    form, by = TextForm(sent(request), pilot=pilot, text=written), request.membership

    def save():
        number = form.cleaned_data["number"]
        commands.save_texts(pilot=pilot, texts={language: form.columns()}, number=number, by=by)

    if saved(request, form, save):
        return redirect(pilot)
    now = written if form.is_overtaken(pilot.number) else None
    others = [one for one in texts.values() if one != written]
    context = {"written": written, "others": others, "now": now, "language": language}
    return page(
        request, "pilots/registry/text.html", pilot, form=form, languages=languages_of(texts, language), **context
    )


def languages_of(texts, chosen):
    """Each language, as the links on the page of one text say it."""
    return [
        {
            "code": code,
            "name": name,
            "is_written": code in texts,
            "is_chosen": code == chosen,
        }
        for code, name in User.Language.choices
    ]


@own
@back_when_refused
def points(request, pilot):
    """The points of the checklist in all of the pilot's languages, while it is planned."""
    if request.method != "POST":
        rules.check_planned(pilot)
    texts = list(pilot.texts.all())
    form, by = PointsForm(sent(request), pilot=pilot, texts=texts), request.membership

    def save():
        commands.save_texts(pilot=pilot, texts=form.texts(), number=form.cleaned_data["number"], by=by)

    if saved(request, form, save):
        return redirect("registry:checklist", pilot.public_id)
    now = texts if form.is_overtaken(pilot.number) else []
    return page(request, "pilots/registry/points.html", pilot, form=form, now=now)


@own
def checklist(request, pilot):
    """Which points are in place."""
    shown, by = checklist_of(pilot, text_of(pilot)), request.membership
    form = ChecklistForm(sent(request), pilot=pilot, points=shown)

    def save():
        typed = form.cleaned_data
        commands.tick(pilot=pilot, in_place=typed["in_place"], number=typed["number"], by=by)

    if saved(request, form, save):
        return redirect(pilot)
    now = shown if form.is_overtaken(pilot.number) else []
    return page(request, "pilots/registry/checklist.html", pilot, form=form, points=shown, now=now)


@own
@back_when_refused
def decide(request, pilot):
    """The next move, with its reason, `?state=` chosen; back where there is none."""
    moves = moves_of(pilot)
    if request.method != "POST" and not moves:
        raise NotNow(_("This pilot has been stopped. Nothing more is decided of it."))
    initial = {"state": request.GET.get("state", "")}
    form, by = DecideForm(sent(request), pilot=pilot, moves=moves, initial=initial), request.membership
    said = _("The decision stands in the registry now. If there are minutes or a report, attach them to it.")
    if saved(request, form, lambda: decide_pilot(pilot=pilot, by=by, **form.cleaned_data), said=said):
        return redirect(pilot)
    is_overtaken = form.is_overtaken(pilot.number)
    return page(request, "pilots/registry/decide.html", pilot, form=form, is_overtaken=is_overtaken, moves=moves)
