"""What comes at the same moment is written down once: presses, and a support that goes as it is counted."""

from datetime import date
from threading import Barrier, Thread

import pytest
import time_machine
from django.db import connection, transaction

from coordination.support.commands.counting import count_half
from coordination.support.commands.erasing import erase_support
from coordination.support.models import HalfYearFact, Whereabouts
from tests.cast import Cast
from tests.coordination.support.half_years import COUNTED_ON, ENDED, JANUARY, noon, somebody, support_of
from tests.coordination.support.working import at, supported
from tests.forms.test_at_once import at_once, two_of

pytestmark = pytest.mark.django_db(transaction=True)


def together(*acts):
    """All of these in the same moment."""
    barrier, failed = Barrier(len(acts)), []

    def run(act):
        try:
            barrier.wait(10)
            with transaction.atomic():
                act()
        except Exception as problem:  # told to the test, which runs in another thread
            failed.append(problem)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failed == []


def test_two_presses_at_once_say_it_once():
    cast = Cast()
    support = supported(cast, days=1)
    data = {"moment": "naming", "period": 0, "where": "work"}
    answers = at_once(two_of(cast.nurse), at("where", support), data)
    assert [answer.status_code for answer in answers] == [302, 302]
    assert [one.where for one in Whereabouts.objects.all()] == ["work"]


def test_a_support_that_goes_while_its_half_year_is_counted_twice_counts_once(settings, tmp_path):
    settings.ERASURE_LEDGER_FILE = tmp_path / "erasures.jsonl"
    with time_machine.travel(noon(date(2026, 6, 20)), tick=False):
        cast = Cast()
        supports = [
            support_of(cast, somebody(cast, number), cast.nurse, ended=ENDED, reason="moved") for number in range(3)
        ]
    with time_machine.travel(noon(COUNTED_ON), tick=False):
        counting = [lambda: count_half(area=cast.mikkeli, half=JANUARY)] * 2
        together(*counting, *(lambda one=one: erase_support(support=one) for one in supports))
    found = {row.what: (row.count, row.people) for row in HalfYearFact.objects.filter(half=JANUARY)}
    assert found["counted"] == (1, 0)
    assert found["contacts"] == found["why_moved"] == found["lasted"] == (3, 3)
