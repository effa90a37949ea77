"""Making and changing trainings: who may, what must be said, when they are held."""

from datetime import date, time
from uuid import uuid4

import pytest
from django.utils import timezone

from coordination.agencies.rules import NotNow
from coordination.outbox.models import Notification
from pilots.trainings import rules
from pilots.trainings.commands.occasions import add_occasion, call_off_occasion, change_occasion
from pilots.trainings.commands.trainings import change_training
from pilots.trainings.models import TrainingEvent
from tests.pilots.registry.piloting import begun, of_the_portal
from tests.pilots.trainings.training import held, in_days, made, now, signed_up

pytestmark = pytest.mark.django_db


def test_everybody_makes_one_and_leads_it(cast):
    training = made(cast.teacher)
    assert (training.leader, training.area) == (cast.teacher, cast.mikkeli)
    assert rules.may_manage(cast.teacher, training)
    assert rules.may_manage(cast.administrator, training)
    assert rules.may_manage(cast.second_coordinator, training)
    assert not rules.may_manage(cast.nurse, training)
    assert not rules.may_manage(cast.other_coordinator, training)


def test_only_who_looks_after_the_area_gives_the_right_and_another_leader(cast):
    for facts in ({"kind": "training", "gives_right": True}, {"leader": cast.nurse}):
        with pytest.raises(NotNow):
            made(cast.teacher, **facts)
        assert made(cast.coordinator, **facts)
    mine = made(cast.teacher, kind="training")
    with pytest.raises(NotNow):
        change_training(training=mine, number=1, by=cast.teacher, gives_right=True)
    with pytest.raises(NotNow):
        change_training(training=mine, number=1, by=cast.teacher, leader=cast.nurse)


def test_who_leads_it_goes_on_where_the_right_was_given_by_another(cast):
    training = made(cast.coordinator, kind="training", gives_right=True, leader=cast.teacher)
    change_training(training=training, number=1, by=cast.teacher, place="Kirjasto")
    assert (now(training).place, now(training).gives_right) == ("Kirjasto", True)


@pytest.mark.parametrize(
    "facts",
    [
        {"title_fi": ""},
        {"about_fi": " "},
        {"title_sv": "Verkstad"},
        {"kind": "workshop", "gives_right": True},
        {"kind": "training", "gives_right": True, "open_to_all": True},
        {"places": 0},
    ],
)
def test_what_can_not_be_said_of_one(cast, facts):
    with pytest.raises(NotNow):
        made(cast.coordinator, **facts)
    assert not TrainingEvent.objects.exists()


def test_its_leader_and_pilot_are_of_the_own_area(cast):
    with pytest.raises(NotNow):
        made(cast.coordinator, leader=cast.stranger)
    with pytest.raises(NotNow):
        made(cast.coordinator, pilot=begun(cast.other_coordinator))
    assert made(cast.coordinator, pilot=of_the_portal()).pilot


def test_it_is_held_in_the_future_and_ends_after_it_begins(cast):
    with pytest.raises(NotNow):
        made(cast.coordinator, -1)
    with pytest.raises(NotNow):
        made(cast.coordinator, *range(1, 62))
    training = made(cast.coordinator)
    begins, ends = in_days(2)[0]
    with pytest.raises(NotNow):
        add_occasion(training=training, starts_at=ends, ends_at=begins, token=uuid4(), by=cast.coordinator)


def test_the_same_form_again_makes_nothing_more(cast):
    token = uuid4()
    assert made(cast.coordinator, token=token) == made(cast.coordinator, token=token)
    times = dict(zip(("starts_at", "ends_at"), in_days(3)[0], strict=True))
    training = now(TrainingEvent.objects.get())
    again = [add_occasion(training=training, token=token, by=cast.coordinator, **times) for _ in range(2)]
    assert again[0] == again[1]
    assert training.occasions.count() == 2


def test_every_other_week_keeps_the_clock_on_the_wall_through_the_change_to_winter_time():
    times = rules.repeated(date(2026, 10, 14), time(9), time(10, 30), every_weeks=2, times=3)
    local = [timezone.localtime(begins) for begins, _ends in times]
    assert [one.date() for one in local] == [date(2026, 10, 14), date(2026, 10, 28), date(2026, 11, 11)]
    assert {one.time() for one in local} == {time(9)}
    assert times[0][0].utcoffset() == times[0][1].utcoffset()
    assert local[0].utcoffset() != local[1].utcoffset()


def test_a_change_is_told_and_an_old_page_changes_nothing(cast):
    training = made(cast.coordinator, 1, 8)
    signed_up(training, cast.teacher)
    first, second = training.occasions.all()
    begins, ends = in_days(2)[0]
    said = {"occasion": first, "starts_at": begins, "ends_at": ends, "place": "Kirjasto", "by": cast.coordinator}
    change_occasion(sequence=0, **said)
    assert now(first).sequence == 1
    with pytest.raises(NotNow):
        change_occasion(sequence=0, **said)
    change_occasion(sequence=1, **said)
    assert now(first).sequence == 1
    changed = Notification.objects.filter(membership=cast.teacher, code="training_changed")
    assert changed.count() == 1
    call_off_occasion(occasion=second, by=cast.coordinator)
    assert Notification.objects.filter(membership=cast.teacher, code="training_called_off").count() == 1
    with pytest.raises(NotNow):
        call_off_occasion(occasion=second, by=cast.coordinator)
    with pytest.raises(NotNow):
        call_off_occasion(occasion=first, by=cast.coordinator)
    with pytest.raises(NotNow):
        change_training(training=training, number=7, by=cast.coordinator, place="Muualla")
    change_training(training=training, number=1, by=cast.coordinator, place="Muualla")
    assert changed.count() == 2
    assert now(first).sequence == 2


def test_what_has_begun_is_not_changed(cast):
    training = held(made(cast.coordinator))
    begins, ends = in_days(2)[0]
    with pytest.raises(NotNow):
        change_occasion(
            occasion=training.occasions.get(), starts_at=begins, ends_at=ends, place="", sequence=0, by=cast.coordinator
        )
