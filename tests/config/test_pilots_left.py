"""A pilot whose lead has left: its area's administrators are told, and somebody else goes on."""

import pytest

from config import leaving
from coordination.outbox.models import Notification
from coordination.staffing.commands import disable_user, end_membership
from pilots.registry.commands.leads import add_lead
from pilots.registry.queries.editing import open_leads
from pilots.registry.states import PilotState
from tests.cast import Cast
from tests.pilots.registry.piloting import begun, decided

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return Cast()


def told(membership):
    found = Notification.objects.filter(membership=membership, code="pilot_without_lead")
    return list(found.values_list("about", flat=True))


def waits(membership):
    return Notification.objects.waiting().filter(membership=membership, code="pilot_without_lead").count()


def test_the_administrators_are_told_once_nobody_leads(cast):
    pilot, other = begun(cast.coordinator), begun(cast.administrator)
    add_lead(pilot=pilot, membership=cast.teacher, by=cast.coordinator)
    end_membership(membership=cast.teacher, by=cast.administrator)
    leaving.sweep()
    assert [one.membership for one in open_leads(pilot)] == [cast.coordinator]
    assert told(cast.administrator) == []
    end_membership(membership=cast.coordinator, by=cast.administrator)
    leaving.sweep()
    leaving.sweep()
    assert not open_leads(pilot).exists()
    assert told(cast.administrator) == [pilot.public_id]
    assert open_leads(other).exists()
    assert not leaving.leavers().exists()


def test_it_waits_until_somebody_leads_or_it_is_stopped(cast):
    for settle in (
        lambda pilot: add_lead(pilot=pilot, membership=cast.nurse, by=cast.administrator),
        lambda pilot: decided(pilot, PilotState.STOPPED, cast.administrator),
    ):
        by = cast.member("Vaihtuva", "Koordinaattori", cast.outreach, role="coordinator")
        pilot = begun(by)
        disable_user(user=by.user, by=cast.administrator)
        leaving.sweep()
        assert waits(cast.administrator) == 1
        settle(pilot)
        assert waits(cast.administrator) == 0
        by.user.email = f"{pilot.pk}@example.test"
        by.user.save()


def test_of_a_stopped_pilot_nobody_is_told(cast):
    pilot = begun(cast.coordinator)
    decided(pilot, PilotState.STOPPED, cast.coordinator)
    end_membership(membership=cast.coordinator, by=cast.administrator)
    leaving.sweep()
    assert not open_leads(pilot).exists()
    assert told(cast.administrator) == []
