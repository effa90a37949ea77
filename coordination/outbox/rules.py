"""When digests leave, and how long a mail that did not get through is tried again."""

from datetime import datetime, time, timedelta

from coordination.clocks.rules import HELSINKI, is_working_day

# By the clock in Finland, on working days.
DIGEST_TIME = time(8)

# After the first, second … try that the mail server put off. Then a human takes over.
WAITS_BETWEEN_TRIES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
)

# A sender that has held a mail for longer is dead: every network wait it has ends in seconds.
LONGEST_SENDING = timedelta(minutes=10)


def daily_digest_moment(now):
    """8.00 of the day of `now` in Finland, or None when that isn't a working day or it isn't 8 yet."""
    day = now.astimezone(HELSINKI).date()
    moment = _at_digest_time(day)
    return moment if is_working_day(day) and now >= moment else None


def weekly_digest_moment(now):
    """8.00 of the first working day of the week of `now`, or None while that is still ahead.

    It stays the same for the rest of the week, so that a run which was missed on Monday is made up for on Tuesday with
    what Monday's would have told.
    """
    day = now.astimezone(HELSINKI).date()
    monday = day - timedelta(days=day.weekday())
    for first in (monday + timedelta(days=i) for i in range(day.weekday() + 1)):
        if is_working_day(first):
            moment = _at_digest_time(first)
            return moment if now >= moment else None
    return None


def next_try_after(attempts, now):
    """When a mail that has been tried `attempts` times (at least 1) is tried again; None when that was the last."""
    return now + WAITS_BETWEEN_TRIES[attempts - 1] if attempts <= len(WAITS_BETWEEN_TRIES) else None


def _at_digest_time(day):
    return datetime.combine(day, DIGEST_TIME, tzinfo=HELSINKI)
