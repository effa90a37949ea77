"""The history of changes names no professional."""

import pytest
from auditlog.context import set_actor
from auditlog.models import LogEntry

from coordination.agencies.models import Membership, User

pytestmark = pytest.mark.django_db


def test_users_and_memberships_stand_as_numbers(cast):
    cast.member("Uusi", "Opettaja", cast.school)
    rows = LogEntry.objects.get_for_objects(User.objects.all()) | LogEntry.objects.get_for_objects(
        Membership.objects.all()
    )
    assert {row.object_repr.split()[0] for row in rows} == {"user", "membership"}
    for row in rows:
        assert row.object_repr in (f"user {row.object_id}", f"membership {row.object_id}")


def test_who_did_it_is_a_key_and_no_address(cast):
    with set_actor(cast.administrator.user):
        cast.school.name_en = "School"
        cast.school.save()
    entry = LogEntry.objects.get_for_object(cast.school).first()
    assert entry.actor == cast.administrator.user
    assert not entry.actor_email


def test_reference_data_keeps_its_name(cast):
    assert LogEntry.objects.get_for_object(cast.mikkeli).first().object_repr == "Mikkeli"
