"""Two at the same moment at one pilot's results: nothing is lost unseen, and nothing is done twice."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from coordination.agencies.rules import NotNow
from pilots.registry.states import PilotState
from pilots.results.commands.evaluations import finish
from pilots.results.commands.indicators import add_indicator, save_values
from pilots.results.models import Evaluation, EvaluationRow, Indicator, IndicatorValue
from tests.cast import Cast
from tests.flags.together import together
from tests.pilots.registry.piloting import in_state
from tests.pilots.results.following import PLAIN, drafted, indicator

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db):
    return Cast()


@pytest.fixture
def pilot(cast):
    return in_state(PilotState.RUNNING, cast.coordinator)


def refusals(answers):
    return [type(one) for one in answers if isinstance(one, Exception)]


def test_one_form_sent_twice_at_once_adds_one_indicator(cast, pilot):
    token = uuid4()
    together(*[lambda: add_indicator(pilot=pilot, token=token, by=cast.coordinator, **PLAIN)] * 2)
    assert Indicator.objects.count() == 1


def test_of_two_who_type_at_once_the_second_is_refused(cast, pilot):
    one = indicator(pilot, cast.coordinator)

    def write(by, number):
        return save_values(indicator=one, values={date(2026, 1, 1): (Decimal(number), "")}, number=1, by=by)

    answers = together(lambda: write(cast.coordinator, 1), lambda: write(cast.administrator, 2))
    assert refusals(answers) == [NotNow]
    assert IndicatorValue.objects.count() == 1


def test_of_two_first_drafts_at_once_one_is_refused(cast, pilot):
    answers = together(
        lambda: drafted(pilot, cast.coordinator), lambda: drafted(pilot, cast.administrator, facts={
            "covers_from": None, "covers_to": None, "recommends": "stop"})
    )  # fmt: skip
    assert len(refusals(answers)) <= 1
    assert Evaluation.objects.count() == 1


def test_finishing_at_once_finishes_once(cast, pilot):
    indicator(pilot, cast.coordinator)
    draft = drafted(pilot, cast.coordinator)
    answers = together(
        *[
            lambda by=by: finish(pilot=pilot, number=draft.number, by=by)
            for by in (cast.coordinator, cast.administrator)
        ]
    )
    assert refusals(answers) == []
    assert (Evaluation.objects.count(), EvaluationRow.objects.count()) == (1, 1)
