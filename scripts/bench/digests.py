"""Digests for 20,000 users: how far memory grows after the first tenth, and whether progress is told."""

import time
from datetime import timedelta

import psutil
from django.utils import timezone

from coordination.clocks.rules import is_working_day
from coordination.outbox.commands import make_digests
from coordination.outbox.models import Mail, Notification


def main():
    """Make the digests of the next working day, and give what was seen on the way."""
    Mail.objects.all().delete()
    Notification.objects.update(mail=None)  # unaudited: notices have no audit
    moment = timezone.localtime().replace(hour=9) + timedelta(days=1)
    while not is_working_day(moment.date()):
        moment += timedelta(days=1)
    process, seen = psutil.Process(), []

    def look(done, of):
        seen.append((done, of, process.memory_info().rss / 2**20))

    before = time.perf_counter()
    made = make_digests(now=moment, progress=look)
    seconds = time.perf_counter() - before
    total = seen[-1][1]
    early = next(memory for done, _of, memory in seen if done >= total / 10)
    growth = max(memory for *_rest, memory in seen) - early
    return {"made": made, "steps": len(seen), "growth_mb": growth, "per_second": made / seconds}
