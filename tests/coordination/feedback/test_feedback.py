"""Feedback on the portal: anybody can give it, the area's administrators alone read it, and it goes when handled."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from coordination.agencies.models import Membership
from coordination.agencies.rules import NotNow
from coordination.feedback import commands, rules
from coordination.feedback.models import Feedback
from coordination.outbox.models import Notification
from tests.cast import Cast, sign_in
from tests.forms.page_forms import forms_of

pytestmark = pytest.mark.django_db
HERE = "/feedback/"


@pytest.fixture
def cast():
    return Cast()


def give(cast, **said):
    return commands.give_feedback(**{"area": cast.mikkeli, "kind": "idea", "text": "x", "token": uuid4()} | said)


def send(client, **typed):
    data = next(form for form in forms_of(client.get(HERE), HERE) if form.action == HERE).data(**typed)
    return client.post(HERE, data)


def test_somebody_without_an_account_says_which_area_and_is_heard(client, cast):
    assert send(client, kind="accessibility", text="The button has no name").status_code == 200
    answer = send(client, kind="accessibility", text="The button has no name", area=cast.mikkeli.pk)
    assert answer.status_code == 302
    feedback = Feedback.objects.get()
    assert (feedback.area, feedback.signed_in, feedback.text) == (cast.mikkeli, False, "The button has no name")


def test_whoever_is_signed_in_writes_to_their_own_area_whatever_they_send(client, cast):
    sign_in(client, cast.teacher)
    send(client, kind="fault", text="No", area=cast.kerava.pk)
    assert Feedback.objects.get().area == cast.mikkeli


def test_only_the_areas_administrators_are_told_and_by_when(cast):
    feedback = give(cast)
    told = Notification.objects.filter(about=feedback.public_id)
    assert {one.membership.role for one in told} == {Membership.Role.ADMINISTRATOR}
    assert {one.membership.agency.area for one in told} == {cast.mikkeli}
    assert {one.due_on for one in told} == {timezone.localdate() + timedelta(days=14)}


def test_sent_twice_it_is_one(cast):
    token = uuid4()
    assert give(cast, token=token) == give(cast, token=token)
    assert Feedback.objects.count() == 1


def test_strangers_can_not_shut_the_channel_for_those_signed_in(cast, monkeypatch):
    monkeypatch.setattr(rules, "A_DAY_FROM_STRANGERS", 1)
    give(cast)
    with pytest.raises(NotNow):
        give(cast)
    give(cast, by=cast.teacher)


def test_handled_is_said_once_and_only_in_the_own_area(cast):
    feedback = give(cast)
    elsewhere = cast.member("Aatu", "Muualta", cast.other_school, role=Membership.Role.ADMINISTRATOR)
    assert not commands.set_handled(feedback=feedback, by=elsewhere)
    assert commands.set_handled(feedback=feedback, by=cast.administrator)
    assert not commands.set_handled(feedback=feedback, by=cast.administrator)
    assert not Notification.objects.waiting().filter(about=feedback.public_id).exists()


def test_handled_feedback_is_forgotten_after_the_areas_days_and_other_feedback_stays(cast):
    handled, open_one = give(cast), give(cast)
    commands.set_handled(feedback=handled, by=cast.administrator)
    with time_machine.travel(timezone.now() + timedelta(days=cast.mikkeli.days_feedback_is_kept + 1)):
        commands.forget_old()
    assert list(Feedback.objects.all()) == [open_one]


def test_the_text_is_unreadable_in_the_database(cast):
    from django.db import connection

    feedback = give(cast, text="Salaisuus", reply_to="me@example.test")
    with connection.cursor() as cursor:
        cursor.execute("SELECT text, reply_to FROM coordination_feedback WHERE id = %s", [feedback.pk])
        assert all("Salaisuus" not in cell and "example" not in cell for cell in cursor.fetchone())
