"""Sending from the outbox beside sending the same messages over one SMTP connection that stays open."""

import socket
import subprocess
import sys
import tempfile
import time
from statistics import median

from django.conf import settings
from django.core.mail import get_connection

from coordination.agencies.models import Membership, User
from coordination.outbox import commands, letters
from coordination.outbox.models import Mail
from coordination.outbox.notices import Notice
from tests.conftest import free_port

ROUNDS, MAILS = 12, 150


def main():
    """Measure in turns, and give the median ratio of the two rates."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        sink = subprocess.Popen([sys.executable, "-m", "scripts.bench.sink", str(port), f"{folder}/arrived"])
        settings.EMAIL_BACKEND = "coordination.outbox.smtp.Backend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 30
        try:
            _wait_for(port)
            return {"ratio": median(_rounds())}
        finally:
            sink.terminate()
            sink.wait()


def _wait_for(port):
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("The mail server did not start.")


def _rounds():
    """The outbox's rate in parts of the connection's, round by round; the first round warms up."""
    _queue(ROUNDS * MAILS)
    write, ratios = letters.write, []
    for _ in range(ROUNDS):
        written = []

        def keep(mail, connection, written=written):
            written.append(write(mail, connection))
            return written[-1]

        letters.write = keep
        before = time.perf_counter()
        sent = commands.send_waiting(limit=MAILS)
        ours = time.perf_counter() - before
        letters.write = write
        if sent != MAILS:
            raise RuntimeError(f"{sent} of {MAILS} mails were sent.")
        line = get_connection()
        before = time.perf_counter()
        line.open()
        for message in written:
            line.send_messages([message])
        line.close()
        ratios.append((time.perf_counter() - before) / ours)
    return ratios[1:]


def _queue(number):
    """So many mails, each about what one reader was told."""
    Mail.objects.all().delete()
    readers = Membership.objects.filter(pk__in=Membership.objects.order_by("pk").values("pk")[:number])
    User.objects.filter(memberships__in=readers).update(rhythm=User.Rhythm.IMMEDIATE)
    commands.tell(
        Notice(code="follow_up_waits", kind=Notice.WAITS),
        to=readers.select_related("user"),
        link="/",
        dedupe=f"bench {time.time()}",
    )
