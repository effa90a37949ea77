"""What the timetable does with surveys and groups: those who haven't answered, or haven't done what they were to do,
are told once."""

from datetime import timedelta

from django.db import transaction

from coordination.agencies.rules import holds
from coordination.clocks.rules import today
from coordination.interface.each import each, each_step
from coordination.outbox.commands import done, tell
from pilots.service_map import notices
from pilots.service_map.models import GroupAction, SurveyRound
from pilots.service_map.rules import DAYS_BEFORE
from pilots.service_map.states import RoundState


def look_after_surveys():
    """Remind of answers in the last days of an open round, and of what a meeting agreed on and is late."""
    each_step(_remind_of_answers, _tell_of_late_actions)


def _remind_of_answers():
    last = today() + timedelta(days=DAYS_BEFORE)
    found = SurveyRound.objects.filter(state=RoundState.OPEN, closes_on__gte=today(), closes_on__lte=last)
    each(found, _remind, otherwise="survey round %s could not be reminded of")


@transaction.atomic
def _remind(survey_round):
    survey_round = SurveyRound.objects.select_for_update(no_key=True).get(pk=survey_round.pk)
    if survey_round.state != RoundState.OPEN:
        return
    missing = survey_round.answers.filter(stands="", asked__isnull=False).select_related("asked__user", "asked__agency")
    tell(
        notices.SURVEY_CLOSES,
        to=[one.asked for one in missing if holds(one.asked)],
        link=notices.HOME,
        about=survey_round,
        due_on=survey_round.closes_on,
        # Told anew where the round was opened again until a later day.
        dedupe=f"{survey_round.public_id}:{survey_round.closes_on}",
    )


def _tell_of_late_actions():
    found = GroupAction.objects.filter(done_at=None, owner__isnull=False, due_on__lt=today())
    each(found, _tell_late, otherwise="action %s of a coordination group could not be told of")


@transaction.atomic
def _tell_late(action):
    action = GroupAction.objects.select_for_update(of=["self"]).select_related("owner__user").get(pk=action.pk)
    if action.done_at or action.owner is None or not holds(action.owner):
        return
    done(about=action, codes=[notices.GROUP_ACTION])
    said = {"link": notices.HOME, "about": action, "due_on": action.due_on}
    # Told anew where another day was agreed on, or somebody else is to do it.
    said |= {"dedupe": f"{action.public_id}:{action.number}"}
    tell(notices.GROUP_ACTION_LATE, to=[action.owner], **said)
