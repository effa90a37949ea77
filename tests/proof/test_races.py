"""P19: eight processes flag in pairs at the same moment, half of it on new people, half on people who already exist.

PROOF_FLAGS sets how many flags each process posts (default 100).
"""

import multiprocessing
import os
import random
from collections import Counter
from datetime import date, timedelta
from queue import Empty
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import Count
from django.utils import timezone

from coordination.activity.models import Event
from coordination.agencies.models import Membership, Training, User
from coordination.follow_ups.models import AskedAdult, FollowUp
from coordination.outbox.models import Notification
from coordination.people.commands import find_or_make
from coordination.people.models import Ground, YoungPerson
from coordination.people.permissions import recompute
from flags.flagging.models import Flag
from flags.flagging.rules import AN_HOUR
from flags.matching.models import Match, MatchedFlag
from tests.cast import Cast
from tests.proof.flagger import play

PAIRS = 4
FLAGS = int(os.environ.get("PROOF_FLAGS", "100"))
A_FEW = AN_HOUR - 1  # flags that one user may post within the hour, so a process acts for many


def professionals(agency, number):
    """So many trained members of the agency."""
    users = User.objects.bulk_create(
        User(email=f"{uuid4()}@example.test", first_name="Pro", last_name=str(i), password="!") for i in range(number)
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
    barriers = [context.Barrier(2) for _ in range(PAIRS)]
    shares = [people[pair::PAIRS] for pair in range(PAIRS)]
    processes = []
    for agency in (cast.school, cast.health):
        for barrier, share in zip(barriers, shares, strict=True):
            members = professionals(agency, len(share) // A_FEW + 1)
            turns = [(members[number // A_FEW].pk, typed) for number, typed in enumerate(share)]
            arguments = (connection.settings_dict["NAME"], turns, barrier, mistakes)
            processes.append(context.Process(target=play, args=arguments))
    for process in processes:
        process.start()
    found = []
    while any(process.is_alive() for process in processes) or not mistakes.empty():
        try:
            found.append(mistakes.get(timeout=0.2))
        except Empty:
            continue
    for process in processes:
        process.join()
    return found


@pytest.mark.django_db(transaction=True)
def test_simultaneous_flags_make_one_person_and_one_match():
    cast = Cast()
    people = young_people(FLAGS * PAIRS)
    for typed in people[: len(people) // 2]:
        find_or_make(area=cast.mikkeli, **typed)
    mistakes = race(cast, people)
    assert not mistakes, "\n".join([f"{len(mistakes)} mistakes, the first ones:", *mistakes[:3]])
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
    assert sum(recompute(person, write=False) for person in YoungPerson.objects.all()[:40]) == 0


def doubled(model):
    return list(model.objects.values("young_person").annotate(rows=Count("pk")).filter(rows__gt=1))
