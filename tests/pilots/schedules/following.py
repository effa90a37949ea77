"""Schedules followed with young people, for tests."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from coordination.clocks.rules import today
from pilots.schedules.commands import enrolments, steps
from pilots.schedules.models import DueStep, Enrolment, Schedule, ScheduleStep
from pilots.schedules.queries.steps import steps as every_step
from tests.pilots.questionnaires import filling

# Names of three steps, days after the first day, days before they show.
STEPS = [("Alkukartoitus", 14, 7), ("Suunnitelma", 30, 7), ("Seuranta", 182, 30)]


def made(*, area=None, code="koe", name="Koe", steps=STEPS, **facts):
    """A schedule of these steps after so many days, the portal's unless an area is given; the same again is found."""
    which = {"area": area} if area else {"code": code}
    found = Schedule.objects.filter(name_fi=name, **which).first()
    if found is None:
        found = Schedule.objects.create(name_fi=name, **which, **{"begins_with": "enrolment"} | facts)
        for order, (step, after, before) in enumerate(steps, start=1):
            ScheduleStep.objects.create(
                schedule=found, order=order, name_fi=step, kind="other", after_days=after, days_before=before
            )
    return found


def of_form(schedule, questionnaire, *, after=10, order=9):
    """A step more of the schedule: a form."""
    return ScheduleStep.objects.create(
        schedule=schedule, order=order, name_fi="Lomake", kind="form", questionnaire=questionnaire, after_days=after
    )


def of_measure(schedule, instrument, *, after=20, order=10, before=14):
    """A step more of the schedule: a measure."""
    known = {"kind": "measure", "instrument": instrument, "after_days": after, "days_before": before}
    return ScheduleStep.objects.create(schedule=schedule, order=order, name_fi="Mittaus", **known)


def begun(person, member, *, schedule=None, days_ago=0, pilot=None):
    """A schedule that this member began with its first day so many days ago, in whole as it was begun then."""
    enrolment = enrolments.begin(
        schedule=schedule or made(),
        young_person=person,
        first_day=today() - timedelta(days=days_ago),
        pilot=pilot,
        token=uuid4(),
        by=member,
    )
    Enrolment.objects.filter(pk=enrolment.pk).update(begun_at=timezone.now() - timedelta(days=days_ago))
    return Enrolment.objects.get(pk=enrolment.pk)


def due(enrolment, name="Alkukartoitus"):
    """The step of this name, as pages have it."""
    found = every_step().get(enrolment=enrolment, step__name_fi=name)
    found.enrolment = Enrolment.objects.select_related("young_person").get(pk=enrolment.pk)
    return found


def done(enrolment, name="Alkukartoitus", *, days_ago=0):
    """Its owner says that it was done."""
    day = today() - timedelta(days=days_ago)
    steps.mark_done(due=due(enrolment, name), on=day, by=enrolment.owner)


def left_out(enrolment, name="Alkukartoitus", why="not_needed"):
    """Its owner leaves it out."""
    steps.leave_out(due=due(enrolment, name), why=why, by=enrolment.owner)


def ended(enrolment, ending="stopped", *, on=None, by=None):
    """It ends, today unless a day is said, as its owner says unless somebody else does."""
    enrolments.end(enrolment=enrolment, ending=ending, on=on or today(), by=by or enrolment.owner)


def days(enrolment):
    """[(name, due on)] of its rows."""
    rows = DueStep.objects.filter(enrolment=enrolment).order_by("due_on", "step__order")
    return [(one.step.name_fi, one.due_on) for one in rows.select_related("step")]


def form_of(enrolment, version, by, **known):
    """The form of its step "Lomake", begun from there."""
    known = {"version": version, "party": filling.party(version, 0), "token": uuid4()} | known
    return steps.begin_form(due=due(enrolment, "Lomake"), by=by, **known)
