"""Writing an evaluation summary, throwing the draft away, and finishing it; for whoever may change the pilot."""

from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from coordination.agencies.models import User
from coordination.agencies.saving import saved, sent
from coordination.interface.marked import NumberedForm
from pilots.registry.rules import check_there
from pilots.registry.views.doors import back_when_refused, own, page
from pilots.registry.views.editing import languages_of
from pilots.results import rules
from pilots.results.commands import evaluations as commands
from pilots.results.forms.evaluations import EvaluationForm
from pilots.results.models import Evaluation, EvaluationText
from pilots.results.queries.evaluations import FACTS, as_it_stands, draft_of, texts_of
from pilots.results.queries.following import results_of


@own
def write(request, pilot, language=""):
    """The draft in one language; without one on to that of the reader, so that the address says what is saved."""
    if not language:
        return redirect("results:write_in", pilot.public_id, request.LANGUAGE_CODE[:2])
    if language not in User.Language.values:
        raise Http404
    draft = draft_of(pilot)
    texts = texts_of(draft)
    text, by = texts.get(language), request.membership
    form = EvaluationForm(sent(request), draft=draft, text=text)

    def save():
        commands.save_draft(pilot=pilot, language=language, by=by, **form.typed())

    if saved(request, form, save, said=_("The draft is saved. Read it through before you finish it.")):
        return redirect("results:finish", pilot.public_id)
    context = {"form": form, "language": language, "languages": languages_of(texts, language), "draft": draft}
    context["now"] = as_it_stands(draft, []) if form.is_overtaken(draft.number) else None
    return page(request, "pilots/results/write.html", pilot, **context)


@own
@back_when_refused
def finish(request, pilot):
    """The draft as it would be finished, with what is missing; and finishing it."""
    draft = draft_of(pilot)
    form, by, done = NumberedForm(sent(request), stands=draft.number), request.membership, []

    def save():
        done.append(commands.finish(pilot=pilot, number=form.cleaned_data["number"], by=by))

    if saved(request, form, save, said=_("The evaluation is finished, and everybody can read it.")):
        return redirect("results:evaluation", pilot.public_id, done[0].public_id)
    check_there(draft.pk)
    form.is_overtaken(draft.number)
    missing = [_in_words(*one) for one in rules.missing(draft, texts_of(draft).values())]
    shown = as_it_stands(draft, results_of(pilot).rows)
    return page(request, "pilots/results/finish.html", pilot, form=form, shown=shown, missing=missing)


@own
@back_when_refused
def throw_away(request, pilot):
    """Ask once, and then erase the draft."""
    draft = draft_of(pilot)
    form, by = NumberedForm(sent(request), stands=draft.number), request.membership

    def save():
        commands.throw_away(pilot=pilot, number=form.cleaned_data["number"], by=by)

    if saved(request, form, save, said=_("The draft has been thrown away.")):
        return redirect("results:results", pilot.public_id)
    check_there(draft.pk)
    form.is_overtaken(draft.number)
    return page(request, "pilots/results/throw_away.html", pilot, form=form)


def _in_words(language, column):
    label = (Evaluation if column in FACTS else EvaluationText)._meta.get_field(column).verbose_name
    return f"{label} ({User.Language(language).label})" if language else label
