"""A schedule followed with a young person, from its beginning to its end."""

from django.db import transaction
from django.utils import timezone

from coordination.agencies.constraints import keeping_constraints
from coordination.clocks.rules import today
from coordination.outbox.commands import done, forget, tell
from coordination.outbox.models import Notification
from coordination.people import access
from coordination.people.erasing import erase_rows
from coordination.people.holding import hold
from pilots.measures.rules import check_pilot
from pilots.schedules import notices, rules
from pilots.schedules.commands.settling import settle
from pilots.schedules.models import DueStep, Enrolment
from pilots.schedules.queries import enrolments as queries
from pilots.schedules.queries.steps import steps

Ending = Enrolment.Ending


@transaction.atomic
def begin(*, schedule, young_person, first_day, pilot=None, token, by):
    """Begin to follow the schedule with the young person: its rows are made. Sent twice, it finds the one it made."""
    # Held before it is looked for: of two presses at once the second finds what the first made.
    hold(young_person)
    if sent_before := Enrolment.objects.filter(begun_by=by, token=token).first():
        return sent_before
    rules.check_may_begin(access.works_with(by, young_person))
    rules.check_fits(schedule, young_person, by.agency.area)
    rules.check_first_day(first_day)
    check_pilot(pilot, by.agency.area)
    days = rules.days_of(schedule.steps.all(), first_day, young_person.birth_date)
    rules.check_something_comes(days)
    known = {"schedule": schedule, "young_person": young_person, "pilot": pilot, "first_day": first_day}
    with keeping_constraints():
        enrolment = Enrolment.objects.create(**known, owner=by, begun_by=by, token=token)
    _make_rows(enrolment, days)
    return enrolment


def _make_rows(enrolment, days):
    for step, day in days:
        DueStep.objects.create(enrolment=enrolment, step=step, due_on=day)


@transaction.atomic
def change_first_day(*, enrolment, first_day, by):
    """The first day was another one: the rows are made anew. Raises NotNow once something was done in it."""
    held = queries.held_for(by, enrolment, as_owner=True)
    rules.check_first_day(first_day)
    settle(held)
    rows = list(held.due_steps.all())
    rules.check_untouched(rows)
    if first_day == held.first_day:
        return
    days = rules.days_of(held.schedule.steps.all(), first_day, held.young_person.birth_date)
    rules.check_something_comes(days)
    erase_rows(*rows)
    held.first_day = first_day
    held.save(update_fields=["first_day"])
    _make_rows(held, days)


@transaction.atomic
def bring_up_to_date(*, enrolment, by):
    """Follow the schedule as it stands now: its rows get the days that come of it today."""
    held = queries.held_for(by, enrolment, as_owner=True)
    settle(held)
    changes = queries.changes_of(held, steps().filter(enrolment=held))
    rules.check_some_change(changes)
    erase_rows(*changes.gone)
    for row, day in changes.move:
        row.due_on = day
        row.save(update_fields=["due_on"])
        # What was told of the other day holds no more; it is told anew where it shows.
        forget(about=[row.public_id], to=[held.owner])
    _make_rows(held, changes.new)


@transaction.atomic
def hand_over(*, enrolment, to, by):
    """Let somebody else who works with the young person do what is due; they are told. Raises NotNow where they can't,
    or follow the same schedule with the same young person already."""
    # Held first: of what somebody begins and gets at once there is but one.
    hold(enrolment.young_person)
    held = queries.held_for(by, enrolment)
    alike = queries.left_open_by(to).filter(young_person=held.young_person, schedule=held.schedule)
    rules.check_can_take_over(access.works_with(to, held.young_person) and not alike.exists())
    settle(held)
    _forget_told(held)
    held.owner = to
    held.save(update_fields=["owner"])
    done(about=held.public_id)
    told = access.audience([to], "view_network", held.young_person)
    tell(notices.SCHEDULE_HANDED, to=told, except_for=by, **_news(held))


def _news(enrolment):
    """Each time that it changes hands is news of its own."""
    dedupe = f"{enrolment.public_id}:{timezone.now().isoformat()}"
    return {"about": enrolment, "link": enrolment.get_absolute_url(), "dedupe": dedupe}


def _forget_told(enrolment):
    """Whoever does it no more finds no notice that leads to a page which isn't there for them."""
    if enrolment.owner:
        about = [enrolment.public_id, *enrolment.due_steps.values_list("public_id", flat=True)]
        forget(about=about, to=[enrolment.owner])


@transaction.atomic
def end(*, enrolment, ending, on, by):
    """End it with that day, as its owner or whoever coordinates says."""
    held = queries.held_for(by, enrolment)
    settle(held)
    rules.check_end(on, held, held.due_steps.all())
    close(held, ending, on)


def close(enrolment, ending, on):
    """End a schedule that the caller holds. What is still to be done stays undone."""
    settle(enrolment)
    enrolment.ending, enrolment.ended_at, enrolment.ended_on = ending, timezone.now(), on
    enrolment.save(update_fields=["ending", "ended_at", "ended_on"])
    for public_id in (enrolment.public_id, *enrolment.due_steps.values_list("public_id", flat=True)):
        done(about=public_id)


@transaction.atomic
def let_go(enrolment):
    """Nobody follows a schedule whose owner left, or works with the young person no more: whoever coordinates is told,
    and can hand it on. Where nobody coordinates it ends. Doing it again changes nothing."""
    held = queries.held(enrolment)
    if held.ended_on or not queries.overtaken().filter(pk=held.pk).exists():
        return
    leave(held)


def leave(enrolment):
    """Take the schedule, which the caller holds, from its owner."""
    if enrolment.owner:
        settle(enrolment)
        _forget_told(enrolment)
        enrolment.owner = None
        enrolment.save(update_fields=["owner"])
    told = queries.coordinators_of(enrolment.young_person)
    if not told:
        close(enrolment, Ending.UNSEEN, today())
        return
    # Whoever begins to coordinate later is told, too: else nobody would know of it.
    waits = Notification.objects.waiting().filter(about=enrolment.public_id, code=notices.SCHEDULE_WITHOUT_OWNER.code)
    know = set(waits.values_list("membership", flat=True))
    tell(notices.SCHEDULE_WITHOUT_OWNER, to=[one for one in told if one.pk not in know], **_news(enrolment))
