"""Two at the same moment: one accepts, one administrator stays."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.utils import translation

from coordination.agencies import role_permissions
from coordination.agencies.models import Membership, User
from coordination.agencies.queries import administrators
from coordination.agencies.rules import NotNow
from coordination.staffing import commands
from tests.cast import Cast
from tests.coordination.staffing.test_invitations import secret_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db):
    role_permissions.apply()
    return Cast()


def at_once(*calls):
    """Run these at the same moment; what each gave back, or the NotNow it raised."""
    gate = threading.Barrier(len(calls))

    def one(call):
        gate.wait()
        try:
            with translation.override("en"):
                return call()
        except NotNow as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(one, calls))


def test_a_doubled_accept_makes_one_account(cast):
    invitation = commands.invite(email="uuno@example.test", agency=cast.school, by=cast.administrator)
    typed = {"secret": secret_of(invitation), "first_name": "U", "last_name": "U", "password": "kaunis-marraskuu"}
    answers = at_once(*[lambda: commands.accept(**typed)] * 4)
    assert sum(isinstance(answer, Membership) for answer in answers) == 1
    assert Membership.objects.filter(user__email="uuno@example.test").count() == 1


def test_two_invitations_to_one_address_make_one_account(cast):
    secrets = [
        secret_of(commands.invite(email="uuno@example.test", agency=agency, by=cast.administrator))
        for agency in (cast.school, cast.health)
    ]
    calls = [
        lambda secret=secret: commands.accept(secret=secret, first_name="U", last_name="U", password="kaunis-marraskuu")
        for secret in secrets
    ]
    answers = at_once(*calls)
    assert sum(isinstance(answer, NotNow) for answer in answers) == 1
    assert User.objects.filter(email="uuno@example.test").count() == 1


def test_a_doubled_invite_makes_one_mail(cast):
    call = {"email": "uuno@example.test", "agency": cast.school, "by": cast.administrator}
    answers = at_once(*[lambda: commands.invite(**call)] * 3)
    assert sum(isinstance(answer, NotNow) for answer in answers) == 2


def test_two_administrators_can_not_end_each_other(cast):
    second = cast.member("Aila", "Toinen", cast.town, role=Membership.Role.ADMINISTRATOR)
    first = cast.administrator
    answers = at_once(
        lambda: commands.end_membership(membership=second, by=first),
        lambda: commands.end_membership(membership=first, by=second),
    )
    assert sum(isinstance(answer, NotNow) for answer in answers) == 1
    assert administrators(cast.mikkeli.pk).count() == 1
