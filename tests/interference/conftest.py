import pytest
import time_machine
from django.db import transaction

from coordination.agencies import role_permissions
from tests.cast import Cast
from tests.interference.play import MORNING


@pytest.fixture(scope="package")
def cast(django_db_setup, django_db_blocker):
    """One cast for all plays: each is undone, and the numbers of its rows must not differ."""
    with django_db_blocker.unblock(), transaction.atomic(), time_machine.travel(MORNING, tick=False):
        role_permissions.apply()
        yield Cast()
        transaction.set_rollback(True)
