"""Coordination groups and rounds of the survey for tests."""

from datetime import timedelta
from uuid import uuid4

from coordination.clocks.rules import today
from pilots.service_map import reference
from pilots.service_map.commands import rounds
from pilots.service_map.commands.group import add_member
from pilots.service_map.commands.indicators import add_indicator
from pilots.service_map.models import SurveyGoal, SurveyRound


def group(cast):
    """Mikkeli's group: the coordinator leads it, the youth worker is in it."""
    add_member(membership=cast.coordinator, leads=True, by=cast.administrator)
    return add_member(membership=cast.youth_worker, leads=False, by=cast.coordinator)


def indicator(by, name="Lapsia kuullaan", *, goal="heard", unit="", **columns):
    """An indicator of this member's area; the goals are loaded."""
    if not SurveyGoal.objects.exists():
        reference.load()
    said = {"goal": SurveyGoal.objects.get(code=goal), "name_fi": name, "kind": "process", "owner": "municipality"}
    return add_indicator(token=uuid4(), by=by, unit=unit, **said | columns)


def begun(by, *, kind="full", days=30, **columns):
    """A round that is being prepared."""
    closes_on = today() + timedelta(days=days)
    said = {"kind": kind, "name": "Kartoitus", "closes_on": closes_on, "token": uuid4(), "by": by}
    return rounds.begin_round(**said | columns)


def opened(by, **columns):
    """A round that takes answers."""
    made = begun(by, **columns)
    rounds.open_round(survey_round=made, by=by)
    return now(made)


def answered(survey_round, by, stands="in_order", *, place=0, **columns):
    """The answer at this place of the round, answered."""
    found = list(survey_round.answers.all())[place]
    said = {"stands": stands, "words": "Sanottu", "evidence": "", "link": "", "value": None} | columns
    return rounds.answer(answer=found, number=found.number, by=by, **said)


def summarised(survey_round, by):
    """The round, closed, with a summary of each goal."""
    rounds.close_answers(survey_round=survey_round, by=by)
    for goal in SurveyGoal.objects.filter(pk__in=survey_round.answers.values("indicator__goal")):
        number = now(survey_round).number
        rounds.write_summary(survey_round=survey_round, goal=goal, words="Kooste", number=number, by=by)
    return now(survey_round)


def approved(by, *stands, **columns):
    """A whole round with these answers, one indicator each."""
    made = opened(by, **columns)
    for place, one in enumerate(stands):
        answered(made, by, one, place=place)
    summarised(made, by)
    rounds.approve(survey_round=made, approved_on=today(), by=by)
    return now(made)


def now(row):
    """The row as it stands."""
    return SurveyRound.objects.get(pk=row.pk)
