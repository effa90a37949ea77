"""One round of the survey: read by its group, once approved by everybody; answered, closed, summarised, approved."""

from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from coordination.agencies.door import acting
from coordination.agencies.saving import press, saved, sent
from coordination.interface import pdf
from coordination.interface.marked import NumberedForm
from pilots.service_map import rules
from pilots.service_map.commands import rounds as commands
from pilots.service_map.forms.survey import (
    AnswerForm,
    ApproveForm,
    AskForm,
    ChooseForm,
    ReopenForm,
    RoundFactsForm,
    RoundForm,
    SummaryForm,
)
from pilots.service_map.models import SurveyGoal
from pilots.service_map.queries import group as doors
from pilots.service_map.queries import rounds as queries
from pilots.service_map.states import RoundState
from pilots.service_map.views.doors import leading, own_round


@acting()
def survey_round(request, public_id):
    """The round goal by goal, beside what was approved before."""
    by = request.membership
    found = doors.round_or_404(by, public_id)
    own = found.area_id == by.agency.area_id
    context = queries.as_shown(found, by) | {
        "leads": own and doors.leads(by),
        "reads": own and doors.reads(by),
        "may_answer": found.state == RoundState.OPEN and doors.may_answer_all(by, found),
        "not_summarised": rules.not_summarised(queries.is_summarised(found)),
        "no_pdf": pdf.unavailable(),
    }
    return render(request, "pilots/service_map/round.html", context)


@leading
def new(request):
    """A new round."""
    form, by, made = RoundForm(sent(request)), request.membership, []
    if saved(request, form, lambda: made.append(commands.begin_round(by=by, **form.cleaned_data))):
        return redirect("service_map:ask", made[0].public_id)
    return render(request, "pilots/service_map/new_round.html", {"form": form})


@own_round
def change(request, survey_round):
    """Its name, and until when answers come."""
    form, by = RoundFactsForm(sent(request), survey_round=survey_round), request.membership
    if saved(request, form, lambda: commands.change_round(survey_round=survey_round, by=by, **form.cleaned_data)):
        return redirect(survey_round)
    is_overtaken = form.is_overtaken(survey_round.number)
    context = {"form": form, "round": survey_round, "is_overtaken": is_overtaken}
    return render(request, "pilots/service_map/change_round.html", context)


@own_round
def choose(request, survey_round):
    """Which indicators it asks."""
    indicators = queries.indicators_of(survey_round.area_id)
    there = set(survey_round.answers.values_list("indicator", flat=True))
    chosen = [str(one.public_id) for one in indicators if one.pk in there]
    form = ChooseForm(sent(request), survey_round=survey_round, indicators=indicators, chosen=chosen)

    def save():
        number = form.cleaned_data["number"]
        commands.choose(survey_round=survey_round, indicators=form.chosen(), number=number, by=request.membership)

    if saved(request, form, save):
        return redirect("service_map:ask", survey_round.public_id)
    form.is_overtaken(survey_round.number)
    return render(request, "pilots/service_map/choose.html", {"form": form, "round": survey_round})


@own_round
def ask(request, survey_round):
    """Who is to answer what, one after another."""
    by, able = request.membership, list(doors.able_members(survey_round.area_id))
    rows = [row for goal in queries.goals_of(survey_round, by) for row in goal.rows]
    form = AskForm(sent(request), survey_round=survey_round, rows=rows, able=able, viewer=by)

    def save():
        commands.ask(survey_round=survey_round, asked=form.asked(), number=form.cleaned_data["number"], by=by)

    if saved(request, form, save):
        return redirect("service_map:ask", survey_round.public_id)
    form.is_overtaken(survey_round.number)
    return render(request, "pilots/service_map/ask.html", {"form": form, "round": survey_round})


@own_round
def throw_away(request, survey_round):
    """Ask once, and then throw away a round that was never opened."""
    form, by = NumberedForm(sent(request), stands=survey_round.number), request.membership

    def save():
        commands.throw_away(survey_round=survey_round, number=form.cleaned_data["number"], by=by)

    if saved(request, form, save, said=_("The round has been thrown away.")):
        return redirect("service_map:home")
    form.is_overtaken(survey_round.number)
    return render(request, "pilots/service_map/throw_away.html", {"form": form, "round": survey_round})


@own_round
def open_round(request, survey_round):
    """Answers come from now on."""
    press(request, lambda: commands.open_round(survey_round=survey_round, by=request.membership))
    return redirect(survey_round)


@own_round
def summary(request, survey_round, goal):
    """What the group says of one goal."""
    goal, by = get_object_or_404(SurveyGoal, code=goal), request.membership
    there = survey_round.summaries.filter(goal=goal).first()
    words = there.words if there else ""
    form = SummaryForm(sent(request), stands=survey_round.number, words=words)

    def save():
        commands.write_summary(survey_round=survey_round, goal=goal, by=by, **form.cleaned_data)

    if saved(request, form, save):
        return redirect(survey_round)
    now = words if form.is_overtaken(survey_round.number) else ""
    context = {"form": form, "round": survey_round, "goal": goal, "now": now}
    return render(request, "pilots/service_map/summary.html", context)


@own_round
def close(request, survey_round):
    """Nobody answers any more."""
    press(request, lambda: commands.close_answers(survey_round=survey_round, by=request.membership))
    return redirect(survey_round)


@own_round
def reopen(request, survey_round):
    """Answers come once more."""
    form, by = ReopenForm(sent(request)), request.membership
    if saved(request, form, lambda: commands.reopen(survey_round=survey_round, by=by, **form.cleaned_data)):
        return redirect(survey_round)
    return render(request, "pilots/service_map/reopen.html", {"form": form, "round": survey_round})


@own_round
def approve(request, survey_round):
    """The group approved it."""
    form, by = ApproveForm(sent(request)), request.membership
    if saved(request, form, lambda: commands.approve(survey_round=survey_round, by=by, **form.cleaned_data)):
        return redirect(survey_round)
    return render(request, "pilots/service_map/approve.html", {"form": form, "round": survey_round})


@acting()
def answer(request, public_id):
    """One answer, for whoever is asked and for the group."""
    by = request.membership
    found = doors.answer_or_404(by, public_id)
    form = AnswerForm(sent(request), answer=found)

    def save():
        commands.answer(answer=found, number=form.cleaned_data["number"], by=by, **form.columns())

    if saved(request, form, save):
        return redirect(found.round if doors.reads(by) else "service_map:home")
    context = {"form": form, "answer": found, "is_overtaken": form.is_overtaken(found.number)}
    context["is_open"] = found.round.state == RoundState.OPEN
    return render(request, "pilots/service_map/answer.html", context)
