"""P13, what the mail server can do: each failure has one meaning, and no mail is sent twice or forgotten."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
import time_machine
from django.utils import timezone

from coordination.outbox import commands
from coordination.outbox.claims import Claims, Settled
from coordination.outbox.commands import done, send_again, send_waiting, set_handled
from coordination.outbox.models import Mail, Notification
from coordination.outbox.rules import WAITS_BETWEEN_TRIES
from coordination.outbox.states import MOVES, MailState

pytestmark = pytest.mark.django_db(transaction=True)


def states():
    return list(Mail.objects.order_by("pk").values_list("state", flat=True))


def arrived(server):
    return [message_from_bytes(content, policy=policy.default) for _, _, content in server.arrived]


def test_all_leave_over_one_connection_each_to_one_receiver(mails, mail_server):
    made = mails(5)
    assert send_waiting() == 5
    assert set(states()) == {"sent"}
    assert mail_server.connections == 1
    assert [receivers for _, receivers, _ in mail_server.arrived] == [(mail.user.email,) for mail in made]
    assert send_waiting() == 0
    assert len(mail_server.arrived) == 5
    assert all(mail.sent_at for mail in Mail.objects.all())


def test_at_most_so_many(mails, mail_server):
    mails(3)
    assert send_waiting(limit=2) == 2
    assert states() == ["sent", "sent", "waiting"]


@pytest.mark.parametrize(
    ("answers", "state", "left"),
    [
        ({"rcpt": ["450 later"]}, "waiting", 0),
        ({"rcpt": ["550 no such user"]}, "failed", 0),
        ({"rcpt": [None]}, "waiting", 0),
        ({"data": ["451 later"]}, "waiting", 0),
        ({"data": ["554 refused"]}, "failed", 0),
        ({"data": [None]}, "stuck", 0),
    ],
)
def test_what_each_failure_means(mails, mail_server, answers, state, left):
    """Nothing has left before DATA; after it only the server's own word tells."""
    mails(2)
    for where, answer in answers.items():
        setattr(mail_server, where, answer)
    assert send_waiting() == 1
    assert states() == [state, "sent"]
    assert len(mail_server.arrived) == 1 + left


def test_without_our_connection_a_broken_one_is_never_trusted(mails, mail_server, settings):
    """Another backend doesn't tell how far a message got, so a human decides."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    mails(1)
    mail_server.rcpt = [None]
    send_waiting()
    assert states() == ["stuck"]


def test_while_the_server_is_away_one_mail_is_tried_and_all_wait(mails, mail_server):
    mails(3)
    mail_server.stop()
    assert send_waiting() == 0
    assert states() == ["waiting"] * 3
    assert [mail.attempts for mail in Mail.objects.order_by("pk")] == [1, 0, 0]


def test_tries_again_ever_later_and_then_leaves_it_to_a_human(mails, mail_server):
    (mail,) = mails(1)
    mail_server.rcpt = ["450 later"] * 6
    now = timezone.now()
    for wait in WAITS_BETWEEN_TRIES:
        with time_machine.travel(now, tick=False):
            send_waiting()
            mail.refresh_from_db()
            assert (mail.state, mail.next_try_at) == ("waiting", now + wait)
            assert send_waiting() == 0
        now += wait
    with time_machine.travel(now, tick=False):
        send_waiting()
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == ("failed", 6)
    assert "450 later" in mail.error


def test_the_error_has_no_address(mails, mail_server):
    mails(1)
    mail_server.rcpt = ["550 5.1.1 <reader1@example.org>: unknown"]
    send_waiting()
    assert Mail.objects.get().error == "550 5.1.1 … unknown"


def test_what_a_dead_sender_left_is_never_sent_blindly(mails, mail_server):
    (mail,) = mails(1)
    Claims().next()
    assert send_waiting() == 0
    with time_machine.travel(timezone.now() + timedelta(minutes=9)):
        send_waiting()
        assert states() == ["sending"]
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        send_waiting()
    assert states() == ["stuck"]
    assert list(Mail.objects.for_a_human()) == [mail]
    assert mail_server.arrived == []


def test_a_slow_sender_does_not_overrule_a_human(mails, mail_server):
    mails(1)
    claims = Claims()
    slow = claims.next()
    Mail.objects.update(state=MailState.STUCK)
    set_handled(mail=Mail.objects.get(), by=Notification.objects.get().membership)
    claims.settle(Settled(slow, MailState.SENT))
    assert states() == ["handled"]


def test_what_came_of_a_mail_is_committed_with_the_next_claim(mails, mail_server):
    first, second = mails(2)
    claims = Claims()
    taken = claims.next()
    assert (taken.pk, states()) == (first.pk, ["sending", "waiting"])
    assert claims.next(after=Settled(taken, MailState.SENT)).pk == second.pk
    assert states() == ["sent", "sending"]
    with pytest.raises(ValueError, match="can't go"):
        claims.settle(Settled(taken, MailState.HANDLED))


def test_a_mail_that_was_put_off_is_not_taken_again_in_the_same_breath(mails, mail_server):
    mails(1)
    claims = Claims()
    later = Settled(claims.next(), MailState.WAITING, next_try_at=timezone.now())
    assert claims.next(after=later) is None
    assert states() == ["waiting"]


def test_nothing_leaves_when_nothing_is_left_to_tell(mails, mail_server):
    first, second, third = mails(3)
    done(about=None)
    Notification.objects.filter(mail=first).update(done_at=None)
    third.user.is_active = False
    third.user.save()
    assert send_waiting() == 1
    assert states() == ["sent", "empty", "empty"]


def test_a_human_lets_it_leave_again_under_the_same_message_id(mails, mail_server):
    (mail,) = mails(1)
    by = mail.notifications.get().membership
    mail_server.data = [None]
    send_waiting()
    mail.refresh_from_db()
    assert send_again(mail=mail, by=by)
    assert send_waiting() == 1
    (message,) = arrived(mail_server)
    assert message["Message-ID"].startswith(f"<{mail.public_id}@")
    with pytest.raises(ValueError, match="can't go"):
        set_handled(mail=Mail.objects.get(), by=by)


def test_one_letter_that_cannot_be_written_does_not_hold_up_the_others(mails, mail_server, monkeypatch):
    broken, _ = mails(2)
    write = commands.letters.write

    def sometimes(mail, connection):
        if mail.pk == broken.pk:
            raise KeyError("a template's bug")
        return write(mail, connection)

    monkeypatch.setattr(commands.letters, "write", sometimes)
    assert send_waiting() == 1
    assert states() == ["failed", "sent"]


def test_every_move_of_a_mail_is_one_of_the_list():
    assert set(MOVES) == set(MailState)
    ends = {state for state, moves in MOVES.items() if not moves}
    assert ends == {MailState.SENT, MailState.EMPTY, MailState.HANDLED}
