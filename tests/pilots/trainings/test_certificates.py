"""Who came, the certificates of it, and the right to flag."""

from datetime import timedelta

import pytest
from django.utils import timezone

from coordination.agencies.commands import note_training
from coordination.agencies.models import Training
from coordination.agencies.rules import NotNow, check_may_flag
from coordination.clocks.rules import today
from coordination.outbox.models import Notification
from pilots.trainings.commands.attendance import give_certificates, mark_attendance
from pilots.trainings.models import Certificate
from tests.pilots.trainings.training import attended, held, joined, made, signed_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def untrained(cast):
    cast.teacher.user.trainings.all().delete()
    return cast.teacher


def given(training, by):
    return {one.sign_up.membership for one in give_certificates(training=training, by=by)}


def may_flag(member):
    try:
        check_may_flag(member, member.area)
    except NotNow:
        return False
    return True


def test_a_certificate_for_whoever_came_every_time_and_the_right_to_flag(cast, untrained):
    training = made(cast.coordinator, 1, 2, kind="training", gives_right=True)
    for member in (untrained, cast.nurse, cast.youth_worker):
        signed_up(training, member)
    held(training, untrained, cast.nurse)
    mark_attendance(
        occasion=training.occasions.first(),
        came={training.sign_ups.get(membership=untrained).pk},
        by=cast.coordinator,
    )
    assert not may_flag(untrained)
    assert given(training, cast.coordinator) == {untrained}
    assert may_flag(untrained)
    assert untrained.user.trainings.get().held_on == today() - timedelta(days=1)
    assert Notification.objects.filter(code="training_certificate").get().membership == untrained
    assert given(training, cast.coordinator) == set()
    assert Certificate.objects.get().number == f"{today().year}-{Certificate.objects.get().pk:05}"


def test_a_training_that_gives_no_right_gives_none(cast, untrained):
    training = made(cast.coordinator, kind="training")
    signed_up(training, untrained)
    held(training, untrained)
    assert given(training, cast.coordinator) == {untrained}
    assert not may_flag(untrained)


def test_nobody_gives_themselves_the_right(cast):
    cast.coordinator.user.trainings.all().delete()
    training = made(cast.coordinator, kind="training", gives_right=True)
    signed_up(training, cast.coordinator)
    held(training, cast.coordinator)
    assert given(training, cast.coordinator) == set()
    assert not may_flag(cast.coordinator)
    assert given(training, cast.administrator) == {cast.coordinator}
    assert may_flag(cast.coordinator)


def test_none_before_the_last_time_is_over_and_none_for_groups(cast):
    training, group = made(cast.coordinator), made(cast.coordinator, kind="team")
    signed_up(training, cast.teacher)
    with pytest.raises(NotNow):
        attended(training, cast.teacher)
    for one in (training, held(group)):
        with pytest.raises(NotNow):
            give_certificates(training=one, by=cast.coordinator)
    with pytest.raises(NotNow):
        give_certificates(training=held(training), by=cast.nurse)


def test_what_somebody_has_a_certificate_for_is_not_taken_back(cast):
    training = made(cast.coordinator)
    signed_up(training, cast.teacher)
    held(training, cast.teacher)
    give_certificates(training=training, by=cast.coordinator)
    with pytest.raises(NotNow):
        attended(training)
    attended(training, cast.teacher)


def test_somebody_without_an_account_gets_one_and_no_right(cast):
    training = made(cast.coordinator, kind="training", gives_right=True)
    row = joined(training)
    held(training, row)
    before = Training.objects.count()
    assert given(training, cast.coordinator) == {None}
    assert Training.objects.count() == before


def test_the_day_of_the_training_never_goes_back_and_there_is_one_row(cast):
    user = cast.teacher.user
    user.trainings.all().delete()
    day = today() - timedelta(days=10)
    for held_on, expected in ((day, day), (day - timedelta(days=5), day), (day, day), (today(), today())):
        note_training(user=user, held_on=held_on)
        assert user.trainings.get().held_on == expected


def test_what_was_ended_stays_beside_the_new_row(cast):
    user = cast.teacher.user
    user.trainings.update(ended_on=timezone.localdate())
    note_training(user=user, held_on=today())
    assert user.trainings.count() == 2
    assert user.trainings.filter(ended_on=None).get().held_on == today()


def test_a_day_to_come_that_somebody_has_typed_gives_no_right_and_keeps_none_away(cast):
    user = cast.teacher.user
    user.trainings.update(held_on=today() + timedelta(days=9))
    note_training(user=user, held_on=today())
    assert may_flag(cast.teacher)
