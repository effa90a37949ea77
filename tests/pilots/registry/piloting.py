"""Pilots for tests."""

from datetime import date
from uuid import uuid4

from pilots.registry.commands.decisions import decide
from pilots.registry.commands.pilots import begin_pilot, tick
from pilots.registry.models import Decision, Pilot
from pilots.registry.states import PilotState

STARTS = date(2026, 1, 1)
# By which moves a pilot comes to each state.
WAYS = {
    PilotState.PLANNED: [],
    PilotState.RUNNING: [PilotState.RUNNING],
    PilotState.EVALUATED: [PilotState.RUNNING, PilotState.EVALUATED],
    PilotState.SPREAD: [PilotState.RUNNING, PilotState.EVALUATED, PilotState.SPREAD],
    PilotState.ADAPTED: [PilotState.RUNNING, PilotState.EVALUATED, PilotState.ADAPTED],
    PilotState.STOPPED: [PilotState.STOPPED],
}


def text(name="Kirje", **columns):
    """The columns of one text, with two points in its checklist."""
    return {
        "name": name,
        "aim": "Nuori saa avun ajoissa.",
        "target_group": "Yläkouluikäiset",
        "method": "Kirje kotiin.",
        "lead": "Mikkelin kaupunki",
        "in_place": "Työpari on nimetty\nKoulu on mukana",
    } | columns


def begun(by, *, texts=None, token=None, **facts):
    """A planned pilot of this member's area, in Finnish unless told otherwise."""
    facts = {"starts_on": STARTS} | facts
    return begin_pilot(texts=texts or {"fi": text()}, token=token or uuid4(), by=by, **facts)


def decided(pilot, state, by, **said):
    """The pilot after one decision, with a good reason unless told otherwise."""
    said = {
        "evidence": Decision.Evidence.COUNTED,
        "decided_on": date(2026, 2, 1),
        "reason_fi": "Se auttaa.",
        "decided_by_fi": "Lasten palvelujen johtoryhmä",
        "number": now(pilot).number,
        "token": uuid4(),
    } | said
    decide(pilot=pilot, state=state, by=by, **said)
    return now(pilot)


def in_state(state, by, **facts):
    """A pilot of this member's area in this state, all of its checklist in place."""
    pilot = begun(by, **facts)
    tick(pilot=pilot, in_place=[0, 1], number=pilot.number, by=by)
    for step in WAYS[state]:
        pilot = decided(pilot, step, by)
    return now(pilot)


def of_the_portal(code="kirje", *, state=PilotState.SPREAD, **facts):
    """A pilot that comes with the portal."""
    pilot = Pilot.objects.create(code=code, state=state, starts_on=STARTS, **facts)
    pilot.texts.create(language="fi", **text("Portaalin kirje"))
    return pilot


def now(pilot):
    """The pilot as it stands."""
    return Pilot.objects.get(pk=pilot.pk)
