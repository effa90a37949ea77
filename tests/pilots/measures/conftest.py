import pytest

from tests.pilots.measures.measuring import begun, working
from tests.pilots.registry.pages import Browser


@pytest.fixture
def person(cast):
    """An eighteen-year-old with whom the nurse works."""
    return working(cast, cast.nurse)


@pytest.fixture
def course(cast, person):
    """The nurse's course with her, begun six weeks ago."""
    return begun(person, cast.nurse, days_ago=42)


@pytest.fixture
def nurse(client, cast):
    return Browser(client, cast.nurse)
