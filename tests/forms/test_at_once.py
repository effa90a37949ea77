"""The same form posted by two browsers in the same moment does its work once."""

from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client

from coordination.activity.models import Event
from coordination.follow_ups.models import ContactAttempt
from coordination.people.models import YoungPerson
from flags.flagging.models import Flag
from tests.cast import Cast, sign_in
from tests.forms.page_forms import NEW, call_data, flag_data

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(clients, path, data):
    """The same form posted by two browsers at the same moment; the two answers."""
    barrier, answers = Barrier(len(clients)), []

    def post(client):
        try:
            barrier.wait(10)
            answers.append(client.post(path, data))
        finally:
            connection.close()

    threads = [Thread(target=post, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


def two_of(member):
    """Two browsers in which this member is signed in."""
    return [sign_in(Client(raise_request_exception=False), member) for _ in range(2)]


def test_one_flag_posted_twice_at_once():
    cast = Cast()
    clients = two_of(cast.teacher)
    answers = at_once(clients, NEW, flag_data(clients[0]))
    assert [answer.status_code for answer in answers] == [302, 302]
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert Flag.objects.count() == YoungPerson.objects.count() == 1


def test_one_call_saved_twice_at_once():
    cast = Cast()
    follow_up = cast.match()
    clients = two_of(cast.coordinator)
    path = f"/follow-ups/{follow_up.public_id}/"
    clients[0].post(f"{path}take-up/")
    answers = at_once(clients, path, call_data(clients[0], path))
    assert [answer.status_code for answer in answers] == [302, 302]
    assert ContactAttempt.objects.count() == 1
    assert Event.objects.filter(kind=Event.Kind.CONTACT_TRIED).count() == 1
