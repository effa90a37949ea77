"""What two coordinators press at the same moment: one of them happens, the other learns of it, nobody is doubled."""

import pytest

from coordination.agencies.rules import NotNow
from coordination.clocks.rules import today
from coordination.people import access
from coordination.people.drifting import drift
from coordination.support.commands.ending import end_support
from coordination.support.commands.handover import complete_handover
from coordination.support.commands.substitutes import name_substitute
from coordination.support.models import Substitution, Support
from tests.cast import Cast
from tests.coordination.support.changes import in_days, ready
from tests.coordination.support.namings import accepted
from tests.coordination.support.working import supported
from tests.flags.together import together

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_all_that_ends_a_support_at_once_one_thing_happens(transactional_db):
    cast = Cast()
    support = supported(cast)
    successor = ready(support, cast.social_worker, by=cast.coordinator)
    answers = together(
        lambda: complete_handover(support=support, met_on=today(), by=cast.coordinator),
        lambda: complete_handover(support=support, met_on=today(), by=cast.second_coordinator),
        lambda: end_support(support=support, reason="wish", by=cast.coordinator),
    )
    support.refresh_from_db()
    successor.refresh_from_db()
    refused = [type(one) for one in answers].count(NotNow)
    # A handover pressed twice is one; whichever comes first, the successor goes on.
    assert refused == (1 if support.end_reason == "handed_over" else 2)
    assert (support.state, successor.state) == ("ended", "active")
    assert Support.objects.filter(young_person=support.young_person, state="active").count() == 1
    assert not access.may(cast.nurse, "view_network", support.young_person)
    assert not list(drift())


def test_of_two_substitutes_named_at_once_there_is_one(transactional_db):
    cast = Cast()
    accepted(cast.association, cast.social)
    support = supported(cast)
    answers = together(
        lambda: name_substitute(support=support, membership=cast.youth_worker, until=in_days(3), by=cast.coordinator),
        lambda: name_substitute(
            support=support, membership=cast.social_worker, until=in_days(3), by=cast.second_coordinator
        ),
    )
    assert [type(one) for one in answers].count(NotNow) == 1
    assert Substitution.objects.count() == 1
    assert sum(access.may(one, "support", support.young_person) for one in (cast.youth_worker, cast.social_worker)) == 1
