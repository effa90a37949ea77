"""P0: nothing that A sees, receives or can count differs by whether another has flagged."""

from functools import cache
from uuid import UUID

import pytest

from coordination.people.models import YoungPerson
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


# Where A goes without anybody's id: what is A's own, and what isn't meant for A.
ELSEWHERE = [
    "/help/",
    "/feedback/",
    "/notices/preferences/",
    "/account/sessions/",
    "/account/security/",
    "/acting/for/",
]
ELSEWHERE += ["/figures/", "/figures/table.xlsx", "/settings/", "/rosters/", "/go-live/", "/follow-ups/", "/doubles/"]
ELSEWHERE += ["/follow-ups/begin/", "/admin/", "/admin/coordination/user/"]


def guess(one, person, member):
    """A tries addresses that A was never given: of the young person, of what came of the flag, of the other's."""
    page = f"/person/{person}/"
    for part in ("", "looks/", "reveal/", "erase/", "as/young-person/"):
        one.see(f"a guess: {part}", "GET", page + part)
    one.see("a guess: through others' eyes", "GET", f"{page}as/{member}/")
    for path in ("/flags/{}/", "/flags/{}/renew/", "/meetings/{}/", "/meetings/{}/calendar/", "/follow-ups/{}/"):
        one.see(f"a guess: {path}", "GET", path.format(person))
    for path in ("/flags/{}/undo/", "/flags/{}/withdraw/", "/person/{}/reveal/", "/follow-ups/{}/take-up/"):
        one.see(f"a guess: {path}", "POST", path.format(person))


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
    for path in ELSEWHERE:
        one.see(path, "GET", path)
    person = YoungPerson.objects.filter(first_name="Aino").order_by("pk").first()
    guess(one, person.public_id if person else FIRST, one.cast.nurse.public_id)
    one.see("renewing", "GET", f"{own}renew/")
    one.see("undoing", "POST", f"{own}undo/")
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
    assert response.headers["Location"].startswith("/flags/"), response.headers["Location"]
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


def renewed_until_it_ends(one, others):
    """A is reminded, renews with a fresh permission, is reminded again, and lets the flag end."""
    others.before(one)
    one.worker()
    one.sign_in()
    own = _where(one.see("flagging", "POST", "/flags/new/", one.typed(FIRST)))
    others.after_flag(one)
    one.worker()
    others.later(one)
    one.worker()
    one.tick(days=50)
    one.next_morning()
    look_round(one, own)
    one.see("renewing", "GET", f"{own}renew/")
    one.see("not asked again", "POST", f"{own}renew/", one.boxes(60) | {"token": str(SECOND)})
    asked = one.boxes(60) | {"token": str(SECOND), "told_and_allowed": "on"}
    one.see("renewed", "POST", f"{own}renew/", asked)
    one.see("sent again", "POST", f"{own}renew/", asked)
    one.worker()
    look_round(one, own)
    one.next_morning()
    one.tick(days=50)
    one.next_morning()
    look_round(one, own)
    one.tick(days=14)
    one.next_morning()
    look_round(one, own)
    one.see("too late to renew", "POST", f"{own}renew/", asked)
    one.see_what_came()


def undone(one, others):
    """A flags by mistake, undoes it, flags again and is too late to undo that."""
    others.before(one)
    one.tick(minutes=11)
    one.worker()
    one.sign_in()
    own = _where(one.see("flagging", "POST", "/flags/new/", one.typed(FIRST)))
    others.after_flag(one)
    one.worker()
    one.see("can be undone", "GET", own)
    one.see("undone", "POST", f"{own}undo/")
    one.see("undone again", "POST", f"{own}undo/")
    one.see("sent again", "POST", "/flags/new/", one.typed(FIRST))
    look_round(one, own)
    one.worker()
    look_round(one, own)
    new = _where(one.see("flagging anew", "POST", "/flags/new/", one.typed(SECOND)))
    one.tick(minutes=8)
    one.see("just in time", "GET", new)
    one.tick(minutes=11)
    one.worker()
    others.later(one)
    one.worker()
    one.see("too late", "GET", new)
    one.see("undoing too late", "POST", f"{new}undo/")
    look_round(one, new)
    one.next_morning()
    look_round(one, new)
    one.see_what_came()


STORIES = [whole_story, sent_again_after_withdrawing]
# Stories in which the threshold matters only to what others' flags come to; with the minutes of undoing.
OF_TIME = [(renewed_until_it_ends, 0), (undone, 10)]


@pytest.fixture(scope="module")
def alone(cast):
    """What A sees without any other, played once for each story and threshold."""
    return cache(lambda story, threshold: play(story, cast, threshold=threshold, others=Nobody()))


@pytest.fixture(scope="module")
def alone_in_time(cast):
    """What A sees without any other in a story of time, played once for each."""
    return cache(lambda story, undo_minutes: play(story, cast, threshold=2, others=Nobody(), undo_minutes=undo_minutes))


@pytest.mark.parametrize("threshold", [2, 1])
@pytest.mark.parametrize("story", STORIES)
@pytest.mark.parametrize("others", EVERYBODY)
def test_the_other_makes_no_difference(cast, alone, story, others, threshold):
    found = difference(alone(story, threshold), play(story, cast, threshold=threshold, others=others()))
    assert not found, found


@pytest.mark.parametrize(("story", "undo_minutes"), OF_TIME)
@pytest.mark.parametrize("others", EVERYBODY)
def test_nor_while_time_passes(cast, alone_in_time, story, undo_minutes, others):
    seen = play(story, cast, threshold=2, others=others(), undo_minutes=undo_minutes)
    found = difference(alone_in_time(story, undo_minutes), seen)
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
