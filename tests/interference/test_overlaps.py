"""Somebody who is asked to close a double notices nothing of what else stands on the list or has been asked."""

from uuid import UUID

import pytest

from coordination.support.commands import overlaps, overtaken
from coordination.support.models import OverlapProposal, Support
from tests.acts import begun
from tests.coordination.support.overlapping import asked_to_close, double, tick, untick
from tests.coordination.support.talking import let
from tests.coordination.support.working import supported
from tests.interference.others import Nobody
from tests.interference.play import difference, play
from tests.interference.test_talking import look_round

pytestmark = pytest.mark.django_db


class Ticks(Nobody):
    """The adult ticks other agencies, takes one away, and finds another double."""

    def later(self, play):
        support, cast = Support.objects.get(), play.cast
        tick(support, (cast.social, "money"), (cast.school, "money"), (cast.association, "free_time"))
        untick(support, (cast.association, "free_time"))


class OtherIsAsked(Nobody):
    """The youth worker is asked about another double."""

    def later(self, play):
        support, cast = Support.objects.get(), play.cast
        let(support, cast.youth_worker)
        self.asked = asked_to_close(double(support, "housing", cast.association, cast.social), cast.youth_worker)


class OtherCloses(OtherIsAsked):
    """And closes it."""

    def later(self, play):
        super().later(play)
        overlaps.answer(proposal=self.asked, agrees=True, hours=8, by=play.cast.youth_worker)
        overlaps.close_overlap(proposal=self.asked, by=play.cast.youth_worker)


class OtherIsAskedNoMore(OtherIsAsked):
    """And is asked no more."""

    def later(self, play):
        super().later(play)
        overlaps.withdraw(proposal=self.asked, by=play.cast.teacher)


def asked(one, others):
    """The teacher is the adult; the nurse may talk with her, is asked to close the counselling, and reads it all."""
    cast = one.cast
    support = supported(cast, young_person=begun(cast, years=15).young_person, adult=cast.teacher)
    let(support, one.me, matters=["studies"])
    question = asked_to_close(double(support, "counselling", cast.health, cast.social), one.me)
    one.tick(minutes=15)
    one.worker()
    one.sign_in()
    read(one, support, question)
    one.tick()
    others.later(one)
    one.tick(minutes=15)
    overtaken.settle()
    one.worker()
    read(one, support, question)
    guess(one, support)
    one.see("answer", "POST", f"/support/overlap/{question.public_id}/", {"answer": "yes", "hours": "4"})
    one.see("close", "POST", f"/support/overlap/{question.public_id}/close/")
    one.next_morning()
    read(one, support, question)
    one.see_what_came()


def read(one, support, question):
    """What the nurse may read: the young person's page and the question."""
    look_round(one, support)
    one.see("question", "GET", f"/support/overlap/{question.public_id}/")


def guess(one, support):
    """And what she may not."""
    others = OverlapProposal.objects.exclude(asked=one.me).values_list("public_id", flat=True)
    one.see("another question", "GET", f"/support/overlap/{[*others, UUID(int=5)][0]}/")
    one.see("list", "GET", f"/support/{support.public_id}/overlaps/")


@pytest.fixture(scope="module")
def alone(cast):
    """What the nurse sees where nothing else is on the list."""
    return play(asked, cast, threshold=2, others=Nobody(), me=cast.nurse)


@pytest.mark.parametrize("others", [Ticks, OtherIsAsked, OtherCloses, OtherIsAskedNoMore])
def test_the_other_makes_no_difference(cast, alone, others):
    found = difference(alone, play(asked, cast, threshold=2, others=others(), me=cast.nurse))
    assert not found, found


def test_the_question_is_seen_by_whoever_is_asked(cast, alone):
    assert any("Sosiaalipalvelut" in line for line in alone)
