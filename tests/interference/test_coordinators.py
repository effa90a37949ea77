"""A coordinator's sight begins with a match: of a flag that has not matched, nothing is seen or told anywhere."""

from functools import cache

import pytest
from django.test import Client

from coordination.follow_ups.models import FollowUp
from flags.figures.commands import count_months
from flags.figures.models import MonthCount
from flags.flagging.commands import withdraw_flag
from tests.acts import say
from tests.cast import born, sign_in
from tests.interference.others import Nobody
from tests.interference.play import difference, play

pytestmark = pytest.mark.django_db

ADMIN = ["", "coordination/user/", "coordination/membership/", "coordination/mail/", "auditlog/logentry/"]
ADMIN += ["flags/flaggingunlock/", "coordination/training/", "coordination/invitation/", "coordination/agency/"]

PAGES = ["/", "/follow-ups/", "/follow-ups/begin/", "/doubles/", "/people/", "/notices/", "/notices/preferences/"]
PAGES += ["/flags/mine/", "/help/", "/feedback/", "/settings/", "/rosters/", "/account/sessions/"]
PAGES += ["/figures/", "/figures/table.xlsx", "/figures/table.csv"]


class UnmatchedBefore(Nobody):
    """The teacher flagged Aino and looked at the flag; nobody else has flagged."""

    def before(self, play):
        self.flag = play.cast.flag(play.cast.teacher, phone="+358407654321")
        self._look()

    def after_flag(self, play):
        self._look()

    def _look(self):
        client = sign_in(Client(), self.flag.membership)
        for path in ("/flags/mine/", f"/flags/{self.flag.public_id}/", "/"):
            assert client.get(path).status_code == 200


class UnmatchedAfter(UnmatchedBefore):
    """The teacher flags after the coordinator has begun from a call."""

    def before(self, play):
        """Nothing yet."""

    def after_flag(self, play):
        UnmatchedBefore.before(self, play)


class Withdrawn(UnmatchedBefore):
    """As the first, but withdrawn before the coordinator asks about the teacher."""

    def after_flag(self, play):
        withdraw_flag(flag=self.flag, by=play.cast.teacher)


class OfASensitiveAgency(UnmatchedBefore):
    """Somebody of a clinic flagged: not even a line of theirs in the log is seen."""

    def before(self, play):
        self.flag = play.cast.flag(play.cast.therapist)
        self._look()


def look_round(one):
    """Every page that a coordinator has without anybody's id."""
    for path in PAGES:
        one.see(path, "GET", path)
    one.see("search", "POST", "/people/", {"name": "Virtanen"})
    for path in ADMIN:
        one.see(f"admin {path}", "GET", f"/admin/{path}")


def only_looking(one, others):
    """The coordinator looks round, today and tomorrow."""
    others.before(one)
    one.worker()
    one.sign_in()
    look_round(one)
    others.after_flag(one)
    one.worker()
    one.next_morning()
    look_round(one)
    one.tick(days=70)
    count_months()
    one.next_morning()
    assert one.see("figures", "GET", "/figures/").context["area"] == one.cast.mikkeli
    assert MonthCount.objects.exists(), "no month was counted"
    look_round(one)
    one.see_what_came()


def beginning_from_a_call(one, others):
    """The young person rings: the coordinator begins a follow-up, asks about the teacher, and reviews the log."""
    others.before(one)
    one.worker()
    one.sign_in()
    day = born(18)
    boxes = {"birth_date_day": day.day, "birth_date_month": day.month, "birth_date_year": day.year}
    called = {"first_name": "Aino", "last_name": "Virtanen", "token": str(one.cast.teacher.public_id)}
    sheet = one.see("begin", "POST", "/follow-ups/begin/", called | boxes).headers["Location"]
    one.see("sheet", "GET", sheet)
    others.after_flag(one)
    one.worker()
    page = one.see("list", "GET", "/people/").context["grounds"][0].young_person.public_id
    _look_at(one, sheet, page)
    one.see("asking about the teacher", "POST", f"{sheet}add-adult/", {"email": one.cast.teacher.user.email})
    one.worker()
    _look_at(one, sheet, page)
    say(FollowUp.objects.get(), one.cast.teacher, by=one.me)
    _look_at(one, sheet, page)
    look_round(one)
    one.next_morning()
    look_round(one)
    one.see_what_came()


def _look_at(one, sheet, page):
    one.see("sheet", "GET", sheet)
    one.see("young person", "GET", f"/person/{page}/")
    one.see("who has looked", "GET", f"/person/{page}/looks/")
    one.see("as the young person", "GET", f"/person/{page}/as/young-person/")
    one.see("as the teacher", "GET", f"/person/{page}/as/{one.cast.teacher.public_id}/")
    one.see("erasing", "GET", f"/person/{page}/erase/")


STORIES = [only_looking, beginning_from_a_call]


@pytest.fixture(scope="module")
def alone(cast):
    """What the coordinator sees where nobody has flagged."""
    return cache(lambda story: play(story, cast, threshold=2, others=Nobody(), me=cast.coordinator))


@pytest.mark.parametrize("story", STORIES)
@pytest.mark.parametrize("others", [UnmatchedBefore, UnmatchedAfter, Withdrawn, OfASensitiveAgency])
def test_an_unmatched_flag_is_nowhere(cast, alone, story, others):
    found = difference(alone(story), play(story, cast, threshold=2, others=others(), me=cast.coordinator))
    assert not found, found


def test_a_match_would_be_seen(cast, alone):
    class Matched(UnmatchedBefore):
        def before(self, play):
            super().before(play)
            play.cast.flag(play.cast.nurse)

    assert difference(alone(only_looking), play(only_looking, cast, threshold=2, others=Matched(), me=cast.coordinator))
