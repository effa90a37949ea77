"""The cast, and the address of a pilot's page."""

import pytest

from pilots.registry.models import Pilot
from tests.cast import Cast


@pytest.fixture
def cast(db):
    return Cast()


@pytest.fixture(autouse=True)
def address(monkeypatch):
    monkeypatch.setattr(Pilot, "get_absolute_url", lambda pilot: f"/pilots/{pilot.public_id}/")
