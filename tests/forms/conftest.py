import pytest
from django.db import transaction

from tests.access.world import World


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Somebody in every relation to one young person. Each test's own transaction lies within this one."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield World()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def nobody_falls_asleep(settings):
    """Trying every value takes longer than a session stays awake, and no request of it is kept."""
    settings.LOCK_AFTER_MINUTES = settings.STEP_UP_MINUTES = 600
