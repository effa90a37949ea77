"""Things that happen at the same moment, each with the other's lock in its way."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest

from config import merging
from coordination.agencies.rules import NotNow
from coordination.clocks.rules import today
from coordination.follow_ups.commands import Decision, save_call, take_up
from coordination.follow_ups.models import FollowUp
from coordination.people import access
from coordination.people.drifting import drift
from coordination.people.models import LikelyDouble, YoungPerson
from flags.flagging.commands import withdraw_flag
from flags.flagging.models import Flag
from flags.matching import commands, erasing
from flags.matching.commands import settle_flag, sweep
from flags.matching.models import Match
from tests.flags.together import Doing, meet, together

pytestmark = pytest.mark.django_db(transaction=True)


def errors(results):
    return [result for result in results if isinstance(result, Exception)]


def test_a_flag_posted_while_the_last_one_is_erased_is_not_lost(cast, monkeypatch):
    """The poster has found the person; the eraser has found no flag but the withdrawn one."""
    flag = cast.flag(cast.teacher)
    withdraw_flag(flag=flag, by=cast.teacher)
    poster = []

    def erase_meanwhile(young_person):
        poster.append(Doing(lambda: cast.flag(cast.nurse)))
        poster[0].join(1.5)
        erase(young_person)

    erase = erasing.erase_person
    monkeypatch.setattr(erasing, "erase_person", erase_meanwhile)
    settle_flag(flag_id=flag.pk)
    poster[0].join(10)
    assert errors([poster[0].result]) == []
    assert Flag.objects.get().user == cast.nurse.user
    assert YoungPerson.objects.count() == 1


def test_a_person_erased_between_finding_and_committing_is_made_anew(cast, monkeypatch):
    """The foreign key is checked when the poster commits; the second try makes the person again."""
    from flags.flagging import commands as flagging

    flag = cast.flag(cast.teacher)
    withdraw_flag(flag=flag, by=cast.teacher)
    tries = []

    def erased_meanwhile(**kwargs):
        tries.append(kwargs)
        if len(tries) == 1:
            assert errors(together(lambda: settle_flag(flag_id=flag.pk))) == []
        return give(**kwargs)

    give = flagging.give_ground_of_flag
    monkeypatch.setattr(flagging, "give_ground_of_flag", erased_meanwhile)
    again = cast.flag(cast.nurse)
    assert len(tries) == 2
    assert Flag.objects.get() == again
    assert again.young_person.pk != flag.young_person_id


def test_two_who_are_alike_are_settled_at_once(cast, monkeypatch):
    """Each holds its own person; they are put before the coordinators as one likely double."""
    flags = [cast.flag(cast.teacher, settle=False), cast.flag(cast.nurse, first_name="Aina", settle=False)]
    barrier = threading.Barrier(2)

    def look_together(**kwargs):
        meet(barrier)
        return look(**kwargs)

    look = commands.look_for_doubles
    monkeypatch.setattr(commands, "look_for_doubles", look_together)
    results = together(*(lambda pk=flag.pk: settle_flag(flag_id=pk) for flag in flags))
    assert errors(results) == []
    assert LikelyDouble.objects.count() == 1
    assert not Flag.objects.filter(settled_at=None).exists()


def test_a_flag_joins_while_the_coordinator_saves_the_young_persons_choice(cast, monkeypatch):
    follow_up = cast.match()
    take_up(follow_up=follow_up, by=cast.coordinator)
    follow_up.refresh_from_db()
    third = cast.flag(cast.social_worker, settle=False)
    adult = follow_up.asked.get(membership=cast.teacher)
    barrier = threading.Barrier(2)

    def give_together(**kwargs):
        meet(barrier)
        return give(**kwargs)

    def match_together(**kwargs):
        meet(barrier)
        return match(**kwargs)

    give, match = access.give_ground, commands.match_flag
    monkeypatch.setattr(access, "give_ground", give_together)
    monkeypatch.setattr(commands, "match_flag", match_together)

    def save():
        save_call(
            follow_up=follow_up,
            by=cast.coordinator,
            version=follow_up.version,
            token=uuid4(),
            attempt=None,
            decisions=[Decision(adult, "yes", "yes", "young_person")],
            next_step="meeting",
            next_step_on=today() + timedelta(days=7),
            pause=False,
            contact={},
        )

    results = together(save, lambda: settle_flag(flag_id=third.pk))
    assert [one for one in errors(results) if not isinstance(one, NotNow)] == []
    sweep(older_than_seconds=-1)
    assert follow_up.asked.filter(left_at=None).count() == 3


def test_one_withdraws_while_another_flags(cast):
    """Whoever is first: the second flag stands alone, and no follow-up waits for one adult."""
    for number in range(6):
        typed = {"first_name": "Aino" + "abcdefgh"[number] * 4, "last_name": "Virtanen" + "klmnopqr"[number] * 5}
        first = cast.flag(cast.teacher, **typed)

        def withdraw(first=first):
            withdraw_flag(flag=first, by=cast.teacher)
            settle_flag(flag_id=first.pk)

        results = together(withdraw, lambda typed=typed: cast.flag(cast.nurse, **typed))
        assert errors(results) == []
        sweep(older_than_seconds=-1)
        assert Flag.objects.filter(user=cast.nurse.user, ended_at=None).count() == number + 1
        assert not Flag.objects.filter(settled_at=None).exists()
        assert not FollowUp.objects.exclude(state="not_needed").exists()
    assert not list(drift())


def test_one_flag_settled_by_its_wake_up_and_by_the_sweep(cast):
    cast.flag(cast.teacher)
    flag = cast.flag(cast.nurse, settle=False)
    assert errors(together(*[lambda: settle_flag(flag_id=flag.pk)] * 4)) == []
    assert Match.objects.count() == FollowUp.objects.count() == 1


def test_one_page_sent_twice_at_once(cast):
    token = uuid4()
    results = together(*[lambda: cast.flag(cast.teacher, token=token, settle=False)] * 3)
    assert errors(results) == []
    assert len({flag.pk for flag in results}) == Flag.objects.count() == 1


def test_two_tabs_flag_the_same_at_once(cast):
    results = together(*[lambda: cast.flag(cast.teacher, settle=False)] * 2)
    assert [type(error) for error in errors(results)] == [NotNow]
    assert Flag.objects.count() == 1


# --- Two rows, one young person -------------------------------------------------------------------------------------


def double_of(cast):
    cast.flag(cast.teacher)
    cast.flag(cast.nurse, first_name="Aina")
    return LikelyDouble.objects.get()


@pytest.mark.parametrize("other", [True, False])
def test_two_coordinators_decide_one_double(cast, other):
    double = double_of(cast)
    results = together(
        lambda: merging.decide(double=double, same=True, by=cast.coordinator),
        lambda: merging.decide(double=double, same=other, by=cast.second_coordinator),
    )
    assert [type(error) for error in errors(results)] == [NotNow]
    double.refresh_from_db()
    assert YoungPerson.objects.filter(joined_to=None).count() == (1 if double.state == "same" else 2)


def test_a_flag_of_the_old_spelling_posted_during_the_join(cast, monkeypatch):
    double = double_of(cast)
    posted = []

    def join_meanwhile(**kwargs):
        poster = Doing(lambda: cast.flag(cast.social_worker, first_name="Aina", settle=False))
        poster.join(5)
        posted.append(poster.result)
        return join(**kwargs)

    join = merging.join_people
    monkeypatch.setattr(merging, "join_people", join_meanwhile)
    merging.decide(double=double, same=True, by=cast.coordinator)
    assert errors(posted) == []
    sweep(older_than_seconds=-1)
    kept = YoungPerson.objects.get(joined_to=None)
    assert set(Flag.objects.values_list("young_person", flat=True)) == {kept.pk}
    assert FollowUp.objects.get().asked.count() == 3
    assert not list(drift())


def test_a_flag_settled_during_the_join(cast):
    double = double_of(cast)
    flag = cast.flag(cast.social_worker, first_name="Aina", settle=False)
    results = together(
        lambda: merging.decide(double=double, same=True, by=cast.coordinator),
        lambda: settle_flag(flag_id=flag.pk),
    )
    assert errors(results) == []
    sweep(older_than_seconds=-1)
    assert FollowUp.objects.get(state="waiting").asked.filter(left_at=None).count() == 3
    assert Flag.objects.filter(settled_at=None).count() == 0
