"""P0: nothing that A sees, receives or can count differs by whether another has flagged."""

from functools import cache
from uuid import UUID

import pytest

from tests.cast import born
from tests.interference.others import EVERYBODY, Nobody, SaidNo
from tests.interference.play import difference, play

pytestmark = pytest.mark.django_db

FIRST, SECOND, THIRD, FOURTH = (UUID(int=number) for number in (1, 2, 3, 4))


def look_round(one, own):
    """Every page on which A could notice something."""
    one.see("the flag", "GET", own)
    one.see("my flags", "GET", "/flags/mine/")
    one.see("desk", "GET", "/")
    one.see("my young people", "GET", "/people/")
    one.see("search", "POST", "/people/", {"name": "Virtanen"})
    one.see("notices", "GET", "/notices/")


def whole_story(one, others):
    """A flags, looks round, flags again, goes on the next day, withdraws, and flags anew."""
    others.before(one)
    one.worker()
    one.sign_in()
    one.see("desk", "GET", "/")
    one.see("the three questions", "GET", "/flags/")
    one.see("the form", "GET", "/flags/new/")
    one.see("not allowed", "POST", "/flags/new/", one.typed(FIRST, told_and_allowed=""))
    one.see("too young", "POST", "/flags/new/", one.typed(FIRST, birth_date=born(11)))
    own = _where(one.see("flagging", "POST", "/flags/new/", one.typed(FIRST)))
    one.see("before the worker came", "GET", own)
    others.after_flag(one)
    one.worker()
    look_round(one, own)
    one.see("sent once more", "POST", "/flags/new/", one.typed(FIRST))
    one.see("flagged twice", "POST", "/flags/new/", one.typed(SECOND))
    one.see("somebody else", "POST", "/flags/new/", one.typed(THIRD, first_name="Toinen", last_name="Nuorikko"))
    others.later(one)
    one.worker()
    look_round(one, own)
    one.next_morning()
    look_round(one, own)
    for path in ("/follow-ups/", "/doubles/", f"/person/{FIRST}/", f"/flags/{FIRST}/", "/admin/"):
        one.see(f"a guess: {path}", "GET", path)
    one.see("withdrawing", "POST", f"{own}withdraw/")
    one.see("withdrawing again", "POST", f"{own}withdraw/")
    look_round(one, own)
    one.worker()
    look_round(one, own)
    new = _where(one.see("flagging anew", "POST", "/flags/new/", one.typed(FOURTH)))
    one.worker()
    look_round(one, new)
    one.next_morning()
    look_round(one, new)
    one.see("sign out", "POST", "/account/logout/")
    one.see_what_came()


def _where(response):
    """The address of the flag to which posting it led."""
    assert response.status_code == 302, "the flag was refused"
    return response.headers["Location"]


def sent_again_after_withdrawing(one, others):
    """A goes back in the browser and sends the very form from which the withdrawn flag came."""
    others.before(one)
    one.worker()
    one.sign_in()
    own = _where(one.see("flagging", "POST", "/flags/new/", one.typed(FIRST)))
    others.after_flag(one)
    one.worker()
    others.later(one)
    one.worker()
    one.see("withdrawing", "POST", f"{own}withdraw/")
    one.see("sent again at once", "POST", "/flags/new/", one.typed(FIRST))
    one.see("my flags", "GET", "/flags/mine/")
    one.worker()
    one.see("sent again later", "POST", "/flags/new/", one.typed(FIRST))
    one.see("my flags", "GET", "/flags/mine/")


STORIES = [whole_story, sent_again_after_withdrawing]


@pytest.fixture(scope="module")
def alone(cast):
    """What A sees without any other, played once for each story and threshold."""
    return cache(lambda story, threshold: play(story, cast, threshold=threshold, others=Nobody()))


@pytest.mark.parametrize("threshold", [2, 1])
@pytest.mark.parametrize("story", STORIES)
@pytest.mark.parametrize("others", EVERYBODY)
def test_the_other_makes_no_difference(cast, alone, story, others, threshold):
    found = difference(alone(story, threshold), play(story, cast, threshold=threshold, others=others()))
    assert not found, found


@pytest.mark.parametrize("story", STORIES)
def test_two_plays_of_the_same_are_the_same(cast, alone, story):
    again = play(story, cast, threshold=2, others=Nobody())
    found = difference(alone(story, 2), again)
    assert not found, found
    assert sum("statements" in line for line in again) > 5


def test_a_difference_would_be_seen(cast, alone):
    class SaidYes(SaidNo):
        of_me = ("yes", "yes")

    found = difference(alone(whole_story, 2), play(whole_story, cast, threshold=2, others=SaidYes()))
    assert found
