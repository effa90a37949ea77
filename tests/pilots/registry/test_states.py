"""A pilot moves only as the table says, and each move is a decision."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import translation

from coordination.agencies.rules import NotNow
from coordination.clocks.rules import today
from pilots.registry.commands.pilots import tick
from pilots.registry.models import Decision
from pilots.registry.states import MOVES, PilotState
from tests.pilots.registry.piloting import begun, decided, in_state, now

pytestmark = pytest.mark.django_db
Evidence = Decision.Evidence


@pytest.mark.parametrize("state", PilotState)
@pytest.mark.parametrize("new_state", PilotState)
def test_every_move_is_as_the_table_says(cast, state, new_state):
    pilot = in_state(state, cast.coordinator)
    if new_state in MOVES[state]:
        assert decided(pilot, new_state, cast.coordinator).state == new_state
    else:
        with pytest.raises(NotNow):
            decided(pilot, new_state, cast.coordinator)
        assert now(pilot).state == state


def test_a_pilot_begins_once_every_point_is_in_place(cast):
    pilot = begun(cast.coordinator)
    for in_place, words in (([], "2 points"), ([1], "1 point ")):
        tick(pilot=pilot, in_place=in_place, number=now(pilot).number, by=cast.coordinator)
        with pytest.raises(NotNow) as refusal, translation.override("en"):
            decided(pilot, PilotState.RUNNING, cast.coordinator)
        assert refusal.value.sentence.startswith(words)
    tick(pilot=pilot, in_place=[0, 1], number=now(pilot).number, by=cast.coordinator)
    assert decided(pilot, PilotState.RUNNING, cast.coordinator).state == PilotState.RUNNING


@pytest.mark.parametrize("state", [PilotState.EVALUATED, PilotState.SPREAD, PilotState.ADAPTED])
def test_what_rests_on_evidence_needs_some(cast, state):
    before = PilotState.RUNNING if state == PilotState.EVALUATED else PilotState.EVALUATED
    pilot = in_state(before, cast.coordinator)
    with pytest.raises(NotNow):
        decided(pilot, state, cast.coordinator, evidence=Evidence.NONE)
    assert decided(pilot, state, cast.coordinator, evidence=Evidence.EXPERIENCE).state == state


@pytest.mark.parametrize("state", [PilotState.RUNNING, PilotState.STOPPED])
def test_beginning_and_stopping_need_none(cast, state):
    pilot = begun(cast.coordinator)
    tick(pilot=pilot, in_place=[0, 1], number=pilot.number, by=cast.coordinator)
    assert decided(pilot, state, cast.coordinator, evidence=Evidence.NONE).state == state


@pytest.mark.parametrize("missing", ["reason_fi", "decided_by_fi"])
def test_a_decision_says_why_and_who(cast, missing):
    pilot = begun(cast.coordinator)
    with pytest.raises(NotNow):
        decided(pilot, PilotState.STOPPED, cast.coordinator, **{missing: "  "})
    assert not pilot.decisions.exists()


def test_a_decision_is_not_of_a_day_to_come_nor_before_the_last_one(cast):
    pilot = in_state(PilotState.RUNNING, cast.coordinator)
    for day in (today() + timedelta(days=1), date(2026, 1, 31)):
        with pytest.raises(NotNow):
            decided(pilot, PilotState.STOPPED, cast.coordinator, decided_on=day)
    assert decided(pilot, PilotState.STOPPED, cast.coordinator, decided_on=date(2026, 2, 1)).state == PilotState.STOPPED


def test_the_same_decision_sent_twice_is_one(cast):
    pilot, token = begun(cast.coordinator), uuid4()
    for _again in range(2):
        decided(pilot, PilotState.STOPPED, cast.coordinator, number=1, token=token)
    decision = pilot.decisions.get()
    assert (decision.by, decision.reason, decision.decided_by) == (
        cast.coordinator,
        "Se auttaa.",
        "Lasten palvelujen johtoryhmä",
    )
    assert now(pilot).number == 2


def test_a_decision_on_what_has_changed_since_is_refused(cast):
    pilot = in_state(PilotState.RUNNING, cast.coordinator)
    number = pilot.number
    decided(pilot, PilotState.EVALUATED, cast.coordinator)
    with pytest.raises(NotNow):
        decided(pilot, PilotState.STOPPED, cast.coordinator, number=number)
    assert now(pilot).state == PilotState.EVALUATED
