"""Somebody who takes part notices nothing of those whom the young person hasn't let them know of."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from coordination.follow_ups.commands import exclude, refuse_adult, save_guardian, tell_guardian, undo_decision
from coordination.follow_ups.models import FollowUp
from coordination.meetings.commands import plan_meeting
from coordination.people.models import YoungPerson
from tests.acts import begun, say
from tests.cast import sign_in
from tests.interference.others import Nobody
from tests.interference.play import difference, play
from tests.interference.test_interference import ELSEWHERE, FIRST, guess

pytestmark = pytest.mark.django_db


def flags_too(play, member):
    """This member flags the young person of the story."""
    birth_date = FollowUp.objects.get().young_person.birth_date
    play.cast.flag(member, birth_date=birth_date, guardian_allowed=True)


class FlagsToo(Nobody):
    """The social worker flags the same young person, and is asked about."""

    def later(self, play):
        flags_too(play, play.cast.social_worker)


class TwoFlagToo(FlagsToo):
    """Two others do: a match, and both are asked about."""

    def later(self, play):
        super().later(play)
        flags_too(play, play.cast.youth_worker)


class SensitiveFlagsToo(Nobody):
    """Somebody of a clinic does."""

    def later(self, play):
        flags_too(play, play.cast.therapist)


class IsRefused(Nobody):
    """The young person doesn't want the social worker along."""

    answer = {"takes_part": "no", "may_know": "no"}

    def later(self, play):
        say(FollowUp.objects.get(), play.cast.social_worker, by=play.cast.coordinator, **self.answer)


class MayKnow(IsRefused):
    """The social worker may know that there was a talk."""

    answer = {"takes_part": "no", "may_know": "yes"}


class IsPutOff(IsRefused):
    """The young person says later."""

    answer = {"takes_part": "later"}


class IsKeptApart(IsRefused):
    """The young person wants the social worker along, and nobody else is to know."""

    answer = {"takes_part": "yes", "apart": True}


class LeavesAgain(IsKeptApart):
    """And no longer wants them."""

    def later(self, play):
        super().later(play)
        say(FollowUp.objects.get(), play.cast.social_worker, by=play.cast.coordinator, takes_part="no")


class IsForbidden(TwoFlagToo):
    """The social worker's flag is forbidden."""

    def later(self, play):
        super().later(play)
        follow_up = FollowUp.objects.get()
        adult = follow_up.asked.get(membership=play.cast.social_worker)
        refuse_adult(follow_up=follow_up, adult=adult, said_by="young_person", by=play.cast.coordinator)


class IsExcluded(TwoFlagToo):
    """The social worker must not learn of the young person."""

    def later(self, play):
        super().later(play)
        exclude(follow_up=FollowUp.objects.get(), by=play.cast.coordinator, user=play.cast.social_worker.user)


class IsUndone(IsRefused):
    """A yes for the social worker was saved by mistake and undone at once."""

    answer = {"takes_part": "yes"}

    def later(self, play):
        super().later(play)
        follow_up = FollowUp.objects.get()
        adult = follow_up.asked.get(membership=play.cast.social_worker)
        undo_decision(follow_up=follow_up, adult=adult, by=play.cast.coordinator)


class IsLookedAt(Nobody):
    """The coordinator looks through the eyes of the nurse, of the young person, and at who has looked."""

    def later(self, play):
        page = f"/person/{YoungPerson.objects.get().public_id}/"
        client = sign_in(Client(), play.cast.coordinator)
        for part in (f"as/{play.me.public_id}/", "as/young-person/", "looks/"):
            assert client.get(f"{page}{part}").status_code == 200


class GuardianIsTold(Nobody):
    """A guardian is sent a one-time link about it."""

    def later(self, play):
        follow_up, by = FollowUp.objects.get(), play.cast.coordinator
        said = {"name": "Maija Mallikas", "phone": "", "knows": "not_told", "said_by": "", "token": UUID(int=9)}
        guardian = save_guardian(follow_up=follow_up, by=by, **said)
        what = {"email": "parent@example.test", "language": "fi", "what": ["network"]}
        tell_guardian(follow_up=follow_up, legal_guardian=guardian, by=by, **what)


OTHERS = [FlagsToo, SensitiveFlagsToo, IsRefused, MayKnow, IsPutOff, IsKeptApart, LeavesAgain, IsForbidden, IsExcluded]
OTHERS += [TwoFlagToo, IsLookedAt, GuardianIsTold]


def taking_part(one, others):
    """The nurse and the teacher take part and meet; the nurse reads everything, before and after."""
    cast = one.cast
    follow_up = begun(cast, years=15)
    say(follow_up, one.me, cast.teacher, by=cast.coordinator)
    meeting = plan_meeting(
        young_person=follow_up.young_person,
        source=follow_up.public_id,
        memberships=[one.me, cast.teacher, cast.coordinator],
        starts_at=timezone.now() + timedelta(days=3),
        minutes=60,
        place="Kirjasto",
        token=UUID(int=7),
        by=cast.coordinator,
    )
    one.tick(minutes=15)
    one.worker()
    one.sign_in()
    look_round(one, follow_up.young_person, meeting)
    one.tick()
    others.later(one)
    one.tick(minutes=15)
    one.worker()
    look_round(one, follow_up.young_person, meeting)
    one.next_morning()
    look_round(one, follow_up.young_person, meeting)
    for path in ELSEWHERE:
        one.see(path, "GET", path)
    guess(one, FIRST, cast.social_worker.public_id)
    one.see_what_came()


def look_round(one, person, meeting):
    """Every page on which the nurse could notice something."""
    for path in ("/", "/people/", "/notices/", "/flags/mine/", f"/person/{person.public_id}/"):
        one.see(path.replace(str(person.public_id), "…"), "GET", path)
    one.see("search", "POST", "/people/", {"name": "Virtanen"})
    one.see("meeting", "GET", f"/meetings/{meeting.public_id}/")
    one.see("calendar", "GET", f"/meetings/{meeting.public_id}/calendar/")


@pytest.fixture(scope="module")
def alone(cast):
    """What the nurse sees where nothing happens meanwhile."""
    return play(taking_part, cast, threshold=2, others=Nobody(), me=cast.nurse)


@pytest.mark.parametrize("others", OTHERS)
def test_the_other_makes_no_difference(cast, alone, others):
    found = difference(alone, play(taking_part, cast, threshold=2, others=others(), me=cast.nurse))
    assert not found, found


def test_nor_what_was_undone(cast):
    alone, other = (
        play(taking_part, cast, threshold=2, others=others(), me=cast.nurse, undo_minutes=10)
        for others in (Nobody, IsUndone)
    )
    found = difference(alone, other)
    assert not found, found


def test_somebody_who_joins_is_seen(cast, alone):
    class Joins(IsRefused):
        answer = {"takes_part": "yes"}

    assert any("Sanna Sosiaali" in line for line in play(taking_part, cast, threshold=2, others=Joins(), me=cast.nurse))
    assert not any("Sanna Sosiaali" in line for line in alone)
