"""How the house is: whether pages can be made, and whether what runs in the background keeps up."""

from datetime import timedelta
from functools import lru_cache

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from coordination.outbox.queries import oldest_due_since
from coordination.use_log.queries import oldest_unsealed_age

# Beat and a worker set it together, every minute; a cache that was emptied is filled again by the next one.
HEARTBEAT = "heartbeat"
# Each of them is some turns of the timetable, so that one slow turn alarms nobody.
LONGEST = {
    "timetable": timedelta(minutes=4),
    "mail": timedelta(minutes=15),
    "use_log": timedelta(minutes=15),
}


def beat() -> None:
    """Note that the timetable and a worker are alive."""
    cache.set(HEARTBEAT, timezone.now().isoformat(), timeout=None)


def readiness() -> dict[str, dict]:
    """Each thing looked at: {"ok": bool}, and the seconds by which it is behind where that can be said.

    No names and no numbers of anything but seconds. Never raises for a database or a cache that is away: of what can't
    be known without it nothing is told.
    """
    try:
        found = {"database": {"ok": _answers()}, "migrations": {"ok": not unapplied_migrations()}}
        if found["migrations"]["ok"]:
            found |= _heart() | {name: _in_time(age, LONGEST[name]) for name, age in _ages().items()}
    except DatabaseError:
        return {"database": {"ok": False}}
    return found


def _answers():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


@lru_cache(maxsize=1)
def _last_migrations():
    """Of each app the migrations that nothing follows, as the files of this release have them."""
    return frozenset(MigrationLoader(None).graph.leaf_nodes())


def unapplied_migrations() -> list[str]:
    """The apps whose last migration has not run; empty when all of them are up to date."""
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(app for app, name in _last_migrations() if (app, name) not in applied)


def _heart():
    """Whether the cache answers and, where it does, how long ago the timetable and a worker were heard."""
    try:
        heard = cache.get(HEARTBEAT)
    except Exception:  # Each kind of cache raises errors of its own library.
        return {"cache": {"ok": False}}
    age = timezone.now() - parse_datetime(heard) if heard else None
    return {"cache": {"ok": True}, "timetable": _in_time(age, LONGEST["timetable"])}


def _ages():
    """How far behind the queues in the database are."""
    due = oldest_due_since()
    return {
        "mail": timezone.now() - due if due else timedelta(0),
        "use_log": oldest_unsealed_age() or timedelta(0),
    }


def _in_time(age, longest):
    if age is None:
        return {"ok": False, "seconds": None}
    return {"ok": age <= longest, "seconds": max(0, round(age.total_seconds()))}
