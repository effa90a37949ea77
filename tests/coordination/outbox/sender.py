"""A sender in a process of its own that is killed, as if by kill -9, at a named step of the mail with a given number.

Run with: python -m tests.coordination.outbox.sender DATABASE PORT STEP NUMBER
"""

import os
import signal
import sys


def die():
    os.kill(os.getpid(), signal.SIGKILL)


def main(database, port, step, number):
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    from django.conf import settings

    settings.DATABASES["default"]["NAME"] = database
    settings.EMAIL_BACKEND = "coordination.outbox.smtp.Backend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", int(port), 5
    import django

    django.setup()
    from coordination.outbox import commands, smtp

    plant(step, int(number), commands, smtp)
    commands.send_waiting()


def plant(step, number, commands, smtp):
    """Put a `die` in place; each of the steps happens once a mail."""
    times = iter(range(1, number + 1))

    def now():
        return next(times, None) == number

    def dying(function, *, before=False, after=False):
        def instead(*args, **kwargs):
            fatal = now()
            if fatal and before:
                die()
            result = function(*args, **kwargs)
            if fatal and after:
                die()
            return result

        return instead

    if step == "before the claim is committed":
        claim_and_die(commands.Claims, now)
    elif step == "after the claim":
        commands.letters.write = dying(commands.letters.write, before=True)
    elif step == "in the middle of the text":
        smtp._Plain.data = half_sent(smtp._Plain.data, now)
    elif step == "when the server has taken it":
        smtp._Plain.data = dying(smtp._Plain.data, after=True)
    elif step == "before sent is committed":
        commands._settled = dying(commands._settled, before=True)


def claim_and_die(claims, now):
    """The statement has run, its transaction is still open: nothing is taken, and the mail before is not settled."""
    from django.db import transaction

    claim = claims.next

    def instead(self, *, after=None):
        if not now():
            return claim(self, after=after)
        with transaction.atomic():
            claim(self, after=after)
            die()

    claims.next = instead


def half_sent(data, now):
    def instead(self, msg):
        if now():
            self.docmd("data")
            self.sock.sendall(msg[: len(msg) // 2])
            die()
        return data(self, msg)

    return instead


if __name__ == "__main__":
    main(*sys.argv[1:])
