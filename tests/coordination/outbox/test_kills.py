"""P13: whenever the sender is killed, the sink and the human list hold every mail, and the sink none twice."""

import signal
import subprocess
import sys
import threading
from collections import Counter
from datetime import timedelta
from email import message_from_bytes

import pytest
import time_machine
from django.db import connection, connections
from django.utils import timezone

from coordination.outbox.commands import make_digests, send_waiting, tell
from coordination.outbox.models import Mail, Notification
from tests.coordination.outbox.conftest import WAITS, moment
from tests.house.source import ROOT

pytestmark = pytest.mark.django_db(transaction=True)

MAILS = 6


def run_sender(mail_server, step, number):
    command = [sys.executable, "-m", "tests.coordination.outbox.sender"]
    arguments = [connection.settings_dict["NAME"], str(mail_server.port), step, str(number)]
    return subprocess.run([*command, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=60)


def in_sink(mail_server):
    """How often each mail arrived, by its public id."""
    ids = [message_from_bytes(content)["Message-ID"] for _, _, content in mail_server.arrived]
    return Counter(one.strip("<>").split("@")[0] for one in ids)


@pytest.mark.parametrize(
    ("step", "number", "arrived", "stuck"),
    [
        ("before the claim is committed", 1, MAILS, 0),
        # What came of the mail before is committed together with the claim.
        ("before the claim is committed", 4, MAILS, 1),
        *(
            (step, number, arrived, 1)
            for number in (1, 4)
            for step, arrived in (
                ("after the claim", MAILS - 1),
                ("in the middle of the text", MAILS - 1),
                ("when the server has taken it", MAILS),
                ("before sent is committed", MAILS),
            )
        ),
    ],
)
def test_kill_nine_of_the_sender(mails, mail_server, step, number, arrived, stuck):
    made = {str(mail.public_id) for mail in mails(MAILS)}
    sender = run_sender(mail_server, step, number)
    assert sender.returncode == -signal.SIGKILL, sender.stderr
    send_waiting()
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        send_waiting()
    sink = in_sink(mail_server)
    human = {str(mail.public_id) for mail in Mail.objects.for_a_human()}
    assert (len(sink), len(human)) == (arrived, stuck)
    assert set(sink) | human == made
    assert set(sink.values()) == {1}
    assert not Mail.objects.filter(state__in=["waiting", "sending"]).exists()


def test_the_database_dies_between_taking_and_sent(mails, mail_server, monkeypatch):
    """The server has taken a mail whose `sent` can't be committed: a human's, like any that nobody knows of."""
    made = {str(mail.public_id) for mail in mails(3)}
    from coordination.outbox import commands

    settled = commands._settled

    def lose_the_database(*args):
        pid = connection.connection.info.backend_pid
        monkeypatch.setattr(commands, "_settled", settled)
        import psycopg

        with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": None}) as other:
            other.execute("SELECT pg_terminate_backend(%s)", [pid])
        return settled(*args)

    monkeypatch.setattr(commands, "_settled", lose_the_database)
    with pytest.raises(Exception, match="terminat|closed|lost"):
        send_waiting()
    connection.close()
    send_waiting()
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        send_waiting()
    human = {str(mail.public_id) for mail in Mail.objects.for_a_human()}
    assert len(human) == 1
    assert set(in_sink(mail_server)) | human == made
    assert set(in_sink(mail_server).values()) == {1}


def together(count, function):
    """Run the function in so many threads that start at once, each with a database connection of its own."""
    start, results = threading.Barrier(count), []

    def run():
        try:
            start.wait()
            results.append(function())
        except Exception as error:  # shown by the assertion on the results
            results.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_four_senders_at_once_send_each_mail_once(mails, mail_server):
    made = {str(mail.public_id) for mail in mails(40)}
    assert sum(together(4, send_waiting)) == 40
    assert in_sink(mail_server) == Counter(made)


def test_four_timetables_at_once_make_each_digest_once(person):
    readers = [person() for _ in range(40)]
    tell(WAITS, to=readers, link="/", dedupe="x")
    Notification.objects.update(made_at=moment("2026-11-23", 15))
    assert sum(together(4, lambda: make_digests(now=moment("2026-11-24")))) == 40
    assert Mail.objects.count() == 40
    assert not Notification.objects.filter(mail=None).exists()


def test_four_tellers_of_the_same_news_tell_it_once(person):
    readers = [person(rhythm="immediate") for _ in range(10)]
    results = together(4, lambda: tell(WAITS, to=readers, link="/", dedupe="x"))
    assert results == [None] * 4
    assert Notification.objects.count() == Mail.objects.count() == 10
