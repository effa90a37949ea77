"""Waking a task after commit: a hint that may get lost, because the timetable finds whatever was not woken."""

import logging
from functools import partial

from celery import current_app
from django.db import transaction

logger = logging.getLogger(__name__)

# A hint nobody takes within these seconds is worth nothing: the timetable comes by within a minute.
_HINT_SECONDS = 5


def wake(task_name: str, *ids) -> None:
    """Send the task ``task_name`` with ``ids`` once the running transaction is committed.

    Tasks go by name, never by import, so that a lower step can wake a higher one. Never raises: a broker that is away
    must not turn a saved row into an error page.
    """
    transaction.on_commit(partial(_send, task_name, ids), robust=True)


def _send(task_name: str, ids: tuple) -> None:
    try:
        current_app.send_task(task_name, args=ids, expires=_HINT_SECONDS, retry=False, ignore_result=True)
    except Exception as error:  # Every broker and transport fails with classes of its own.
        logger.warning("could not wake %s: %s", task_name, type(error).__name__)
