"""In a restored backup what protects a young person holds again, and a handed-over follow-up stays handed over."""

from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.utils import timezone

from config.replaying import DEEDS, Unknown
from coordination.follow_ups.commands import save_guardian
from coordination.people import access
from coordination.people.models import LegalGuardian
from tests.acts import begun

pytestmark = pytest.mark.django_db


def replay(what, *, ago=timedelta(0), **ids):
    return DEEDS[what](SimpleNamespace(at=timezone.now() - ago, ids={name: str(one) for name, one in ids.items()}))


@pytest.fixture
def minor(cast):
    return begun(cast, years=15)


def test_non_disclosure_is_switched_on_again_unless_it_changed_since(cast, minor):
    person = minor.young_person
    assert replay("hidden", person=person.public_id)
    person.refresh_from_db()
    assert person.non_disclosure
    person.non_disclosure_changes.create(switched_on=False, reason="päättyi")
    type(person).objects.update(non_disclosure=False)
    assert not replay("hidden", ago=timedelta(days=1), person=person.public_id)


def test_guardians_who_must_not_learn_and_who_are_gone(cast, minor):
    guardian = save_guardian(
        follow_up=minor, by=cast.coordinator, name="Maija", phone="", knows="told", said_by="themselves", token=uuid4()
    )
    assert replay("must_not_learn", guardian=guardian.public_id)
    guardian.refresh_from_db()
    assert guardian.knows == "must_not"
    assert replay("guardian", guardian=guardian.public_id)
    assert not LegalGuardian.objects.exists()
    assert not replay("guardian", guardian=guardian.public_id)
    with pytest.raises(Unknown):
        replay("must_not_learn", guardian=guardian.public_id)


def test_a_follow_up_is_handed_over_once(cast, minor):
    line = {"follow_up": minor.public_id, "to": cast.other_coordinator.public_id}
    assert replay("handed_over", **line)
    assert not replay("handed_over", **line)
    assert access.may(cast.other_coordinator, "coordinate", minor.young_person)
    assert not access.may(cast.coordinator, "coordinate", minor.young_person)
