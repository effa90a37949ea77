"""One professional's process in the proof of simultaneous flags: posts one flag after another, each at the same moment
as the process it is paired with, and settles it as the task would; by the commands, or by their statements alone."""

import os
import traceback

PATIENCE = 120


def play(database, people, barrier, gate, mistakes):
    """Post a flag on each of the people in the order given and settle it.

    `people` are (membership id, names and birth date); before each both processes of a pair meet at the barrier, and
    every other two times again between posting and settling, so that both ways to race are run. At the gate all
    processes meet before the first and after the last one, for the time between. Whatever goes wrong is put into the
    queue `mistakes`, and the pair goes on.
    """
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    from django.conf import settings

    settings.DATABASES["default"] |= {"NAME": database, "CONN_MAX_AGE": None}
    import django

    django.setup()
    _between_gates(lambda: _by_command(people, barrier, mistakes), barrier, gate, mistakes)


def play_by_hand(database, people, ways, barrier, gate, mistakes):
    """The same, by the recorded statements alone (see `ways_of_flagging`)."""
    _between_gates(lambda: _by_hand(database, people, ways, barrier, mistakes), barrier, gate, mistakes)


def _between_gates(flag_all, barrier, gate, mistakes):
    try:
        gate.wait(PATIENCE)
        flag_all()
    except Exception:  # shown by the test, which else would only see that something is missing
        barrier.abort()
        mistakes.put(traceback.format_exc())
    gate.wait()


def _by_command(people, barrier, mistakes):
    from datetime import timedelta
    from uuid import uuid4

    from coordination.agencies.models import Membership
    from coordination.clocks.rules import today
    from flags.flagging.commands import post_flag
    from flags.matching.commands import settle_flag

    members = Membership.objects.select_related("user", "agency__area").in_bulk({pk for pk, _typed in people})
    until = today() + timedelta(days=90)

    def post(membership, typed):
        return post_flag(by=members[membership], token=uuid4(), until=until, told_and_allowed=True, **typed).pk

    _all(people, post, lambda flag: settle_flag(flag_id=flag), barrier, mistakes)


def _by_hand(database, people, ways, barrier, mistakes):
    from coordination.agencies.models import Membership
    from scripts.bench.database import connect
    from scripts.bench.flaggers import given
    from scripts.bench.replay import replay

    posting, settling, area, users = ways
    with connect(database) as line:

        def post(membership, typed):
            member = Membership(pk=membership, user_id=users[membership])
            way, answers = replay(line, [posting], **given(member, typed, area=area))
            return answers[way.number_of("flags_flag")][0][0]

        _all(people, post, lambda flag: replay(line, settling, flag=flag), barrier, mistakes)


def _all(people, post, settle, barrier, mistakes):
    for number, (membership, typed) in enumerate(people):
        barrier.wait(PATIENCE)
        flag = None
        try:
            flag = post(membership, typed)
        except Exception:
            mistakes.put(traceback.format_exc())
        if number % 4 > 1:
            barrier.wait(PATIENCE)
        try:
            if flag:
                settle(flag)
        except Exception:
            mistakes.put(traceback.format_exc())
