"""The rows are the queue: whatever wake-up was lost, the sweep finds the flag."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from flags.flagging.commands import withdraw_flag
from flags.flagging.models import Flag
from flags.matching import commands
from flags.matching.commands import settle_flag, sweep
from flags.matching.models import Match


def test_the_sweep_finds_lost_flags(cast):
    for by in (cast.teacher, cast.nurse):
        cast.flag(by, settle=False)
    sweep(older_than_seconds=-1)
    assert Match.objects.count() == 1
    assert not Flag.objects.filter(settled_at=None).exists()


def test_the_sweep_leaves_flags_to_their_own_wake_up_first(cast):
    cast.flag(cast.teacher, settle=False)
    sweep()
    assert Flag.objects.filter(settled_at=None).exists()
    Flag.objects.update(made_at=timezone.now() - timedelta(seconds=6))
    sweep()
    assert not Flag.objects.filter(settled_at=None).exists()


def test_the_sweep_finds_lost_withdrawals(cast):
    withdraw_flag(flag=cast.flag(cast.teacher), by=cast.teacher)
    sweep(older_than_seconds=-1)
    assert not Flag.objects.exists()


def test_a_flag_that_fails_keeps_no_other_waiting(cast, monkeypatch):
    broken, good = cast.flag(cast.teacher, settle=False), cast.flag(cast.nurse, settle=False, first_name="Eeva")

    def settle(*, flag_id):
        if flag_id == broken.pk:
            raise OperationalError("deadlock detected")
        settle_flag(flag_id=flag_id)

    monkeypatch.setattr(commands, "settle_flag", settle)
    try:
        sweep(older_than_seconds=-1)
    except OperationalError:
        pytest.fail("the sweep stopped")
    good.refresh_from_db()
    assert good.settled_at
