"""The same story played twice, and everything that one professional can see of it.

What is masked is what is random in any two plays: form tokens, request ids, random ids (each by the order in which it
first shows, so that one id in another's place is seen), and the values of SQL statements, never their text.
"""

import difflib
import re
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from io import BytesIO
from uuid import UUID
from zipfile import ZipFile

import time_machine
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core import mail
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from coordination.agencies.models import Area, Membership
from coordination.follow_ups.commands import look_after_clocks
from coordination.interface.spreadsheets import XLSX
from coordination.outbox.commands import make_digests, send_waiting
from coordination.outbox.models import Notification
from coordination.people.access import end_by_date
from flags.flagging.commands import end_expired
from flags.flagging.renewing import remind_of_ends
from flags.matching.commands import sweep
from tests.cast import PASSWORD, born

# A Tuesday, so that tomorrow is a working day.
MORNING = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
# The sheet's `seen` holds, signed with the time, what its fields show in the open.
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])")
_SIGNED = re.compile(r'(name="(?:csrfmiddlewaretoken|seen)" value=")[^"]+')
_MESSAGE_ID = re.compile(r"^Message-ID: .*$", re.MULTILINE | re.IGNORECASE)
_BOUNDARY = re.compile(r"=+\d+=+")
_SAVEPOINT = re.compile(r'"s\d+_x\d+"')


class Play:
    """One play: the cast, a clock that stands still between steps, and the transcript of what A sees."""

    def __init__(self, cast, me, *, threshold, clock, undo_minutes=0, informs=False):
        self.clock = clock
        self.cast = cast
        self.undo_minutes = cast.mikkeli.undo_minutes = undo_minutes
        Area.objects.filter(pk=cast.mikkeli.pk).update(undo_minutes=undo_minutes)
        area = Area.objects.get(pk=cast.mikkeli.pk)
        area.threshold = threshold
        if informs:
            area.reveal_rule, area.inform_basis = Area.RevealRule.INFORM, "Laki 123/2026 4 §"
        area.save()
        # Members were read with their area.
        for member in vars(cast).values():
            if isinstance(member, Membership) and member.agency.area_id == area.pk:
                member.agency.area = area
        self.me = me
        self.client = Client()
        self.transcript = []
        self.paths = []
        self._ids = {}

    def tick(self, **span):
        """Time passes, the same in every play."""
        self.clock.shift(timedelta(**(span or {"minutes": 1})))

    def worker(self):
        """The timetable comes round: everything that waits is done."""
        sweep(older_than_seconds=-1)
        end_expired()
        remind_of_ends()
        end_by_date()
        look_after_clocks()
        make_digests()
        send_waiting()

    def next_morning(self):
        """A day later A signs in again: whoever doesn't is shown nothing but the page where one does."""
        self.tick(days=1)
        self.worker()
        self.sign_in()

    def see(self, label, method, path, data=None):
        """A asks for a page, and all that A could notice is written down."""
        self.tick()
        self.paths.append(path)
        statements = []

        def note(execute, sql, params, many, context):
            statements.append(_SAVEPOINT.sub('"s"', sql))
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note):
            response = self.client.get(path) if method == "GET" else self.client.post(path, data or {})
        assert not response.headers.get("Location", "").startswith("/account/login/?"), f"{label}: signed out"
        headers = sorted((name, value) for name, value in response.headers.items() if name != "X-Request-ID")
        seen = [
            f"{method} {label}: {response.status_code}",
            *(self.mask(f"{name}: {value}") for name, value in headers),
            f"cookies: {sorted(response.cookies)}",
            *self.mask(_text(response)).splitlines(),
            f"{len(statements)} statements",
            *statements,
        ]
        self.transcript += seen
        return response

    def see_what_came(self):
        """A's notices and mails, all of them, in their order."""
        rows = Notification.objects.filter(membership=self.me).order_by("made_at", "pk")
        for row in rows:
            line = f"notice {row.code} {row.kind} {row.link} {row.due_on} {row.made_at} {row.seen_at}"
            self.transcript.append(self.mask(line))
        for message in mail.outbox:
            if self.me.user.email in message.to:
                text = _MESSAGE_ID.sub("Message-ID:", message.message().as_string())
                self.transcript += self.mask(_BOUNDARY.sub("=", text)).splitlines()

    def mask(self, text):
        """The text with its random ids as `id 1`, `id 2` … in the order in which they first showed."""
        text = _SIGNED.sub(r"\1", text)
        return _UUID.sub(lambda found: self._ids.setdefault(UUID(found[0]), f"id {len(self._ids) + 1}"), text)

    def sign_in(self):
        self.see("sign in", "GET", "/account/login/")
        self.see("sign in", "POST", "/account/login/", {"login": self.me.user.email, "password": PASSWORD})

    def typed(self, token, **other):
        """What A types into the flag form about Aino Virtanen, unless told otherwise."""
        values = {"first_name": "Aino", "last_name": "Virtanen", "birth_date": born(18), "token": str(token)} | other
        day = values.pop("birth_date")
        born_on = {"birth_date_day": day.day, "birth_date_month": day.month, "birth_date_year": day.year}
        return {"told_and_allowed": "on", "phone": "040 123 4567"} | born_on | self.boxes(60) | values

    def boxes(self, days):
        """What A types as the last day, so many days from now."""
        until = timezone.localdate() + timedelta(days=days)
        return {"until_day": until.day, "until_month": until.month, "until_year": until.year}


def _text(response):
    """What a page, a file of text or a workbook says. A workbook's parts carry the time of the machine's own clock."""
    if response.headers.get("Content-Type") != XLSX:
        return response.content.decode()
    with ZipFile(BytesIO(response.content)) as book:
        return "\n".join(f"{name}: {book.read(name).decode()}" for name in book.namelist())


@contextmanager
def undone():
    """A database as it was, afterwards. Counts as a test's own transaction, in which durable ones may run."""
    block = transaction.atomic()
    block._from_testcase = True
    with block:
        yield
        transaction.set_rollback(True)


def play(story, cast, *, threshold, others, me=None, undo_minutes=0, informs=False):
    """Play the story of `me` (the teacher) with what the others do, which hook `before`, `after_flag` and `later`."""
    mail.outbox.clear()
    # Which kinds of rows have been asked for once in this process must not count as a difference.
    ContentType.objects.get_for_models(*apps.get_models())
    with undone(), time_machine.travel(MORNING, tick=False) as clock:
        options = {"undo_minutes": undo_minutes, "informs": informs}
        one = Play(cast, me or cast.teacher, threshold=threshold, clock=clock, **options)
        story(one, others)
        return one.transcript


def difference(one, other):
    """The first differing lines of two transcripts, as text; empty when they are the same."""
    if one == other:
        return ""
    found = [line[:300] for line in difflib.unified_diff(one, other, "alone", "with the other", lineterm="", n=6)]
    return "\n".join(found[:80])
