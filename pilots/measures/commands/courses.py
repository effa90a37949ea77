"""A course from its beginning to its end, and what it leaves for figures."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from coordination.clocks import half_years
from coordination.clocks.rules import half_year_of, today
from coordination.interface.each import each
from coordination.outbox.commands import tell
from coordination.people import access
from coordination.people.holding import hold
from pilots.measures import notices, rules
from pilots.measures.models import Course, HandOver, Instrument, MeasureFact
from pilots.measures.queries import courses as queries
from pilots.registry.queries.figures import Fact

What, Kind = MeasureFact.What, Instrument.Kind


@transaction.atomic
def begin_course(*, young_person, outcome=None, alliance=None, pilot=None, token, by):
    """Begin to take these instruments with the young person. Sent twice, it finds the course that it made."""
    if found := Course.objects.filter(membership=by, token=token).first():
        return found
    hold(young_person)
    rules.check_may_begin(access.works_with(by, young_person))
    rules.check_none_open(Course.objects.filter(membership=by, young_person=young_person, ended_on=None).exists())
    for instrument, kind in ((outcome, Kind.OUTCOME), (alliance, Kind.ALLIANCE)):
        if instrument:
            rules.check_fits(instrument, kind, young_person, by.agency.area)
    rules.check_chosen(outcome, alliance)
    rules.check_pilot(pilot, by.agency.area)
    course = Course.objects.create(
        young_person=young_person,
        membership=by,
        outcome=outcome,
        alliance=alliance,
        pilot=pilot,
        token=token,
        begun_on=today(),
    )
    _keep_facts(course, "begun_on", [(What.BEGUN, 0)])
    return course


@transaction.atomic
def end_course(*, course, planned, on):
    """End it as was agreed, or because it broke off. Raises NotNow for one that has ended already."""
    course = _held(course)
    rules.check_open(course)
    rules.check_end(on, course, course.sessions.last())
    close(course, Course.Ending.PLANNED if planned else Course.Ending.STOPPED, on)
    return course


@transaction.atomic
def put_up(*, course):
    """Let the owner's colleagues see the curve, without whose it is. Doing it again changes nothing."""
    course = _held(course)
    rules.check_open(course)
    if course.put_up_at is None:
        course.put_up_at = timezone.now()
        course.save(update_fields=["put_up_at"])


@transaction.atomic
def take_down(*, course):
    """Nobody but the owner sees the curve any more."""
    course = _held(course)
    if course.put_up_at:
        course.put_up_at = None
        course.save(update_fields=["put_up_at"])


def leave_courses(*, leaver):
    """End the courses of an ended membership. The coordinators who see the young person are told, so that somebody
    asks whether it goes on."""
    for course in queries.left_open_by(leaver).select_related("young_person__area", "membership__agency__area"):
        _leave(course)


@transaction.atomic
def _leave(course):
    course = _held(course)
    if course.ended_on is None:
        close(course, Course.Ending.LEFT, max(today(), course.begun_on))
        tell(
            notices.MEASURES_LEFT,
            to=access.coordinators(course.young_person.area, course.young_person),
            link=reverse("pages:person", args=[course.young_person.public_id]),
            about=course,
            dedupe=course.public_id,
        )


def end_unseen():
    """End each open course whose owner works with the young person no more: nobody could go on with it, or end it."""
    each(list(queries.unseen()), _end_unseen, otherwise="course of measures %s could not be ended")


@transaction.atomic
def _end_unseen(course):
    course = _held(course)
    if course.ended_on is None and queries.unseen().filter(pk=course.pk).exists():
        close(course, Course.Ending.UNSEEN, max(today(), course.begun_on))


def _held(course):
    """The course as it stands, with everybody else waiting who would change it."""
    found = Course.objects.select_for_update(of=["self"], no_key=True)
    found = found.select_related("young_person__area", "membership__user", "membership__agency__area", "pilot")
    return found.get(pk=course.pk)


def close(course, ending, on):
    """End the course, which the caller holds, and what is handed over in it; figures get what they need."""
    course.ending, course.ended_on, course.ended_at, course.put_up_at = ending, on, timezone.now(), None
    course.save(update_fields=["ending", "ended_on", "ended_at", "put_up_at"])
    waiting = HandOver.objects.filter(session__course=course, used_at=None, ended_at=None)
    waiting.update(ended_at=timezone.now())  # unaudited: the end of the course says it
    _keep_facts(course, "ended_on", _facts_of_end(course))


def _facts_of_end(course):
    yield (What.PLANNED if course.ending == Course.Ending.PLANNED else What.UNPLANNED), 0
    (told,) = queries.with_all({"pk": course.pk})
    if told.standing != rules.Standing.EARLY:
        yield What.IMPROVED, int(told.standing == rules.Standing.IMPROVING)


def _keep_facts(course, column, facts):
    """What figures of the course's pilot need of the day in `column`; last in its transaction.

    A young person who began or ended more than one course of the pilot in the half-year is one, not several.
    """
    if course.pilot:
        half, agencies = half_year_of(getattr(course, column)), (course.membership.agency_id,)
        beside = Course.objects.filter(young_person=course.young_person, pilot=course.pilot).exclude(pk=course.pk)
        days = beside.exclude(**{column: None}).values_list(column, flat=True)
        people = int(half not in {half_year_of(day) for day in days})
        kept = [(half, Fact(what, course.pilot_id, agencies, value), people) for what, value in facts]
        half_years.keep(MeasureFact, course.pilot.area, kept)
