"""One professional's process in the proof of simultaneous flags: posts one flag after another, each at the same moment
as the process it is paired with, and settles it as the task would."""

import os
import traceback


def play(database, people, barrier, mistakes):
    """Post a flag on each of the people in the order given and settle it.

    `people` are (membership id, names and birth date); before each both processes of a pair meet at the barrier, and
    every other two times again between posting and settling, so that both ways to race are run. Whatever goes wrong is
    put into the queue `mistakes`, and the pair goes on.
    """
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    from django.conf import settings

    settings.DATABASES["default"] |= {"NAME": database, "CONN_MAX_AGE": None}
    import django

    django.setup()
    try:
        _play(people, barrier, mistakes)
    except Exception:  # shown by the test, which else would only see that something is missing
        barrier.abort()
        mistakes.put(traceback.format_exc())


def _play(people, barrier, mistakes):
    from datetime import timedelta
    from uuid import uuid4

    from coordination.agencies.models import Membership
    from coordination.clocks.rules import today
    from flags.flagging.commands import post_flag
    from flags.matching.commands import settle_flag

    members = Membership.objects.select_related("user", "agency__area").in_bulk({pk for pk, _typed in people})
    until = today() + timedelta(days=90)
    for number, (membership, typed) in enumerate(people):
        barrier.wait(60)
        flag = None
        try:
            flag = post_flag(by=members[membership], token=uuid4(), until=until, told_and_allowed=True, **typed)
        except Exception:
            mistakes.put(traceback.format_exc())
        if number % 4 > 1:
            barrier.wait(60)
        try:
            if flag:
                settle_flag(flag_id=flag.pk)
        except Exception:
            mistakes.put(traceback.format_exc())
