"""Two presses at the same moment do one thing."""

from decimal import Decimal

import pytest

from coordination.agencies.rules import NotNow
from coordination.clocks.rules import today
from pilots.measures.commands import courses, sessions
from pilots.measures.models import Course, HandOver, MeasureFact, Response, Session
from tests.cast import Cast
from tests.flags.together import together
from tests.pilots.measures.measuring import YOUNG, begun, four, held, scored, working
from tests.pilots.registry.piloting import in_state

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db):
    return Cast()


@pytest.fixture
def course(cast):
    pilot = in_state("running", cast.coordinator)
    return begun(working(cast, cast.nurse), cast.nurse, pilot=pilot, days_ago=10)


def refusals(answers):
    return [type(one) for one in answers if isinstance(one, Exception)]


def hand(session):
    course = session.course
    return sessions.hand_over(
        session=session, instrument=course.outcome, respondent=YOUNG, language="fi", by=course.membership
    )


def test_of_two_answers_on_one_phone_one_counts(course):
    secret = hand(held(course, 1))
    answers = together(
        lambda: sessions.answer(secret=secret, values=four("18.4")),
        lambda: sessions.answer(secret=secret, values=four("30.2")),
    )
    assert refusals(answers) == [NotNow]
    assert Response.objects.count() == 1


def test_of_two_that_are_handed_over_at_once_one_opens(course):
    session = held(course, 1)
    assert refusals(together(lambda: hand(session), lambda: hand(session))) == []
    assert HandOver.objects.filter(used_at=None, ended_at=None).count() == 1


def test_an_answer_on_the_phone_and_one_from_paper_leave_one_that_counts(course):
    secret = hand(held(course, 1))
    together(
        lambda: sessions.answer(secret=secret, values=four("18.4")),
        lambda: scored(course, 1, "30.2"),
    )
    counts = Response.objects.get(replaced_at=None)
    assert sum(counts.numbers) in (Decimal("18.4"), Decimal("30.2"))


def test_todays_session_begun_twice_at_once_is_one(course):
    def begin():
        return sessions.begin_session(course=course)

    assert refusals(together(begin, begin)) == []
    assert Session.objects.count() == 1


def test_a_course_begun_twice_at_once_is_one(cast):
    person = working(cast, cast.nurse)
    scored(begun(person, cast.nurse), 1, "18.4")
    Course.objects.all().delete()

    def begin():
        return begun(person, cast.nurse)

    assert refusals(together(begin, begin)) == [NotNow]
    assert Course.objects.count() == 1


def test_a_course_ended_twice_at_once_is_counted_once(course):
    def end():
        return courses.end_course(course=course, planned=True, on=today())

    assert refusals(together(end, end)) == [NotNow]
    assert MeasureFact.objects.get(what="planned").count == 1
