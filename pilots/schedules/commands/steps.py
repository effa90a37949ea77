"""One step: begun as a form, done by hand, left out, or not done after all."""

from django.db import transaction
from django.utils import timezone

from coordination.outbox.commands import done
from coordination.people.holding import hold
from pilots.questionnaires.commands import sheets
from pilots.questionnaires.queries.library import in_use_of
from pilots.schedules import notices, rules
from pilots.schedules.commands.settling import settle
from pilots.schedules.queries import enrolments as queries
from pilots.schedules.queries.steps import steps


def _held(due, by):
    """The step as it stands, with everybody else waiting who would change its schedule; for its owner."""
    held = queries.held_for(by, due.enrolment, as_owner=True)
    settle(held)
    # Whoever does something in it knows that it was handed over.
    done(about=held.public_id, codes=[notices.SCHEDULE_HANDED], to=[by])
    found = steps().select_related("step__questionnaire", "sheet").get(pk=due.pk, enrolment=held)
    found.enrolment = held
    return found


@transaction.atomic
def begin_form(*, due, version, party, token, by):
    """Begin the form of this step, with one's own permission as any other form; the step is done once the form has been
    submitted. The same `token` again gives back the first one."""
    # As everywhere: the young person before what is theirs.
    hold(due.enrolment.young_person)
    held = _held(due, by)
    if held.sheet and held.sheet.token == token:
        return held.sheet
    rules.check_waits(held)
    rules.check_can_begin_form(held, by)
    rules.check_is_of_step(version, in_use_of(by.area, held.step.questionnaire))
    person = held.enrolment.young_person
    held.sheet = sheets.begin(version=version, young_person=person, party=party, token=token, by=by)
    held.save(update_fields=["sheet"])
    return held.sheet


@transaction.atomic
def mark_done(*, due, on, by):
    """It was done on that day. The same day again changes nothing."""
    held = _held(due, by)
    if held.done_on == on:
        return
    rules.check_waits(held)
    rules.check_day(on, held.enrolment)
    held.done_on, held.done_by = on, by
    held.save(update_fields=["done_on", "done_by"])
    done(about=held.public_id)


@transaction.atomic
def leave_out(*, due, why, by):
    """It isn't done, for this reason."""
    held = _held(due, by)
    if held.left_out_at and held.why == why:
        return
    rules.check_waits(held)
    held.left_out_at, held.why, held.done_by = timezone.now(), why, by
    held.save(update_fields=["left_out_at", "why", "done_by"])
    done(about=held.public_id)


@transaction.atomic
def reopen(*, due, by):
    """It wasn't done after all, or isn't left out."""
    held = _held(due, by)
    if not (held.done_on or held.left_out_at):
        return
    rules.check_can_reopen(held)
    held.done_on = held.left_out_at = held.done_by = None
    held.why = ""
    held.save(update_fields=["done_on", "left_out_at", "why", "done_by"])
