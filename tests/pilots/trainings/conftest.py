import pytest

from tests.pilots.registry.pages import Browser


@pytest.fixture
def coordinator(client, cast):
    return Browser(client, cast.coordinator)
