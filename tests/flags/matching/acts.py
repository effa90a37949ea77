"""What people do in these tests, in one word each."""

from datetime import timedelta
from uuid import uuid4

from coordination.clocks.rules import today
from coordination.follow_ups.commands import Decision, save_call
from coordination.follow_ups.queries import asked_adults
from flags.flagging.commands import withdraw_flag
from flags.matching.commands import settle_flag, sweep


def withdraw(flag):
    """Withdraw one's own flag, and let follow what the task would."""
    withdraw_flag(flag=flag, by=flag.membership)
    settle_flag(flag_id=flag.pk)


def say(follow_up, adult, takes_part, *, by):
    """Save on the call sheet what the young person said of this adult."""
    follow_up.refresh_from_db()
    save_call(
        follow_up=follow_up,
        by=by,
        version=follow_up.version,
        token=uuid4(),
        attempt=None,
        decisions=[Decision(adult, takes_part, "yes" if takes_part == "yes" else "no", "young_person")],
        next_step="meeting",
        next_step_on=today() + timedelta(days=7),
        pause=False,
        contact={},
    )


def asked(follow_up):
    """The memberships on the sheet."""
    return {adult.membership for adult in asked_adults(follow_up)}


def settle_all():
    """What the sweep does once everybody's wake-up was lost."""
    sweep(older_than_seconds=-60)
