"""A match that waits for its coordinator, and what the call sheet posts."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from coordination.clocks.rules import today
from coordination.follow_ups import commands
from coordination.outbox.models import Notification
from tests.cast import Cast, sign_in


@pytest.fixture
def cast(db):
    return Cast()


@pytest.fixture
def waiting(cast):
    """Aino's follow-up, that nobody has taken up; the teacher and the nurse had flagged."""
    return cast.match()


@pytest.fixture
def taken_up(cast, waiting):
    return commands.take_up(follow_up=waiting, by=cast.coordinator)


@pytest.fixture
def kaisa(cast):
    """A browser of the coordinator who takes things up here."""
    return sign_in(Client(), cast.coordinator)


@pytest.fixture
def kalle(cast):
    """A browser of the area's other coordinator."""
    return sign_in(Client(), cast.second_coordinator)


def url(name, follow_up, *more):
    return reverse(f"follow_ups:{name}", args=[follow_up.public_id, *more])


def opened(client, follow_up):
    """What a browser would send back if the sheet was opened now and nothing typed; with its own token."""
    form = client.get(url("sheet", follow_up)).context["form"]
    data = {"attempt": "none", "token": str(uuid4())}
    for name in form.fields:
        value = form[name].value()
        if name == "next_step_on":
            parts = (value.day, value.month, value.year) if value else ("", "", "")
            data |= dict(zip(("next_step_on_day", "next_step_on_month", "next_step_on_year"), parts, strict=True))
        elif name not in data and value not in (None, False):
            data[name] = "on" if value is True else value
    return data


def step(name="call_again", *, days=3):
    """The fields of a next step in so many days."""
    day = today() + timedelta(days=days)
    return {
        "next_step": name,
        "next_step_on_day": day.day,
        "next_step_on_month": day.month,
        "next_step_on_year": day.year,
    }


REACHED = {"attempt": "reached", "channel": "phone", "identity_checked": "known_number"}
NOT_REACHED = {"attempt": "not_reached", "channel": "phone"}


def decides(adult, takes_part, may_know="", said_by="young_person"):
    """The fields of what the young person says of one adult."""
    key = adult.public_id.hex
    return {f"takes_part_{key}": takes_part, f"may_know_{key}": may_know, "said_by": said_by}


def asked(follow_up, membership):
    return follow_up.asked.get(membership=membership)


def told(membership, code):
    """How many notices of this code the membership has."""
    return Notification.objects.filter(membership=membership, code=code).count()
