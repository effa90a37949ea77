"""Courses of measures for tests."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

from django.utils import timezone

from coordination.clocks.rules import today
from coordination.follow_ups.commands import take_up
from coordination.people import access
from coordination.people.models import Ground
from pilots.measures import reference
from pilots.measures.commands.courses import begin_course
from pilots.measures.commands.sessions import write_down
from pilots.measures.models import Course, Instrument, Respondent, Session
from pilots.measures.queries.courses import with_all

YOUNG, GUARDIAN = Respondent.YOUNG_PERSON, Respondent.GUARDIAN_1


def instrument(code):
    """One of those that come with the portal, loaded where they aren't there yet."""
    if not Instrument.objects.filter(code=code).exists():
        reference.load()
    return Instrument.objects.get(code=code)


def working(cast, member, **typed):
    """A young person with whom this member works: the coordinators by a follow-up, anybody else as chosen."""
    follow_up = take_up(follow_up=cast.match(**typed), by=cast.coordinator)
    if not member.is_coordinator:
        let_work(follow_up.young_person, member, source=follow_up.public_id)
    return follow_up.young_person


def let_work(person, member, *, source=None):
    """The member takes part."""
    kind = Ground.Kind.PARTICIPATION
    access.give_ground(young_person=person, kind=kind, source=source or uuid4(), membership=member)


def begun(person, member, *, outcome="ors", alliance="srs", days_ago=0, pilot=None):
    """A course that this member began so many days ago."""
    course = begin_course(
        young_person=person,
        outcome=outcome and instrument(outcome),
        alliance=alliance and instrument(alliance),
        pilot=pilot,
        token=uuid4(),
        by=member,
    )
    Course.objects.filter(pk=course.pk).update(
        begun_on=today() - timedelta(days=days_ago), begun_at=timezone.now() - timedelta(days=days_ago)
    )
    return Course.objects.get(pk=course.pk)


def held(course, number, *, days_ago=None):
    """The session of this number, so many days ago: a week apart up to today where none is said."""
    day = today() - timedelta(days=days_ago) if days_ago is not None else course.begun_on + timedelta(days=number - 1)
    return Session.objects.get_or_create(course=course, number=number, defaults={"held_on": day})[0]


def four(total):
    """Four values that come to this total."""
    quarter = Decimal(total) / 4
    lower = quarter.quantize(Decimal("0.1"), rounding="ROUND_DOWN")
    return [lower, lower, lower, Decimal(total) - 3 * lower]


def scored(course, number, total, *, code="ors", respondent=YOUNG):
    """What one respondent answered in the session of this number."""
    return write_down(
        session=held(course, number),
        instrument=instrument(code),
        respondent=respondent,
        values=four(total),
        by=course.membership,
    )


def told(course):
    """The course with all that was answered in it."""
    return with_all({"pk": course.pk})[0]
