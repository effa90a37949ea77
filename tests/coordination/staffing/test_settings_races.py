"""Two decide at the same moment: one decision counts."""

import pytest

from coordination.agencies import role_permissions
from coordination.agencies.models import Area, Membership
from coordination.agencies.rules import NotNow
from coordination.staffing import commands
from coordination.staffing.models import SettingChange
from tests.cast import Cast
from tests.coordination.staffing.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db):
    role_permissions.apply()
    cast = Cast()
    cast.others = [
        cast.member(first, "Toinen", cast.town, role=Membership.Role.ADMINISTRATOR) for first in ("Aila", "Arvo")
    ]
    return cast


def propose(cast, *, by=None, **settings):
    area = Area.objects.get(pk=cast.mikkeli.pk)
    for name, value in settings.items():
        setattr(area, name, value)
    return commands.save_area(area=area, by=by or cast.administrator)


def test_confirmed_declined_and_withdrawn_at_once_is_one_of_them(cast):
    (change,) = propose(cast, threshold=1)
    one, other = cast.others
    answers = at_once(
        lambda: commands.decide_change(change=change, confirm=True, by=one),
        lambda: commands.decide_change(change=change, confirm=False, by=other),
        lambda: commands.withdraw_change(change=change, by=cast.administrator),
    )
    assert sum(isinstance(answer, NotNow) for answer in answers) == 2
    change.refresh_from_db()
    assert Area.objects.get(pk=cast.mikkeli.pk).threshold == (1 if change.state == "confirmed" else 2)


def test_proposed_twice_at_once_waits_once(cast):
    answers = at_once(*[lambda by=by: propose(cast, by=by, threshold=1) for by in cast.others])
    assert sum(isinstance(answer, NotNow) for answer in answers) == 1
    assert SettingChange.objects.count() == 1


def test_confirmed_while_somebody_narrows_keeps_the_history_in_order(cast):
    (change,) = propose(cast, oldest_age=30)
    one, other = cast.others
    at_once(
        lambda: commands.decide_change(change=change, confirm=True, by=one),
        lambda: propose(cast, by=other, oldest_age=20),
    )
    area = Area.objects.get(pk=cast.mikkeli.pk)
    change.refresh_from_db()
    assert area.rules.last().values["oldest_age"] == area.oldest_age
    assert (change.state, area.oldest_age) in [("void", 20), ("confirmed", 20)]
