"""A flag is undone in the very moment in which the worker comes for it: it is either gone, or it has met the others."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import translation

from coordination.agencies.rules import NotNow
from coordination.follow_ups.models import FollowUp
from flags.flagging import rules
from flags.flagging.commands import undo_flag
from flags.flagging.models import Flag
from flags.matching import commands
from flags.matching.commands import settle_flag
from tests.flags.together import Doing

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def clock():
    with translation.override("en"), time_machine.travel("2026-11-18T10:00:00+00:00", tick=False) as clock:
        yield clock


@pytest.fixture
def flag(cast):
    """The nurse's flag counts; the teacher's can be undone for ten minutes."""
    cast.flag(cast.nurse)
    cast.mikkeli.undo_minutes = 10
    cast.mikkeli.save()
    return cast.flag(cast.teacher, settle=False)


def test_undone_first_the_worker_finds_nothing_to_match(cast, flag, clock, monkeypatch):
    worker = []

    def the_worker_comes(one):
        can = check(one)
        clock.shift(timedelta(minutes=10))
        worker.append(Doing(lambda: settle_flag(flag_id=flag.pk)))
        worker[0].join(0.5)
        return can

    check = rules.can_be_undone
    monkeypatch.setattr(rules, "can_be_undone", the_worker_comes)
    undo_flag(flag=flag, by=cast.teacher)
    worker[0].join(10)
    assert worker[0].result is None
    assert not FollowUp.objects.exists()
    assert [one.user for one in Flag.objects.all()] == [cast.nurse.user]


def test_matched_first_it_can_not_be_undone(cast, flag, clock, monkeypatch):
    flagger = []

    def the_flagger_presses(**kwargs):
        flagger.append(Doing(lambda: undo_flag(flag=flag, by=cast.teacher)))
        flagger[0].join(0.5)
        found = match(**kwargs)
        clock.shift(timedelta(minutes=-1))  # the web server's clock is behind
        return found

    match = commands.match_flag
    monkeypatch.setattr(commands, "match_flag", the_flagger_presses)
    clock.shift(timedelta(minutes=10))
    settle_flag(flag_id=flag.pk)
    flagger[0].join(10)
    assert isinstance(flagger[0].result, NotNow)
    assert FollowUp.objects.count() == 1
    assert not Flag.objects.exclude(ended_at=None).exists()
