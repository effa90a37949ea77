"""Somebody leaves whom a training was planned with: places move on, and administrators are told who leads no more."""

import pytest

from config import leaving
from coordination.outbox.models import Notification
from coordination.staffing.commands import disable_user, end_membership
from pilots.trainings.commands.trainings import change_training
from tests.cast import Cast
from tests.pilots.trainings.training import held, made, now, signed_up, states

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return Cast()


def waits(membership):
    return Notification.objects.waiting().filter(membership=membership, code="training_no_leader").count()


def test_their_places_go_to_whoever_waits(cast):
    training, past = made(cast.coordinator, places=1), made(cast.coordinator)
    for member in (cast.teacher, cast.nurse):
        signed_up(training, member)
    signed_up(past, cast.teacher)
    held(past, cast.teacher)
    end_membership(membership=cast.teacher, by=cast.administrator)
    leaving.sweep()
    leaving.sweep()
    assert states(training) == ["cancelled", "in"]
    assert states(past) == ["in"]
    assert Notification.objects.filter(membership=cast.nurse, code="training_place").count() == 1
    assert not leaving.leavers().exists()


def test_administrators_are_told_until_somebody_else_leads(cast):
    training, over = made(cast.teacher), made(cast.teacher)
    held(over)
    disable_user(user=cast.teacher.user, by=cast.administrator)
    leaving.sweep()
    leaving.sweep()
    assert now(training).leader is None
    assert now(over).leader == cast.teacher
    assert waits(cast.administrator) == 1
    change_training(training=training, number=now(training).number, by=cast.administrator, leader=cast.nurse)
    assert waits(cast.administrator) == 0
    assert not leaving.leavers().exists()
