"""Two confirm, and two workers work, at the same moment: everybody is invited once."""

from uuid import uuid4

import pytest

from coordination.agencies import role_permissions
from coordination.rosters import commands
from coordination.rosters.forms import lines_of
from coordination.staffing.models import Invitation
from tests.cast import Cast
from tests.coordination.rosters.conftest import people
from tests.coordination.staffing.test_races import at_once


@pytest.mark.django_db(transaction=True)
def test_confirmed_and_worked_on_twice_at_once(monkeypatch):
    monkeypatch.setattr(commands, "AT_ONCE", 2)
    role_permissions.apply()
    cast = Cast()
    roster = commands.keep(lines=lines_of(people(9)), agency=cast.school, token=uuid4(), by=cast.administrator)
    at_once(*[lambda: commands.confirm(roster=roster, by=cast.administrator)] * 3)
    at_once(*[commands.bring_in] * 3)
    commands.bring_in()
    roster.refresh_from_db()
    assert (roster.done, roster.invited, roster.refused, roster.rows) == (9, 9, [], "")
    assert len({one.email for one in Invitation.objects.all()}) == Invitation.objects.count() == 9
