import pytest

from tests.cast import Cast


@pytest.fixture
def cast(db):
    """Mikkeli allows identity codes here, so that a join can meet two of them."""
    cast = Cast()
    cast.mikkeli.hetu_allowed = True
    cast.mikkeli.save()
    return cast
