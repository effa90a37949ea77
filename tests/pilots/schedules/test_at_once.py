"""Two presses at the same moment do one thing."""

from uuid import uuid4

import pytest

from coordination.agencies.rules import NotNow
from coordination.clocks.rules import today
from pilots.questionnaires.models import Sheet
from pilots.schedules.commands import enrolments, steps
from pilots.schedules.commands.erasing import erase_schedule
from pilots.schedules.commands.telling import look_after_schedules
from pilots.schedules.models import DueStep, Enrolment
from tests.cast import Cast
from tests.flags.together import together
from tests.pilots.measures.measuring import working
from tests.pilots.questionnaires import filling
from tests.pilots.schedules.following import begun, due, ended, made, of_form

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db):
    return Cast()


@pytest.fixture
def person(cast):
    return working(cast, cast.nurse)


def refusals(answers):
    return [type(one) for one in answers if isinstance(one, Exception)]


def test_one_that_is_begun_twice_is_one(cast, person):
    made()

    def begin(token):
        known = {"schedule": made(), "young_person": person, "first_day": today(), "by": cast.nurse}
        return lambda: enrolments.begin(token=token, **known)

    assert refusals(together(begin(uuid4()), begin(uuid4()))) == [NotNow]
    assert (Enrolment.objects.count(), DueStep.objects.count()) == (1, 3)


def test_the_same_press_twice_finds_what_it_made(cast, person):
    known = {"schedule": made(), "young_person": person, "first_day": today(), "by": cast.nurse, "token": uuid4()}
    first, second = together(lambda: enrolments.begin(**known), lambda: enrolments.begin(**known))
    assert first == second == Enrolment.objects.get()


def test_of_what_somebody_begins_and_gets_at_once_there_is_one(cast, person):
    enrolment = begun(person, cast.nurse)
    answers = together(
        lambda: enrolments.hand_over(enrolment=enrolment, to=cast.coordinator, by=cast.nurse),
        lambda: begun(person, cast.coordinator),
    )
    assert refusals(answers) == [NotNow]
    assert Enrolment.objects.filter(owner=cast.coordinator).count() == 1


def test_a_step_that_is_done_and_left_out_at_once_is_one_of_them(cast, person):
    enrolment = begun(person, cast.nurse, days_ago=16)
    row = due(enrolment)
    answers = together(
        lambda: steps.mark_done(due=row, on=today(), by=cast.nurse),
        lambda: steps.leave_out(due=row, why="not_needed", by=cast.nurse),
    )
    assert refusals(answers) == [NotNow]
    found = DueStep.objects.get(pk=row.pk)
    assert bool(found.done_on) is not bool(found.left_out_at)


def test_its_form_is_begun_once(cast, person):
    version = filling.approved(cast.second_coordinator, cast.administrator)
    schedule = made()
    of_form(schedule, version.questionnaire)
    row = due(begun(person, cast.nurse, schedule=schedule, days_ago=6), "Lomake")

    def begin():
        return steps.begin_form(due=row, version=version, party=None, token=uuid4(), by=cast.nurse)

    assert refusals(together(begin, begin)) == [NotNow]
    assert Sheet.objects.count() == 1


def test_of_an_end_and_a_handing_over_one_is_refused(cast, person):
    enrolment = begun(person, cast.nurse)
    answers = together(
        lambda: ended(enrolment),
        lambda: enrolments.hand_over(enrolment=enrolment, to=cast.coordinator, by=cast.nurse),
    )
    assert refusals(answers) == [NotNow]
    found = Enrolment.objects.get()
    assert (found.ended_on is None) is (found.owner == cast.coordinator)


def test_telling_twice_at_once_tells_once_and_erasing_beside_it_breaks_nothing(cast, person):
    enrolment = begun(person, cast.nurse, days_ago=16)
    assert refusals(together(look_after_schedules, look_after_schedules)) == []
    together(lambda: erase_schedule(enrolment=enrolment), look_after_schedules)
    assert not Enrolment.objects.exists()
