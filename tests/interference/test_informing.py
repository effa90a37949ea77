"""P0 where the area informs: before the match nothing differs, and to those who must not know nothing ever does."""

from functools import cache

import pytest

from tests.interference.others import (
    FlaggedAndWithdrew,
    FlaggedBefore,
    FlaggedByColleague,
    JoinedAsDouble,
    JoinedTheOtherWay,
    Nobody,
)
from tests.interference.play import difference, play
from tests.interference.test_interference import FIRST, SECOND, _where, look_round

pytestmark = pytest.mark.django_db

INFORM = {"told_rule": "inform"}


class Informing(FlaggedBefore):
    """The nurse had flagged before A did, and told the young person that others would see it."""

    def before(self, play):
        play.cast.flag(play.cast.nurse, **INFORM)


class InformingColleague(FlaggedByColleague):
    """A colleague had: no match, two people of one agency."""

    def before(self, play):
        play.cast.flag(play.cast.member("Kaija", "Kollega", play.cast.school), **INFORM)


class UnderConsent(FlaggedBefore):
    """The nurse flagged while the area still asked first: A's match tells A nothing."""


class OfASensitiveAgency(Nobody):
    """Somebody of a clinic flagged: nobody sees them before the young person says yes."""

    def before(self, play):
        play.cast.flag(play.cast.therapist, **INFORM)


class InformingAndWithdrew(FlaggedAndWithdrew):
    """The nurse flagged and withdrew before the worker came."""

    def before(self, play):
        play.cast.flag(play.cast.nurse, settle=False, **INFORM)

    def after_flag(self, play):
        from flags.flagging.commands import withdraw_flag
        from flags.flagging.models import Flag

        withdraw_flag(flag=Flag.objects.get(membership=play.cast.nurse, ended_at=None), by=play.cast.nurse)

    def later(self, play):
        """Nothing more."""


def before_the_match(one, others):
    """A reads everything up to the moment in which the worker comes."""
    others.before(one)
    one.sign_in()
    one.see("desk", "GET", "/")
    one.see("the form", "GET", "/flags/new/")
    one.see("to the young person", "GET", "/flags/young-person/")
    own = _where(one.see("flagging", "POST", "/flags/new/", one.typed(FIRST, **INFORM)))
    others.after_flag(one)
    look_round(one, own)
    one.see("flagged twice", "POST", "/flags/new/", one.typed(SECOND, **INFORM))


def and_after(one, others):
    """A goes on: the worker comes, a day passes, A withdraws."""
    before_the_match(one, others)
    own = next(path for path in one.paths if path.startswith("/flags/") and path.count("-") == 4)
    one.worker()
    others.later(one)
    one.worker()
    look_round(one, own)
    one.next_morning()
    look_round(one, own)
    one.see("withdrawing", "POST", f"{own}withdraw/")
    one.worker()
    look_round(one, own)
    one.see_what_came()


@pytest.fixture(scope="module")
def alone(cast):
    """What A sees without any other, played once for each story and threshold."""
    return cache(lambda story, threshold: play(story, cast, threshold=threshold, others=Nobody(), informs=True))


@pytest.mark.parametrize("threshold", [2, 1])
@pytest.mark.parametrize(
    "others",
    [Informing, InformingColleague, InformingAndWithdrew, UnderConsent, OfASensitiveAgency, JoinedAsDouble],
)
def test_before_the_match_nothing_differs(cast, alone, others, threshold):
    other = play(before_the_match, cast, threshold=threshold, others=others(), informs=True)
    found = difference(alone(before_the_match, threshold), other)
    assert not found, found


@pytest.mark.parametrize(
    "others",
    [InformingColleague, InformingAndWithdrew, UnderConsent, OfASensitiveAgency, JoinedAsDouble, JoinedTheOtherWay],
)
def test_those_whom_nobody_may_see_make_no_difference_afterwards(cast, alone, others):
    other = play(and_after, cast, threshold=2, others=others(), informs=True)
    found = difference(alone(and_after, 2), other)
    assert not found, found


def test_the_match_itself_is_seen(cast, alone):
    other = play(and_after, cast, threshold=2, others=Informing(), informs=True)
    assert "Niina" in difference(alone(and_after, 2), other) or any("Niina" in line for line in other)
