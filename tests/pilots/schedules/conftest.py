import pytest

from tests.pilots.measures.measuring import working
from tests.pilots.questionnaires import filling
from tests.pilots.registry.pages import Browser
from tests.pilots.schedules.following import begun


@pytest.fixture
def person(cast):
    """An eighteen-year-old with whom the nurse works."""
    return working(cast, cast.nurse)


@pytest.fixture
def enrolment(cast, person):
    """The nurse's schedule with her, from sixteen days ago: the first step is late, the second to come."""
    return begun(person, cast.nurse, days_ago=16)


@pytest.fixture
def nurse(client, cast):
    return Browser(client, cast.nurse)


@pytest.fixture
def version(cast):
    return filling.approved(cast.second_coordinator, cast.administrator)
