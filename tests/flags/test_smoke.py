import pytest

from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_the_way():
    cast = Cast()
    follow_up = cast.match()
    assert follow_up.asked.count() == 2
