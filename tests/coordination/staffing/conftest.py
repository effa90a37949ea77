"""The cast, with what the roles may do in the administration, and those who work there."""

import pytest

from coordination.agencies import role_permissions
from coordination.agencies.models import LegalGround, Membership
from coordination.staffing import commands
from tests.cast import Cast, sign_in


@pytest.fixture
def cast(db):
    role_permissions.apply()
    return Cast()


@pytest.fixture
def town(cast):
    """What Kerava has, so that there is something to keep away from."""
    cast.other_administrator = cast.member("Aatu", "Toinen", cast.other_school, role=Membership.Role.ADMINISTRATOR)
    cast.other_ground = LegalGround.objects.create(area=cast.kerava, name_fi="Peruste", law="Laki 1 §")
    cast.other_invitation = commands.invite(
        email="x@example.test", agency=cast.other_school, by=cast.other_administrator
    )
    return cast


@pytest.fixture
def administrator(client, town):
    return sign_in(client, town.administrator)


@pytest.fixture
def coordinator(client, town):
    return sign_in(client, town.coordinator)
