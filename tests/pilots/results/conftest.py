import pytest

from tests.pilots.registry.pages import Browser
from tests.pilots.registry.piloting import in_state


@pytest.fixture(autouse=True)
def summer(time_machine):
    """It is the end of July 2026: the first half-year is over, and its figures can show."""
    time_machine.move_to("2026-07-20T09:00:00+00:00")


@pytest.fixture
def pilot(cast):
    """A running pilot that the coordinator leads since January."""
    return in_state("running", cast.coordinator)


@pytest.fixture
def coordinator(client, cast):
    return Browser(client, cast.coordinator)
