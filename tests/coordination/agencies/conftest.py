"""The cast, with what the roles may do in the administration."""

import pytest

from coordination.agencies import role_permissions
from tests.cast import Cast


@pytest.fixture
def cast(db):
    role_permissions.apply()
    return Cast()
