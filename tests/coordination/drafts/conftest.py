"""Somebody at a computer, and a clock that stands still until it is moved."""

from datetime import UTC, datetime
from urllib.parse import unquote

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from coordination.agencies import role_permissions
from coordination.agencies.models import User
from tests.cast import PASSWORD, Cast

MORNING = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
UNLOCK = "/account/reauthenticate/"


@pytest.fixture(autouse=True)
def fresh_limits(db):
    """Tries of one test don't count in the next."""
    cache.clear()


@pytest.fixture
def clock():
    with time_machine.travel(MORNING, tick=False) as clock:
        yield clock


@pytest.fixture
def cast(db, clock):
    role_permissions.apply()
    cast = Cast()
    # Sentences are compared as they stand in the code.
    User.objects.update(language="en")  # unaudited: a test
    return cast


@pytest.fixture
def enter(cast):
    """Signs somebody in through the front door, as a browser does: enter(membership) -> client."""

    def enter(membership, **options):
        client = Client(**options)
        client.post(reverse("account_login"), {"login": membership.user.email, "password": PASSWORD})
        return client

    return enter


def unlock(client, answer, password=PASSWORD):
    """Type the password at the page that `answer` leads to; gives back where that leads."""
    path, _, following = answer.url.partition("?next=")
    assert path == UNLOCK, answer.url
    return client.post(path, {"password": password, "next": unquote(following)})
