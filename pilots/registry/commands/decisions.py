"""Deciding of a pilot, with the reason and the evidence."""

from django.db import transaction

from coordination.agencies.constraints import keeping_constraints
from coordination.outbox.commands import done
from pilots.registry import notices, rules
from pilots.registry.models import Decision
from pilots.registry.queries.editing import held_by
from pilots.registry.queries.pilots import missing_points
from pilots.registry.states import PilotState


@transaction.atomic
def decide(*, pilot, state, evidence, decided_on, reason_fi, decided_by_fi, number, token, by, **translations):
    """Move a pilot to this state; the same `token` again gives back the decision that it made.

    `translations` are columns of Decision: reason_sv, reason_en, decided_by_sv and decided_by_en. Of two who decide at
    once the second is refused: raises NotNow where the pilot has been changed since the page was opened (`number`), and
    for a move, an evidence, a reason or a day that doesn't do.
    """
    pilot = held_by(by, pilot)
    if made := pilot.decisions.filter(token=token).first():
        return made
    rules.check_number(number, pilot)
    rules.check_move(pilot.state, state)
    rules.check_in_place(state, missing_points(pilot))
    rules.check_evidence(state, evidence)
    rules.check_reason(reason_fi, decided_by_fi)
    last = pilot.decisions.last()
    rules.check_decided_on(decided_on, last and last.decided_on)
    with keeping_constraints():
        decision = Decision.objects.create(
            pilot=pilot,
            token=token,
            state=state,
            evidence=evidence,
            decided_on=decided_on,
            reason_fi=reason_fi,
            decided_by_fi=decided_by_fi,
            by=by,
            **translations,
        )
    pilot.state = state
    pilot.number += 1
    pilot.save(update_fields=["state", "number"])
    if state == PilotState.STOPPED:
        done(about=pilot, codes=[notices.PILOT_WITHOUT_LEAD])
    return decision
