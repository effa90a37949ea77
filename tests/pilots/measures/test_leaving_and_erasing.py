"""What becomes of a course when its professional leaves, its young person goes, or two rows are one."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from config import erasing, leaving
from coordination.clocks.rules import today
from coordination.outbox.models import Notification
from coordination.people.models import YoungPerson
from coordination.staffing.commands import end_membership
from pilots.measures.commands.courses import end_course, put_up
from pilots.measures.commands.joining import move_courses
from pilots.measures.models import Course, HandOver, MeasureFact, Response, Session
from tests.cast import born
from tests.pilots.measures.measuring import begun, let_work, scored, working
from tests.pilots.registry.piloting import in_state


def kept():
    return [model.objects.count() for model in (Course, Session, Response)]


def test_whoever_leaves_leaves_no_course_and_the_coordinators_know(cast, course):
    put_up(course=course)
    end_membership(membership=cast.nurse, by=cast.administrator)
    leaving.sweep()
    after = Course.objects.get()
    assert (after.ending, after.ended_on, after.put_up_at) == ("left", today(), None)
    told = Notification.objects.get(code="measures_left", membership=cast.coordinator)
    assert str(course.young_person.public_id) in told.link
    leaving.sweep()
    assert Notification.objects.filter(code="measures_left", membership=cast.coordinator).count() == 1


def test_some_days_after_the_end_all_of_it_goes_but_its_facts(cast, person):
    pilot = in_state("running", cast.coordinator)
    course = begun(person, cast.nurse, pilot=pilot, days_ago=10)
    scored(course, 1, "18.4")
    scored(course, 2, "30.2")
    end_course(course=course, planned=True, on=today())
    facts = MeasureFact.objects.count()
    days = cast.mikkeli.days_kept_after_closing
    Course.objects.update(ended_at=timezone.now() - timedelta(days=days - 1))
    erasing.erase_what_ended()
    assert kept() == [1, 2, 2]
    Course.objects.update(ended_at=timezone.now() - timedelta(days=days + 1))
    erasing.erase_what_ended()
    assert kept() == [0, 0, 0]
    assert MeasureFact.objects.count() == facts == 3
    assert YoungPerson.objects.filter(pk=person.pk).exists()


def test_when_the_young_person_asks_nothing_is_left(cast, course):
    scored(course, 1, "18.4")
    scored(course, 1, "20.0")
    erasing.ask_to_erase(young_person=course.young_person, by=cast.coordinator)
    erasing.erase_asked()
    assert kept() == [0, 0, 0]
    with connection.cursor() as cursor:
        kinds = "('course', 'session', 'response', 'handover')"
        cursor.execute(
            "SELECT count(*) FROM auditlog_logentry entry JOIN django_content_type kind ON kind.id = content_type_id"
            f" WHERE kind.app_label = 'pilots' AND kind.model IN {kinds}"
        )
        assert cursor.fetchone() == (0,)


def test_an_open_course_keeps_nobody_here_and_nobody_forgets_it(cast, course):
    """Without sight it ends, and goes some days later: not with the follow-up, not never."""
    course.young_person.grounds.update(ended_at=timezone.now())
    leaving.sweep()
    assert Course.objects.get().ending == "unseen"
    Course.objects.update(ended_at=timezone.now() - timedelta(days=400))
    erasing.erase_what_ended()
    assert kept() == [0, 0, 0]


@pytest.fixture
def two(cast):
    """Two rows, and the nurse's open course with each."""
    people = [working(cast, cast.nurse, first_name=name, birth_date=born(18)) for name in ("Aina", "Aino")]
    return [begun(person, cast.nurse, days_ago=days) for person, days in zip(people, (5, 20), strict=True)]


@pytest.mark.parametrize("goes", [0, 1])
def test_of_two_open_courses_the_earlier_goes_on(two, goes):
    gone, stays = two[goes].young_person, two[1 - goes].young_person
    move_courses(gone=gone, kept=stays)
    later, earlier = (Course.objects.get(pk=one.pk) for one in two)
    assert (later.young_person, earlier.young_person) == (stays, stays)
    assert (later.ending, earlier.ending) == ("stopped", "")


def test_anothers_course_goes_along_as_it_is(cast, two):
    let_work(two[0].young_person, cast.teacher, source=uuid4())
    others = begun(two[0].young_person, cast.teacher)
    move_courses(gone=two[0].young_person, kept=two[1].young_person)
    others.refresh_from_db()
    assert (others.young_person, others.ended_on) == (two[1].young_person, None)
    assert not HandOver.objects.exists()
