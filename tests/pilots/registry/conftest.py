import pytest

from tests.pilots.registry.pages import Browser
from tests.pilots.registry.piloting import begun


@pytest.fixture
def coordinator(client, cast):
    return Browser(client, cast.coordinator)


@pytest.fixture
def pilot(cast):
    """A planned pilot that the coordinator leads."""
    return begun(cast.coordinator)
