"""A hundred children press at the same moment: as many are counted as the code is for."""

from uuid import uuid4

import pytest

from coordination.agencies.rules import NotNow
from pilots.service_map.commands import children
from pilots.service_map.models import ChildCode
from tests.cast import Cast
from tests.flags.together import together
from tests.pilots.service_map.children.asking import code, now, questions
from tests.pilots.service_map.surveying import group, indicator, opened, summarised

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def lead(transactional_db):
    cast = Cast()
    group(cast)
    indicator(cast.coordinator)
    return cast.coordinator


def test_of_a_hundred_at_once_exactly_twenty_are_counted(lead):
    made = opened(lead)
    first, *_rest = questions(made, lead)
    there = code(made, lead, most=20)

    def vote():
        children.vote(code=there, token=uuid4(), band="10", chosen={first: 1})

    answers = []
    # Ten browsers ten times: more connections than the database takes would prove nothing more.
    for _time in range(10):
        answers += together(*[vote] * 10)
    refused = [one for one in answers if isinstance(one, NotNow)]
    assert [one for one in answers if one not in refused] == [None] * 20
    assert now(there).came == len(now(there).tokens) == now(there).counts[str(first.pk)]["10"][1] == 20


def test_one_form_sent_ten_times_at_once_counts_once(lead):
    made = opened(lead)
    first, *_rest = questions(made, lead)
    there, token = code(made, lead), uuid4()
    answers = together(*[lambda: children.vote(code=there, token=token, band="", chosen={first: 0})] * 10)
    assert answers == [None] * 10
    assert now(there).came == 1


def test_nobody_is_counted_after_the_round_was_closed(lead):
    made = opened(lead)
    first, *_rest = questions(made, lead)
    there = code(made, lead)

    def vote():
        children.vote(code=there, token=uuid4(), band="", chosen={first: 0})

    def close():
        summarised(made, lead)
        return ChildCode.objects.get().came

    *_votes, seen = together(*[vote] * 6, close)
    assert seen == now(there).came
