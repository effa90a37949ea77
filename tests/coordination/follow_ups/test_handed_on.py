"""Whoever may coordinate a young person no more is shown to nobody as the coordinator, and the follow-up goes on."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from config import leaving
from coordination.agencies.models import Membership
from coordination.follow_ups.commands import Asked, ask_also, close_follow_up, exclude
from coordination.follow_ups.models import FollowUp
from coordination.follow_ups.queries import network, shown_adults
from coordination.meetings.commands import plan_meeting
from coordination.meetings.models import Invited
from coordination.outbox.models import Notification
from coordination.people import access
from coordination.staffing.commands import save_membership
from tests.acts import begun, say
from tests.coordination.follow_ups.conftest import told

pytestmark = pytest.mark.django_db


@pytest.fixture
def follow_up(cast):
    follow_up = begun(cast)
    say(follow_up, cast.teacher, by=cast.coordinator)
    return follow_up


def shown_to(viewer, follow_up):
    """Whom the network card names as the coordinator to somebody who takes part."""
    follow_up = FollowUp.objects.get(pk=follow_up.pk)
    adults = shown_adults(follow_up, viewer, coordinates=False)
    return [row["name"] for row in network(follow_up, viewer, adults, coordinates=False) if row["coordinates"]]


def waits_for(membership):
    return Notification.objects.waiting().filter(membership=membership, code="follow_up_waits").count()


def test_an_excluded_owner_gives_way_to_whoever_excludes_them(cast, follow_up):
    assert shown_to(cast.teacher, follow_up) == ["Kaisa Etsivä"]
    exclude(follow_up=follow_up, by=cast.second_coordinator, user=cast.coordinator.user)
    follow_up.refresh_from_db()
    assert (follow_up.owner, follow_up.state) == (cast.second_coordinator, "taken_up")
    assert shown_to(cast.teacher, follow_up) == ["Kalle Etsivä"]
    assert told(cast.second_coordinator, "follow_up_is_yours") == 0
    assert not Notification.objects.waiting().filter(membership=cast.coordinator).exists()


def test_whoever_excludes_themselves_lets_it_wait_for_another(cast, follow_up):
    exclude(follow_up=follow_up, by=cast.coordinator, user=cast.coordinator.user)
    follow_up.refresh_from_db()
    assert (follow_up.owner, follow_up.state) == (None, "waiting")
    assert waits_for(cast.second_coordinator) == 1


def test_a_closed_one_names_nobody_who_was_kept_away_since(cast, follow_up):
    close_follow_up(follow_up=follow_up, by=cast.coordinator, outcome="one_adult", version=follow_up.version)
    assert shown_to(cast.teacher, follow_up) == ["Kaisa Etsivä"]
    exclude(follow_up=follow_up, by=cast.second_coordinator, user=cast.coordinator.user)
    assert shown_to(cast.teacher, follow_up) == []


def demote(cast):
    cast.coordinator.role = Membership.Role.PROFESSIONAL
    save_membership(membership=cast.coordinator, by=cast.administrator)


def test_a_new_adult_is_told_to_the_others_where_the_owner_coordinates_no_more(cast, follow_up):
    demote(cast)
    ask_also(follow_up=follow_up, asked=Asked(cast.nurse))
    assert told(cast.second_coordinator, "follow_up_grew") == 1


def test_whoever_coordinates_no_more_owns_nothing(cast, follow_up):
    values = {"starts_at": timezone.now() + timedelta(days=3), "minutes": 60, "place": "Koulu", "token": uuid4()}
    plan_meeting(
        young_person=follow_up.young_person,
        source=follow_up.public_id,
        memberships=[cast.teacher, cast.coordinator],
        by=cast.coordinator,
        **values,
    )
    demote(cast)
    leaving.sweep()
    follow_up.refresh_from_db()
    assert (follow_up.owner, follow_up.state) == (None, "waiting")
    assert waits_for(cast.second_coordinator) == 1
    assert not access.may(cast.coordinator, "coordinate", follow_up.young_person)
    assert not Invited.objects.filter(membership=cast.coordinator, dropped_at=None).exists()
    assert not leaving.stepped_down().exists()
