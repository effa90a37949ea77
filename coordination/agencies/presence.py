"""How long somebody has been signed in, when a human last did something, and when they last showed who they are.

All of it is worked out from a few times that the session keeps. A session that is locked is still signed in: what
unlocks it is showing once more who one is (allauth's reauthentication), which also counts as stepping up.
"""

import time

from allauth.account.authentication import get_authentication_records
from django.conf import settings

BEGAN, SEEN, LOCKED = "began_at", "seen_at", "locked_at"
# Somebody's doings are noted once in this share of the time after which a session locks: noting is a write.
_NOTED = 1 / 80


def begin(session):
    """Start the clocks of a session that has just been signed in; nothing where they run already."""
    if BEGAN not in session:
        session[BEGAN] = session[SEEN] = time.time()


def note(session, *, idle=0):
    """A human did something `idle` seconds ago; a report of longer ago than is known already changes nothing."""
    at = time.time() - max(idle, 0)
    if at - session.get(SEEN, 0) >= settings.LOCK_AFTER_MINUTES * 60 * _NOTED:
        session[SEEN] = at


def lock(session):
    """Lock from now until whoever is signed in shows once more who they are."""
    session[LOCKED] = time.time()


def is_locked(request):
    """Whether this session waits to be unlocked: locked by hand, or idle for longer than LOCK_AFTER_MINUTES."""
    shown = shown_at(request)
    return request.session.get(LOCKED, -1) >= shown or seconds_left(request) < 0


def seconds_left(request):
    """Seconds until the session locks when nothing more is done; negative once it is due."""
    last = max(request.session.get(SEEN, 0), shown_at(request))
    return last + settings.LOCK_AFTER_MINUTES * 60 - time.time()


def seconds_until_over(session):
    """Seconds until the session ends whatever is done; negative once it is over."""
    return session.get(BEGAN, 0) + settings.ABSOLUTE_SESSION_HOURS * 3600 - time.time()


def limits(session):
    """What a page that is shown now knows: seconds until it locks, and until the session ends where that is nearer.

    Else None, so that a page is the same whenever it is asked for; its script learns of the end in time.
    """
    left, ends = settings.LOCK_AFTER_MINUTES * 60, seconds_until_over(session)
    return {"left": int(left), "ends": int(ends) if ends < left else None}


def is_over(session):
    """Whether the session has lasted for ABSOLUTE_SESSION_HOURS."""
    return seconds_until_over(session) < 0


def shown_at(request):
    """When this user last showed who they are in this session, by signing in or once more since; 0 when unknown."""
    records = get_authentication_records(request, request.user)
    return max([request.session.get(BEGAN, 0), *(record.get("at", 0) for record in records)])


def is_recent(request):
    """Whether they showed who they are within STEP_UP_MINUTES; signing in counts."""
    return time.time() - shown_at(request) <= settings.STEP_UP_MINUTES * 60
