"""The night ends what ended: one row that can't be ended holds up neither the others nor the steps after it."""

from datetime import timedelta

import pytest

from coordination import tasks
from coordination.clocks.rules import today
from coordination.follow_ups.commands import guardians
from coordination.links import commands as links
from coordination.people import access
from coordination.people.models import Ground
from coordination.staffing.commands import members
from flags import tasks as flags_tasks
from flags.flagging import commands as flagging
from flags.flagging import renewing
from flags.flagging.models import Flag
from flags.matching import commands as matching
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return Cast()


def failing_first(monkeypatch, module, name):
    """Let this command fail once; returns with what it was called."""
    do, called = getattr(module, name), []

    def once(*args, **values):
        called.append((args, values))
        if len(called) == 1:
            raise RuntimeError("this row is broken")
        return do(*args, **values)

    monkeypatch.setattr(module, name, once)
    return called


def test_a_ground_that_can_not_be_ended_leaves_the_others_to_end(cast, monkeypatch):
    for by in (cast.teacher, cast.nurse):
        cast.flag(by)
    Ground.objects.update(until=today() - timedelta(days=1))
    number = Ground.objects.filter(ended_at=None).count()
    assert len(failing_first(monkeypatch, access, "end_ground")) == 0
    tasks.end_what_ended()
    assert Ground.objects.filter(ended_at=None, until__lt=today()).count() == 1 < number


def test_a_flag_that_can_not_be_ended_leaves_the_others_to_end_and_reminders_to_go(cast, monkeypatch):
    for by in (cast.teacher, cast.nurse):
        cast.flag(by)
    Flag.objects.update(until=today() - timedelta(days=1))
    failing_first(monkeypatch, flagging, "end_flag")
    reminded = []
    monkeypatch.setattr(renewing, "remind_of_ends", lambda: reminded.append("yes"))
    renewing.remind_of_ends.__name__ = "remind_of_ends"
    flags_tasks.end_expired()
    assert Flag.objects.filter(ended_at=None).count() == 1
    assert reminded == ["yes"]


def test_flags_that_can_not_be_counted_again_leave_the_sweep_to_go_on(cast, monkeypatch):
    monkeypatch.setattr(matching.queries, "wanting_to_count_again", lambda: [1])
    monkeypatch.setattr(matching, "count_again", failing)
    cast.flag(cast.teacher)
    Flag.objects.update(settled_at=None, counts_from=None)
    matching.sweep(older_than_seconds=-1)
    assert not Flag.objects.filter(settled_at=None).exists()


@pytest.mark.parametrize(("module", "name"), [(access, "end_by_date"), (members, "end_all_of")])
def test_a_step_that_fails_lets_the_later_ones_run(cast, monkeypatch, module, name):
    ran = []
    monkeypatch.setattr(module, name, failing)
    monkeypatch.setattr(guardians.queries, "guardians_past_their_say", lambda: ran.append("guardians") or _none())
    monkeypatch.setattr(links, "end_by_date", named("end_by_date", lambda: ran.append("links")))
    tasks.end_what_ended()
    assert ran == ["guardians", "links"]


def failing(*_args, **_values):
    raise RuntimeError("this is broken")


def named(name, function):
    function.__name__ = name
    return function


def _none():
    from coordination.people.models import LegalGuardian

    return LegalGuardian.objects.none()
