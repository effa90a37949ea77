"""The cast of the service map."""

import pytest

from tests.cast import Cast
from tests.pilots.service_map.surveying import group


@pytest.fixture
def cast(db):
    return Cast()


@pytest.fixture
def lead(cast):
    """Who leads Mikkeli's group."""
    group(cast)
    return cast.coordinator


@pytest.fixture
def unhurried(settings):
    """Nothing is noted of the session meanwhile, however slow the machine: only the page's own statements count."""
    settings.LOCK_AFTER_MINUTES = 600
