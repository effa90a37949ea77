"""Behind a one-time link nobody reads of those whom the young person hasn't let everybody know of."""

from datetime import timedelta
from unittest.mock import patch
from uuid import UUID

import pytest
from django.core import mail

from coordination.clocks.rules import today
from coordination.follow_ups.commands import save_guardian, tell_guardian
from coordination.follow_ups.models import FollowUp
from coordination.links import rules
from tests.acts import begun, say
from tests.interference.others import Nobody
from tests.interference.play import difference, play
from tests.interference.test_taking_part import (
    FlagsToo,
    IsExcluded,
    IsForbidden,
    IsKeptApart,
    IsPutOff,
    IsRefused,
    LeavesAgain,
    MayKnow,
    SensitiveFlagsToo,
)

pytestmark = pytest.mark.django_db

ADDRESS = "parent@example.test"
SECRET, CODE = "s" * 43, "123456"


class SensitiveTakesPart(SensitiveFlagsToo):
    """Somebody of a clinic does, and the young person wants them along."""

    def later(self, play):
        super().later(play)
        say(FollowUp.objects.get(), play.cast.therapist, by=play.cast.coordinator)


class Joins(IsRefused):
    """The young person wants the social worker along, and everybody may know."""

    answer = {"takes_part": "yes"}


OTHERS = [FlagsToo, SensitiveFlagsToo, SensitiveTakesPart, IsRefused, MayKnow, IsPutOff, IsKeptApart, LeavesAgain]
OTHERS += [IsForbidden, IsExcluded]


def reading(one, others):
    """The coordinator tells a guardian all that can be told; the guardian mistypes the code, reads, and says so."""
    cast = one.cast
    follow_up = begun(cast, years=15)
    say(follow_up, cast.nurse, cast.teacher, by=cast.coordinator)
    FollowUp.objects.update(next_step="meeting", next_step_on=today() + timedelta(days=7))
    one.tick(minutes=15)
    others.later(one)
    follow_up.refresh_from_db()
    said = {"name": "Maija Mallikas", "phone": "", "knows": "not_told", "said_by": "", "token": UUID(int=9)}
    guardian = save_guardian(follow_up=follow_up, by=cast.coordinator, **said)
    with patch.object(rules, "new_secret", lambda: SECRET), patch.object(rules, "new_code", lambda: CODE):
        what = {"email": ADDRESS, "language": "fi", "what": ["network", "next_step"]}
        tell_guardian(follow_up=follow_up, legal_guardian=guardian, by=cast.coordinator, **what)
    one.worker()
    link = f"/m/{SECRET}/"
    one.see("the link", "GET", link)
    one.see("mistyped", "POST", link, {"code": "000000"})
    assert one.see("opened", "POST", link, {"code": CODE}).status_code == 302
    one.see("the message", "GET", link)
    one.see("read", "POST", link)
    one.see("the message once more", "GET", link)
    one.client.cookies.clear()
    one.see("on another device", "POST", link, {"code": CODE})
    letters = [message for message in mail.outbox if ADDRESS in message.to]
    assert len(letters) == 1
    one.transcript += [letters[0].subject, *letters[0].body.splitlines()]


@pytest.fixture(scope="module")
def alone(cast):
    """What the guardian reads where the nurse and the teacher are all there is."""
    return play(reading, cast, threshold=2, others=Nobody())


@pytest.mark.parametrize("others", OTHERS)
def test_the_other_makes_no_difference(cast, alone, others):
    found = difference(alone, play(reading, cast, threshold=2, others=others()))
    assert not found, found


def test_somebody_whom_everybody_may_know_of_is_told(cast, alone):
    assert any("Niina Hoitaja" in line for line in alone)
    assert not any("Sanna Sosiaali" in line for line in alone)
    told = play(reading, cast, threshold=2, others=Joins())
    assert any("Sanna Sosiaali" in line for line in told)
