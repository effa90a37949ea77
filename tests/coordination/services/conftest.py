"""The two closed lists as they come with the program, and services of Mikkeli."""

import pytest

from tests.cast import Cast
from tests.directory import lists


@pytest.fixture
def cast(db):
    lists()
    return Cast()
