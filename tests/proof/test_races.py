"""P19: eight processes flag in pairs at the same moment, on new people and on people who already exist.

PROOF_FLAGS sets how many flags each process posts (default 100).
"""

import multiprocessing
import os
import random
from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.models import Count
from django.utils import timezone

from coordination.activity.models import Event
from coordination.agencies.models import Membership, Training, User
from coordination.follow_ups.models import AskedAdult, FollowUp
from coordination.outbox.models import Notification
from coordination.people.access import drift
from coordination.people.commands import find_or_make
from coordination.people.models import Ground, YoungPerson
from flags.flagging.models import Flag
from flags.flagging.rules import AN_HOUR
from flags.matching.models import Match, MatchedFlag
from tests.cast import Cast
from tests.proof.flagger import play

PROCESSES = 8
FLAGS = int(os.environ.get("PROOF_FLAGS", "100"))


def professionals(agency, number):
    """So many trained members of the agency: nobody may flag more than a few times in an hour."""
    users = User.objects.bulk_create(
        User(email=f"{agency.pk}-{i}@example.test", first_name="Pro", last_name=str(i), password="!")
        for i in range(number)
    )
    Training.objects.bulk_create(Training(user=user, held_on=date(2026, 1, 1)) for user in users)
    return Membership.objects.bulk_create(Membership(user=user, agency=agency) for user in users)


def young_people(number):
    """So many names and birth dates, none like another."""
    chance = random.Random(19)
    latest = timezone.localdate() - timedelta(days=366 * 18)
    seen = set()
    while len(seen) < number:
        name = "".join(chance.choices("aehijklmnoprstuvyäö", k=12)).title()
        seen.add((name, "".join(chance.choices("aehijklmnoprstuvyäö", k=14)).title(), chance.randrange(3000)))
    return [
        {"first_name": first, "last_name": last, "birth_date": latest - timedelta(days=days)}
        for first, last, days in sorted(seen)
    ]


def race(cast, people):
    """Let each pair of processes flag its share of the people; gives back whatever went wrong in them."""
    context = multiprocessing.get_context("spawn")
    mistakes = context.Queue()
    each = len(people) // (PROCESSES // 2)
    allowed = AN_HOUR - 1
    processes = []
    for pair in range(PROCESSES // 2):
        barrier = context.Barrier(2)
        share = people[pair * each : (pair + 1) * each]
        for agency in (cast.school, cast.health):
            members = professionals_of[agency.pk][pair]
            turns = [(members[number // allowed].pk, typed) for number, typed in enumerate(share)]
            arguments = (connection.settings_dict["NAME"], turns, barrier, mistakes)
            processes.append(context.Process(target=play, args=arguments))
    for process in processes:
        process.start()
    found = []
    while any(process.is_alive() for process in processes) or not mistakes.empty():
        try:
            found.append(mistakes.get(timeout=0.2))
        except Exception:
            continue
    for process in processes:
        process.join()
    return found


professionals_of = {}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("known", [False, True], ids=["new people", "people who already exist"])
def test_simultaneous_flags_make_one_person_and_one_match(known):
    cast = Cast()
    pairs = PROCESSES // 2
    people = young_people(FLAGS * pairs)
    needed = FLAGS // (AN_HOUR - 1) + 1
    for agency in (cast.school, cast.health):
        made = professionals(agency, needed * pairs)
        professionals_of[agency.pk] = [made[pair * needed : (pair + 1) * needed] for pair in range(pairs)]
    if known:
        for typed in people:
            find_or_make(area=cast.mikkeli, **typed)
    assert race(cast, people) == []
    number = len(people)
    assert Flag.objects.count() == 2 * number
    assert YoungPerson.objects.count() == number
    assert Match.objects.count() == FollowUp.objects.count() == number
    assert doubled(Match) == doubled(FollowUp) == []
    assert MatchedFlag.objects.count() == AskedAdult.objects.count() == 2 * number
    assert Counter(Flag.objects.values_list("young_person", flat=True)).most_common()[-1][1] == 2
    assert not Flag.objects.filter(settled_at=None).exists()
    assert Ground.objects.filter(kind="coordination").count() == number
    assert Ground.objects.filter(kind="flag").count() == 2 * number
    assert Event.objects.filter(kind="follow_up_opened").count() == number
    assert Notification.objects.filter(code="follow_up_waits").count() == 2 * number  # two coordinators
    assert not list(drift())


def doubled(model):
    return list(model.objects.values("young_person").annotate(rows=Count("pk")).filter(rows__gt=1))
