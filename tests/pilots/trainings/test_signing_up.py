"""Signing up: places in their order, a waiting list that moves, and nobody told of anybody else."""

from datetime import timedelta

import pytest

from coordination.agencies.rules import NotNow
from coordination.clocks.rules import today
from coordination.outbox.models import Notification
from pilots.trainings.commands.signing_up import cancel, remove
from pilots.trainings.commands.trainings import call_off, change_training
from pilots.trainings.models import SignUp
from tests.pilots.trainings.training import attended, held, joined, made, now, signed_up, states

pytestmark = pytest.mark.django_db


def told(member, code):
    return Notification.objects.filter(membership=member, code=code).count()


@pytest.fixture
def full(cast):
    """A workshop of two places with one more waiting."""
    training = made(cast.coordinator, places=2)
    for member in (cast.teacher, cast.nurse, cast.youth_worker):
        signed_up(training, member)
    return training


def test_places_are_given_in_order_and_then_the_waiting_list(full):
    assert states(full) == ["in", "in", "waiting"]


def test_without_a_limit_everybody_comes(cast):
    training = made(cast.coordinator)
    assert [signed_up(training, one).state for one in (cast.teacher, cast.nurse)] == ["in", "in"]


def test_signing_up_again_changes_nothing(cast, full):
    assert signed_up(full, cast.teacher).pk == full.sign_ups.first().pk
    assert full.sign_ups.count() == 3


def test_who_waits_moves_up_when_somebody_cancels_and_is_told(cast, full):
    cancel(training=full, by=cast.teacher)
    assert states(full) == ["cancelled", "in", "in"]
    assert told(cast.youth_worker, "training_place") == 1
    assert told(cast.nurse, "training_place") == told(cast.teacher, "training_place") == 0
    with pytest.raises(NotNow):
        cancel(training=full, by=cast.teacher)
    assert signed_up(full, cast.teacher).state == "waiting"


def test_more_places_move_as_many_up_and_fewer_take_nothing_away(cast, full):
    waits = signed_up(full, cast.social_worker)
    change_training(training=full, number=full.number, by=cast.coordinator, places=3)
    assert states(full) == ["in", "in", "in", "waiting"]
    change_training(training=full, number=full.number + 1, by=cast.coordinator, places=1)
    assert states(full) == ["in", "in", "in", "waiting"]
    cancel(training=full, by=cast.nurse)
    assert now(waits).state == "waiting"


def test_whoever_looks_after_it_takes_somebody_off_the_list_who_is_told(cast, full):
    remove(sign_up=full.sign_ups.first(), by=cast.administrator)
    assert states(full) == ["cancelled", "in", "in"]
    assert told(cast.teacher, "training_removed") == 1
    with pytest.raises(NotNow):
        remove(sign_up=full.sign_ups.last(), by=cast.nurse)


def test_nobody_signs_up_once_it_is_closed_begun_or_called_off(cast):
    over = made(cast.coordinator, closes_on=today())
    over.closes_on = today() - timedelta(days=1)
    over.save()
    begun = held(made(cast.coordinator))
    gone = made(cast.coordinator)
    call_off(training=gone, by=cast.coordinator)
    for training in (over, begun, gone):
        with pytest.raises(NotNow):
            signed_up(training, cast.teacher)
    assert not SignUp.objects.exists()


def test_another_area_signs_up_where_it_may(cast):
    with pytest.raises(NotNow):
        signed_up(made(cast.coordinator), cast.stranger)
    assert signed_up(made(cast.coordinator, open_to_all=True), cast.stranger).state == "in"


def test_who_came_can_not_cancel(cast):
    training = made(cast.coordinator)
    signed_up(training, cast.teacher)
    held(training, cast.teacher)
    with pytest.raises(NotNow):
        cancel(training=training, by=cast.teacher)
    attended(training)
    cancel(training=training, by=cast.teacher)
    assert states(training) == ["cancelled"]


def test_calling_it_off_tells_everybody_and_ends_what_waited(cast, full):
    joined(full)
    cancel(training=full, by=cast.teacher)
    call_off(training=full, by=cast.coordinator)
    assert states(full) == ["cancelled", "not_needed", "not_needed", "not_needed"]
    assert told(cast.nurse, "training_called_off") == told(cast.youth_worker, "training_called_off") == 1
    assert told(cast.teacher, "training_called_off") == 0
    assert not Notification.objects.waiting().filter(code="training_place").exists()
    assert now(full).secret == ""
    with pytest.raises(NotNow):
        call_off(training=full, by=cast.coordinator)
