"""A town with people to be told, and a mail server that can be made to misbehave."""

import itertools
from datetime import datetime
from types import SimpleNamespace

import pytest
from aiosmtpd.controller import Controller

from coordination.agencies.models import Agency, Area, Membership, User
from coordination.clocks.rules import HELSINKI
from coordination.outbox.models import Mail
from coordination.outbox.notices import Notice
from tests.conftest import Sink, free_port

WAITS = Notice(code="test_waits", kind=Notice.WAITS)
FYI = Notice(code="test_fyi", kind=Notice.FYI)


def moment(day, hour=8, minute=0):
    """A moment by the clock in Finland; `day` like "2026-11-23" (a Monday)."""
    year, month, date = map(int, day.split("-"))
    return datetime(year, month, date, hour, minute, tzinfo=HELSINKI)


@pytest.fixture(autouse=True)
def no_broker(monkeypatch):
    """Nobody listens; what would have been woken is kept."""
    woken = []
    monkeypatch.setattr("coordination.outbox.commands.wake", lambda name: woken.append(name))
    return woken


@pytest.fixture
def town(db):
    return make_town("Kirkkola")


def make_town(name):
    area = Area.objects.create(name_fi=name, coordinator_phone="+358401234567")
    agency = Agency.objects.create(
        area=area, name_fi=f"{name}n salainen klinikka", sector=Agency.Sector.PUBLIC, kind=Agency.Kind.HEALTH
    )
    return SimpleNamespace(area=area, agency=agency)


@pytest.fixture
def person(town):
    """Make a professional of the town; give their membership."""
    numbers = itertools.count(1)

    def make(rhythm=User.Rhythm.DAILY, language="fi", agency=None, role=Membership.Role.PROFESSIONAL, **fields):
        number = next(numbers)
        user = User.objects.create_user(
            f"reader{number}@example.org",
            first_name="Aino",
            last_name=f"Lukija{number}",
            rhythm=rhythm,
            language=language,
            **fields,
        )
        return Membership.objects.create(user=user, agency=agency or town.agency, role=role, started_on="2020-01-01")

    return make


@pytest.fixture
def mails(person):
    """Make so many mails that wait, each with a notice, to as many readers."""
    from coordination.outbox.commands import tell

    def make(count):
        tell(WAITS, to=[person(rhythm="immediate") for _ in range(count)], link="/", dedupe="x")
        return list(Mail.objects.order_by("pk"))

    return make


class Moody(Sink):
    """A mail server whose answers to RCPT and DATA can be set; None hangs up, and a list is used up one by one."""

    def __init__(self):
        super().__init__()
        self.rcpt, self.data = [], []
        self.connections = 0

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        answer = self.rcpt.pop(0) if self.rcpt else "250 OK"
        if answer is None:
            server.transport.abort()
            return "421 going"
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope):
        answer = self.data.pop(0) if self.data else "250 OK"
        if answer is None:
            server.transport.abort()
            return "421 going"
        if answer.startswith("250"):
            return await super().handle_DATA(server, session, envelope)
        return answer


@pytest.fixture
def mail_server(settings):
    server = Moody()
    controller = Controller(server, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "coordination.outbox.smtp.Backend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", controller.port, 5
    server.port, server.stop = controller.port, controller.stop
    yield server
    if controller.server is not None:
        controller.stop()
