"""Asking another area, at the same moment from two sides: one of them happens, the other learns of it."""

import pytest

from coordination.agencies.rules import NotNow
from coordination.follow_ups.commands import accept_takeover, ask_area, withdraw_asking
from coordination.follow_ups.models import FollowUp, Takeover
from coordination.people import access
from coordination.people.drifting import drift
from tests.acts import begun
from tests.cast import ROLES, Cast
from tests.flags.together import together

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_all_that_happens_at_once_one_thing_happens(transactional_db):
    cast = Cast()
    second = cast.member("Onni", "Toinen", cast.other_outreach, role=ROLES.COORDINATOR)
    follow_up = begun(cast)
    asking = {"follow_up": follow_up, "to_area": cast.kerava, "reason": "wish"}
    asked = together(
        lambda: ask_area(**asking, by=cast.coordinator), lambda: ask_area(**asking, by=cast.second_coordinator)
    )
    assert [type(one) for one in asked].count(NotNow) == 1
    takeover = Takeover.objects.get()
    answers = together(
        lambda: accept_takeover(takeover=takeover, by=cast.other_coordinator),
        lambda: accept_takeover(takeover=takeover, by=second),
        lambda: withdraw_asking(takeover=takeover, by=cast.coordinator),
    )
    assert [type(one) for one in answers].count(NotNow) == 2
    takeover.refresh_from_db()
    follow_up = FollowUp.objects.get()
    accepted = takeover.state == "accepted"
    assert follow_up.area == (cast.kerava if accepted else cast.mikkeli)
    assert access.may(cast.coordinator, "coordinate", follow_up.young_person) is not accepted
    assert not list(drift())
