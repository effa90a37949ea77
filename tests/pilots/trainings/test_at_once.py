"""Several at the same moment at one training: never more than there are places, and nothing done twice."""

from uuid import uuid4

import pytest

from coordination.outbox.models import Notification
from pilots.trainings.commands.attendance import give_certificates
from pilots.trainings.commands.course import finish_chapter
from pilots.trainings.commands.signing_up import cancel, sign_up
from pilots.trainings.course import chapters
from pilots.trainings.models import Certificate, CourseProgress, TrainingEvent
from tests.cast import Cast
from tests.flags.together import together
from tests.pilots.trainings.training import held, joined, made, signed_up, states

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db):
    return Cast()


def refusals(answers):
    return [one for one in answers if isinstance(one, Exception)]


def test_of_six_who_sign_up_at_once_two_have_a_place(cast):
    training = made(cast.coordinator, places=2)
    members = [cast.teacher, cast.nurse, cast.youth_worker, cast.social_worker, cast.therapist]
    answers = together(
        *[lambda member=member: sign_up(training=training, token=uuid4(), by=member) for member in members],
        lambda: joined_at_once(training),
    )
    assert refusals(answers) == []
    assert sorted(states(training)) == ["in", "in", *["waiting"] * 4]


def joined_at_once(training):
    return joined(training, "ulla@example.test")


def test_two_who_cancel_at_once_let_two_in_and_each_is_told_once(cast):
    training = made(cast.coordinator, places=2)
    for member in (cast.teacher, cast.nurse, cast.youth_worker, cast.social_worker):
        signed_up(training, member)
    answers = together(
        lambda: cancel(training=training, by=cast.teacher), lambda: cancel(training=training, by=cast.nurse)
    )
    assert refusals(answers) == []
    assert states(training) == ["cancelled", "cancelled", "in", "in"]
    assert Notification.objects.filter(code="training_place").count() == 2


def test_the_same_form_sent_twice_at_once_does_its_work_once(cast):
    token = uuid4()
    answers = together(*[lambda: made(cast.coordinator, token=token)] * 2)
    assert answers[0] == answers[1]
    training = TrainingEvent.objects.get()
    again = uuid4()
    answers = together(*[lambda: sign_up(training=training, token=again, by=cast.teacher)] * 2)
    assert answers[0] == answers[1]
    held(training, cast.teacher)
    together(*[lambda: give_certificates(training=training, by=cast.coordinator)] * 2)
    assert Certificate.objects.count() == 1


def test_the_last_chapter_twice_at_once_gives_one_certificate(cast):
    for chapter in chapters()[:-1]:
        finish_chapter(chapter=chapter.code, by=cast.teacher)
    together(*[lambda: finish_chapter(chapter=chapters()[-1].code, by=cast.teacher)] * 2)
    assert Certificate.objects.count() == CourseProgress.objects.count() == 1
