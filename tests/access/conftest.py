"""One world for all tests of this folder, and each role's walk through it made once."""

from functools import cache

import pytest
from django.db import transaction

from tests.access.browser import Walk
from tests.access.world import World


@pytest.fixture(scope="package")
def world(django_db_setup, django_db_blocker):
    """Somebody in every relation to one young person. Each test's own transaction lies within this one."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield World()
        transaction.set_rollback(True)


@pytest.fixture(scope="package")
def walk(world):
    """The walk of a role through every line of the table."""
    return cache(lambda role: Walk(world, role))
