"""Somebody who may talk with the one adult notices nothing of what else the young person and the adult have."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from coordination.clocks.rules import today
from coordination.follow_ups.commands import exclude
from coordination.follow_ups.models import FollowUp
from coordination.support.commands import overtaken, work
from coordination.support.commands.permissions import end_talk, remind_of_ends
from coordination.support.models import Support
from tests.acts import begun, say
from tests.coordination.support.talking import let
from tests.coordination.support.working import stands_in, supported
from tests.directory import need, service
from tests.interference.others import Nobody
from tests.interference.play import difference, play
from tests.interference.test_taking_part import FlagsToo, GuardianIsTold, IsExcluded, SensitiveFlagsToo

pytestmark = pytest.mark.django_db


class OtherMayTalk(Nobody):
    """The youth worker may talk with the adult, too."""

    def later(self, play):
        self.permission = let(Support.objects.get(), play.cast.youth_worker)


class OtherMayTalkNoMore(OtherMayTalk):
    """And no longer."""

    def later(self, play):
        super().later(play)
        end_talk(permission=self.permission, by=play.cast.teacher)


class SensitiveMayTalk(Nobody):
    """Somebody of a clinic may."""

    def later(self, play):
        let(Support.objects.get(), play.cast.therapist)


class Works(Nobody):
    """The adult writes down contacts, matters, services and what is next."""

    def later(self, play):
        support, by = Support.objects.get(), play.cast.teacher
        said = {"channel": "phone", "started_by": "adult", "minutes": 15, "came": True, "note": "Soitti"}
        work.save_contact(support=support, on=today(), token=uuid4(), by=by, **said)
        matter = work.open_matter(support=support, kind="housing", by=by)
        work.move_matter(matter=matter, to="solved", by=by)
        work.open_matter(support=support, kind="health", by=by)
        work.go_along(support=support, service=service(play.cast.mikkeli), on=today(), by=by)
        work.mark_missing(support=support, needs=[need("money")], by=by)
        work.set_next_step(support=support, next_step="meet", next_step_on=today() + timedelta(days=3))


class StandsIn(Nobody):
    """The youth worker stands in for the adult."""

    def later(self, play):
        stands_in(Support.objects.get(), play.cast.youth_worker)


class TakesPart(Nobody):
    """The youth worker takes part in the follow-up."""

    def later(self, play):
        say(FollowUp.objects.get(), play.cast.youth_worker, by=play.cast.coordinator)


class OtherMustNotLearn(OtherMayTalk):
    """The youth worker may talk with the adult, and then must not learn of the young person."""

    def later(self, play):
        super().later(play)
        exclude(follow_up=FollowUp.objects.get(), by=play.cast.coordinator, user=play.cast.youth_worker.user)
        overtaken.settle()


OTHERS = [OtherMayTalk, OtherMayTalkNoMore, SensitiveMayTalk, Works, StandsIn, TakesPart, OtherMustNotLearn]
OTHERS += [FlagsToo, SensitiveFlagsToo, IsExcluded, GuardianIsTold]


def talking(one, others):
    """The teacher is the adult; the nurse may talk with her, and reads everything, before and after."""
    cast = one.cast
    follow_up = begun(cast, years=15)
    support = supported(cast, young_person=follow_up.young_person, adult=cast.teacher)
    permission = let(support, one.me, matters=["studies"])
    one.tick(minutes=15)
    one.worker()
    one.sign_in()
    look_round(one, support)
    one.tick()
    others.later(one)
    one.tick(minutes=15)
    remind_of_ends()
    one.worker()
    look_round(one, support)
    one.next_morning()
    look_round(one, support)
    guess(one, support, permission)
    one.see_what_came()


def look_round(one, support):
    """Every page on which the nurse could notice something."""
    person = support.young_person.public_id
    for path in ("/", "/people/", "/notices/", "/flags/mine/", "/account/", f"/person/{person}/"):
        one.see(path.replace(str(person), "…"), "GET", path)
    one.see("search", "POST", "/people/", {"name": "Virtanen"})


def guess(one, support, permission):
    """The nurse guesses addresses, her own permission's among them."""
    here = f"/support/{support.public_id}"
    for path in (f"{here}/", f"{here}/overview/", f"{here}/talk/", f"{here}/contact/", f"{here}/card/"):
        one.see(path.replace(str(support.public_id), "…"), "GET", path)
    for other in (permission.public_id, UUID(int=5)):
        one.see("end", "POST", f"{here}/talk/{other}/end/")


@pytest.fixture(scope="module")
def alone(cast):
    """What the nurse sees where nothing happens meanwhile."""
    return play(talking, cast, threshold=2, others=Nobody(), me=cast.nurse)


@pytest.mark.parametrize("others", OTHERS)
def test_the_other_makes_no_difference(cast, alone, others):
    found = difference(alone, play(talking, cast, threshold=2, others=others(), me=cast.nurse))
    assert not found, found


def test_the_adult_is_seen_and_what_may_be_talked_about(cast, alone):
    assert any("Tiina Opettaja" in line for line in alone)
    assert not any("Jussi Nuorisotyö" in line for line in alone)


def test_what_ends_is_noticed(cast, alone):
    class Ends(Nobody):
        def later(self, play):
            support = Support.objects.get()
            end_talk(permission=support.permissions.get(), by=play.cast.teacher)

    assert difference(alone, play(talking, cast, threshold=2, others=Ends(), me=cast.nurse))
