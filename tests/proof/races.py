"""Eight processes that flag in pairs at the same moment, and how long that takes them."""

import multiprocessing
import time
from queue import Empty
from uuid import uuid4

from django.db import connection
from django.utils import timezone

from coordination.agencies.models import Membership
from coordination.people.models import YoungPerson
from flags.flagging.commands import post_flag
from flags.flagging.rules import AN_HOUR
from flags.matching.commands import settle_flag
from scripts.bench import replay
from scripts.bench.flaggers import given, professionals, young_people
from tests.proof.flagger import PATIENCE, play, play_by_hand

PAIRS = 4
A_FEW = AN_HOUR - 1  # flags that one user may post within the hour, so a process acts for many


def race(agencies, people, *, ways=None):
    """Let each pair of processes (one of each of the two agencies) flag its share of the people; gives back whatever
    went wrong in them, and the seconds from the first to the last flag. With `ways` by the statements alone."""
    # Recorded ways can't be sent to another process, only inherited.
    context = multiprocessing.get_context("fork" if ways else "spawn")
    mistakes, gate = context.Queue(), context.Barrier(2 * PAIRS + 1)
    barriers = [context.Barrier(2) for _ in range(PAIRS)]
    shares = [people[pair::PAIRS] for pair in range(PAIRS)]
    processes = []
    for agency in agencies:
        for barrier, share in zip(barriers, shares, strict=True):
            members = professionals(agency, len(share) // A_FEW + 1)
            turns = [(members[number // A_FEW].pk, typed) for number, typed in enumerate(share)]
            where = (connection.settings_dict["NAME"], turns)
            if ways:
                users = {member.pk: member.user_id for member in members}
                arguments = (*where, (*ways, agency.area, users), barrier, gate, mistakes)
                processes.append(context.Process(target=play_by_hand, args=arguments))
            else:
                processes.append(context.Process(target=play, args=(*where, barrier, gate, mistakes)))
    connection.close()  # a forked process must not speak on its parent's line
    for process in processes:
        process.start()
    gate.wait(PATIENCE)
    before = time.perf_counter()
    gate.wait()
    seconds = time.perf_counter() - before
    found = []
    while any(process.is_alive() for process in processes) or not mistakes.empty():
        try:
            found.append(mistakes.get(timeout=0.2))
        except Empty:
            continue
    for process in processes:
        process.join()
    return found, seconds


def ways_of_flagging(agencies, until):
    """What posting a flag and settling it run, recorded: a flag that stays alone, one that opens the match, and one
    whose match the other has opened meanwhile."""
    replay.spread_ids()
    people = young_people(6, seed=91)
    pks = [professionals(agency, 1)[0].pk for agency in agencies]
    first, second = (Membership.objects.select_related("user", "agency__area").get(pk=pk) for pk in pks)

    def post(member, typed):
        return post_flag(by=member, token=uuid4(), until=until, told_and_allowed=True, **typed).pk

    for typed in people[:2]:  # what is cached for good is cached by now
        for member in (first, second):
            settle_flag(flag_id=post(member, typed))
    with replay.recorded(**given(first, people[2], area=first.area)) as posting:
        flag = post(first, people[2])
    with replay.recorded(flag=flag) as alone:
        settle_flag(flag_id=flag)
    flag = post(second, people[2])
    with replay.recorded(flag=flag) as opens:
        settle_flag(flag_id=flag)
    flag, other = post(first, people[3]), post(second, people[3])
    settle_flag(flag_id=flag)
    with replay.recorded(flag=other) as joined:
        settle_flag(flag_id=other)
    # The recorded dates of birth are asked for again by each run: these people must not be found by them.
    YoungPerson.objects.update(birth_date=timezone.localdate().replace(year=1970))  # unaudited: invented people
    return posting, [alone, opens, joined]
