"""Saving a call sheet."""

from django.db import transaction
from django.utils.translation import gettext as _

from coordination.activity.commands import record
from coordination.activity.models import Event
from coordination.agencies.rules import NotNow
from coordination.follow_ups import rules
from coordination.follow_ups.commands.non_disclosure import switch_on
from coordination.follow_ups.commands.parts import decide, pass_contact_on, shows_contact
from coordination.follow_ups.commands.referrals import mark_needs, refer
from coordination.follow_ups.commands.rows import locked, save
from coordination.follow_ups.models import ContactAttempt
from coordination.follow_ups.states import FollowUpState
from coordination.outbox.commands import done


@transaction.atomic
def save_call(
    *, follow_up, by, version, token, attempt, decisions, next_step, next_step_on, pause, contact, services=(), unmet=()
):
    """Save one call sheet: the attempt, what was decided of each adult, the next step and how to reach the person.

    `attempt` is None or a dict (at, channel, reached, identity_checked); `decisions` are Decision rows; `contact`
    is a dict of the young person's contact fields; `services` (Service rows) are what the young person was helped into
    and `unmet` (Need rows) what was not available; `token` makes a doubled sending of the form harmless.
    Raises NotNow where the sheet was saved by another meanwhile, or isn't taken up.
    """
    follow_up = locked(follow_up)
    if ContactAttempt.objects.filter(follow_up=follow_up, token=token).exists():
        return follow_up
    rules.check_begun(follow_up)
    rules.check_same_version(follow_up, version)
    if attempt:
        _save_attempt(follow_up, attempt, token=token, by=by)
    _save_contact(follow_up, contact, by=by)
    changed = [one for one in decisions if decide(follow_up, one, by=by)]
    if changed:
        record(Event.Kind.DECIDED, young_person_id=follow_up.young_person_id, by=by, about=follow_up.public_id)
    refer(follow_up, services, by=by)
    mark_needs(follow_up, unmet, by=by)
    if (next_step, next_step_on) != (follow_up.next_step, follow_up.next_step_on):
        follow_up.next_step, follow_up.next_step_on = next_step, next_step_on
        record(
            Event.Kind.NEXT_STEP,
            young_person_id=follow_up.young_person_id,
            by=by,
            audience=Event.Audience.EVERYONE,
            about=follow_up.public_id,
            data={"step": next_step, "on": next_step_on.isoformat() if next_step_on else None},
        )
    _pause_or_go_on(follow_up, pause, by=by)
    save(follow_up, "next_step", "next_step_on", "state", "reached_at")
    done(about=follow_up.public_id)
    return follow_up


def _save_attempt(follow_up, attempt, *, token, by):
    ContactAttempt.objects.create(follow_up=follow_up, by=by, token=token, **attempt)
    kind = Event.Kind.REACHED if attempt["reached"] else Event.Kind.CONTACT_TRIED
    record(
        kind,
        young_person_id=follow_up.young_person_id,
        by=by,
        about=follow_up.public_id,
        data={"channel": attempt["channel"]},
    )
    if attempt["reached"] and follow_up.reached_at is None:
        follow_up.reached_at = attempt["at"]


def _save_contact(follow_up, contact, *, by):
    """Keep how to reach the young person. A call can switch non-disclosure on, never off."""
    young_person = follow_up.young_person
    if contact.get("non_disclosure") and not young_person.non_disclosure:
        switch_on(follow_up, by=by)
    was_shown = shows_contact(young_person)
    contact = {name: value for name, value in contact.items() if name != "non_disclosure"}
    changed = [name for name, value in contact.items() if getattr(young_person, name) != value]
    for name in changed:
        setattr(young_person, name, contact[name])
    if changed:
        young_person.save(update_fields=changed)
    if shows_contact(young_person) and not was_shown:
        pass_contact_on(follow_up, by=by)


def _pause_or_go_on(follow_up, pause, *, by):
    if pause and follow_up.state == FollowUpState.TAKEN_UP:
        if not follow_up.attempts.exists():
            raise NotNow(_("Try to make contact first; then the follow-up can be paused."))
        follow_up.state = FollowUpState.PAUSED
        record(
            Event.Kind.PAUSED,
            young_person_id=follow_up.young_person_id,
            by=by,
            about=follow_up.public_id,
            data={"on": follow_up.next_step_on.isoformat()},
        )
    elif not pause and follow_up.state == FollowUpState.PAUSED:
        follow_up.state = FollowUpState.TAKEN_UP
