"""Two at the same moment at one pilot: neither is lost unseen, and nothing is done twice."""

from uuid import uuid4

import pytest

from coordination.agencies.rules import NotNow
from pilots.registry.commands.leads import end_lead
from pilots.registry.commands.pilots import change_facts
from pilots.registry.models import Pilot
from pilots.registry.queries.editing import open_leads
from pilots.registry.states import PilotState
from tests.cast import Cast
from tests.flags.together import together
from tests.pilots.registry.piloting import begun, decided, in_state, now, of_the_portal
from tests.pilots.registry.test_spreading import spread_by

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db):
    return Cast()


def refusals(answers):
    return [type(one) for one in answers if isinstance(one, Exception)]


def test_of_two_who_decide_at_once_the_second_is_refused(cast):
    pilot = in_state(PilotState.RUNNING, cast.coordinator)
    number = pilot.number
    answers = together(
        lambda: decided(pilot, PilotState.EVALUATED, cast.coordinator, number=number),
        lambda: decided(pilot, PilotState.STOPPED, cast.administrator, number=number),
    )
    assert refusals(answers) == [NotNow]
    assert pilot.decisions.count() == 2
    assert pilot.decisions.last().state == now(pilot).state


def test_of_two_who_change_it_at_once_the_second_is_refused(cast):
    pilot = begun(cast.coordinator)
    answers = together(
        lambda: change_facts(pilot=pilot, number=1, by=cast.coordinator, contact="ensin"),
        lambda: change_facts(pilot=pilot, number=1, by=cast.administrator, contact="toisena"),
    )
    assert refusals(answers) == [NotNow]
    assert now(pilot).number == 2


def test_the_same_form_sent_twice_at_once_does_its_work_once(cast):
    token, pilot, parent = uuid4(), begun(cast.coordinator), of_the_portal()
    answers = together(*[lambda: begun(cast.coordinator, token=token)] * 2)
    assert answers[0] == answers[1]
    spread_token = uuid4()
    answers = together(*[lambda: spread_by(parent, cast.coordinator, token=spread_token)] * 2)
    assert answers[0] == answers[1]
    assert Pilot.objects.filter(area=cast.mikkeli).count() == 3
    one = uuid4()
    together(*[lambda: decided(pilot, PilotState.STOPPED, cast.coordinator, token=one, number=1)] * 2)
    assert pilot.decisions.count() == 1


def test_of_two_leads_who_end_each_other_one_stays(cast):
    pilot = begun(cast.coordinator)
    pilot.leads.create(membership=cast.teacher)
    together(
        lambda: end_lead(pilot=pilot, membership=cast.teacher, by=cast.coordinator),
        lambda: end_lead(pilot=pilot, membership=cast.coordinator, by=cast.teacher),
    )
    assert open_leads(pilot).count() == 1
