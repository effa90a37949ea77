from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from coordination.erasures.commands import write_ledger
from tests.cast import Cast


@pytest.fixture
def cast(db):
    """Mikkeli allows identity codes here, so that a join can meet two of them."""
    cast = Cast()
    cast.mikkeli.hetu_allowed = True
    cast.mikkeli.save()
    return cast


@pytest.fixture
def restored(time_machine):
    """What is done in `with restored():` happens after the backup, and only the ledger outlives it."""

    class Restored:
        def __enter__(self):
            time_machine.move_to(timezone.now() + timedelta(hours=1), tick=False)
            self.point = transaction.savepoint()

        def __exit__(self, *exception):
            write_ledger()
            transaction.savepoint_rollback(self.point)
            time_machine.move_to(timezone.now() + timedelta(hours=1), tick=False)

    return Restored
