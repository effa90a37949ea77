"""Rounds of the survey as pages and papers show them: goal by goal, beside what was approved before."""

from collections import Counter
from dataclasses import dataclass

from pilots.service_map.models import SurveyAnswer, SurveyGoal, SurveyIndicator, SurveyRound
from pilots.service_map.queries.group import who
from pilots.service_map.states import TO_LOOK_AT, Change, RoundState, Stands, change_of

COLOURS = {Stands.IN_ORDER: "green", Stands.PARTLY: "yellow", Stands.NOT: "red", Stands.UNKNOWN: "grey"}
# Beside the word and the colour: what stands there is told without either.
SIGNS = {Stands.IN_ORDER: "✓", Stands.PARTLY: "◐", Stands.NOT: "✗", Stands.UNKNOWN: "?"}
MOST_ELSEWHERE = 10
CHANGE_SIGNS = {Change.BETTER: "↑", Change.WORSE: "↓", Change.SAME: "=", Change.FIRST: "+"}


@dataclass(frozen=True)
class Shown:
    """One indicator of a round, how it stands, and how it stood when it was last approved before (None: never).
    `asked` is who is to answer, as the reader may see them."""

    answer: SurveyAnswer
    before: SurveyAnswer | None
    asked: str

    @property
    def colour(self):
        return COLOURS.get(self.answer.stands, "grey")

    @property
    def sign(self):
        return SIGNS.get(self.answer.stands, "–")

    @property
    def sign_before(self):
        return SIGNS[self.before.stands] if self.before else ""

    @property
    def change(self):
        return change_of(self.before.stands if self.before else "", self.answer.stands)

    @property
    def change_sign(self):
        return CHANGE_SIGNS.get(self.change, "")


@dataclass(frozen=True)
class Goal:
    """What a round has under one goal."""

    goal: SurveyGoal
    summary: str
    rows: list[Shown]


def rounds_of(area_id, *, everything):
    """The area's rounds, the latest first; only approved ones for whoever doesn't read everything."""
    found = SurveyRound.objects.filter(area=area_id)
    return found if everything else found.filter(state=RoundState.APPROVED)


def is_going_on(area_id):
    """Whether the area has a round that isn't approved yet."""
    return SurveyRound.objects.filter(area=area_id).exclude(state=RoundState.APPROVED).exists()


def rounds_elsewhere(area_id):
    """What was approved last in other areas."""
    found = SurveyRound.objects.filter(state=RoundState.APPROVED).exclude(area=area_id).select_related("area")
    return found.order_by("-approved_on", "-pk")[:MOST_ELSEWHERE]


def indicators_of(area_id):
    """The area's indicators in use, by goal."""
    return SurveyIndicator.objects.filter(area=area_id, is_active=True).select_related("goal")


def latest_of(area_id):
    """Of each code of the area the answer that was approved last, by when its round was begun. What a round left
    unanswered says nothing new."""
    found = SurveyAnswer.objects.filter(round__area=area_id, round__state=RoundState.APPROVED).exclude(stands="")
    return found.order_by("indicator__code", "-round__made_at", "-pk").distinct("indicator__code")


def codes_to_look_at(area_id):
    """The codes of the indicators that weren't in order when they were last approved."""
    found = latest_of(area_id).values_list("indicator__code", "stands")
    return {code for code, stands in found if stands in TO_LOOK_AT}


def goals_of(survey_round, viewer):
    """The round goal by goal; the same statements however much is in it."""
    before = _answers_before(survey_round)
    summaries = {one.goal_id: one.words for one in survey_round.summaries.all()}
    goals = {one.pk: Goal(one, summaries.get(one.pk, ""), []) for one in SurveyGoal.objects.all()}
    found = survey_round.answers.select_related("indicator", "asked__user", "asked__agency__area")
    for answer in found:
        row = Shown(answer, before.get(answer.indicator.code), who(answer.asked, viewer))
        goals[answer.indicator.goal_id].rows.append(row)
    return [one for one in goals.values() if one.rows or one.summary]


def _answers_before(survey_round):
    found = latest_of(survey_round.area_id).filter(round__made_at__lt=survey_round.made_at)
    return {one.indicator.code: one for one in found.select_related("indicator", "round")}


def is_summarised(survey_round):
    """Whether the group has said something of each goal of the round."""
    summarised = survey_round.summaries.values("goal")
    return not survey_round.answers.exclude(indicator__goal__in=summarised).exists()


def counts(goals):
    """How many indicators stand how, as [(sign, word, number)], and how many aren't answered."""
    stands = [row.answer.stands for goal in goals for row in goal.rows]
    return [(SIGNS[one], one.label, stands.count(one)) for one in Stands], stands.count("")


def changes(goals):
    """What became of them since they were last approved, as [(sign, word, number)]; empty in an area's first round."""
    rows = [row for goal in goals for row in goal.rows]
    if not any(row.before for row in rows):
        return []
    found = Counter(row.change for row in rows)
    return [(CHANGE_SIGNS[one], one.label, found[one]) for one in Change]


def unanswered(goals):
    """Who hasn't answered how many indicators, as [(who, number)]; of nobody in particular first."""
    found = Counter(row.asked for goal in goals for row in goal.rows if not row.answer.stands)
    return sorted(found.items())


def as_shown(survey_round, viewer):
    """What a page or a paper of the round shows."""
    goals = goals_of(survey_round, viewer)
    told, missing = counts(goals)
    context = {"round": survey_round, "goals": goals, "told": told, "missing": missing}
    return context | {"changes": changes(goals), "unanswered": unanswered(goals)}
