"""The Celery app and the whole timetable.

Tasks are named here, never imported. A message is only a hint to look at rows now, so a lost one costs at most a
sweep's wait, and each scheduled message expires before the next one comes: nothing piles up while no worker runs.
"""

import logging.config
import os

from celery import Celery
from celery.schedules import crontab
from celery.signals import setup_logging
from django.conf import settings

import config.broker  # noqa: F401  registers the folder transport, in the web process too

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")

MINUTE, HOUR = 60, 3600

app = Celery("rinnalla")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


def _every(seconds: float, task: str) -> dict:
    return {"task": task, "schedule": seconds, "options": {"expires": seconds * 0.8}}


def _at(task: str, *, expires: int, **when) -> dict:
    """Times of day are those of settings.TIME_ZONE."""
    return {"task": task, "schedule": crontab(**when), "options": {"expires": expires}}


@app.on_after_configure.connect
def set_timetable(sender: Celery, **_) -> None:
    sender.conf.beat_schedule = timetable()


def timetable() -> dict[str, dict]:
    """Every recurring task by its name. Beat and the house tests read it; nothing else schedules anything."""
    sweep = settings.SWEEP_SECONDS
    entries = [
        _every(MINUTE, "coordination.seal_use_log"),
        _every(sweep, "coordination.send_mails"),
        _every(sweep, "flags.sweep"),
        _every(sweep, "coordination.bring_in"),
        _every(sweep, "coordination.import_catalogue"),
        _every(sweep, "config.settle_leavers"),
        _every(sweep, "coordination.settle_supports"),
        _every(sweep, "coordination.ask_for_adults"),
        _every(MINUTE, "config.beat"),
        # At night, too: somebody may wait for a receipt.
        _every(MINUTE, "coordination.look_after_reports"),
        _every(MINUTE, "coordination.write_ledger"),
        _every(MINUTE, "config.erase_asked"),
        _every(5 * MINUTE, "coordination.act_on_resets"),
        # By day only: whoever wants mail at once sleeps at night.
        _at("coordination.look_after_clocks", minute=5, hour="7-17", expires=50 * MINUTE),
        _at("pilots.look_after_schedules", minute=15, hour="7-17", expires=50 * MINUTE),
        _at("pilots.look_after_surveys", hour=7, minute=25, expires=6 * HOUR),
        # The task itself knows who has had the letter of the month.
        _at("pilots.send_network_letters", hour=8, minute=35, expires=6 * HOUR),
        _at("coordination.remind_of_permissions", hour=7, minute=20, expires=6 * HOUR),
        _at("coordination.remind_of_services", hour=7, minute=30, expires=6 * HOUR),
        _at("pilots.remind_of_findings", hour=7, minute=40, expires=6 * HOUR),
        # The task itself knows working days; a digest that could not leave by the afternoon waits for the next one.
        _at("coordination.make_digests", hour=8, minute=0, expires=6 * HOUR),
        _at("flags.end_expired", hour=2, minute=0, expires=6 * HOUR),
        # Before sight is ended by its date.
        _at("coordination.keep_in_sight", hour=1, minute=50, expires=6 * HOUR),
        _at("coordination.end_what_ended", hour=2, minute=10, expires=6 * HOUR),
        _at("config.end_idle_rights", hour=2, minute=20, expires=6 * HOUR),
        _at("flags.count_months", hour=2, minute=30, expires=6 * HOUR),
        # Before what ended is erased, though what goes leaves its facts behind.
        _at("coordination.count_halves", hour=2, minute=5, expires=6 * HOUR),
        _at("config.count_measures", hour=2, minute=35, expires=6 * HOUR),
        _at("config.count_schedules", hour=2, minute=15, expires=6 * HOUR),
        _at("config.count_forms", hour=2, minute=36, expires=6 * HOUR),
        _at("pilots.look_after_trainings", hour=2, minute=40, expires=6 * HOUR),
        _at("coordination.forget_sessions", hour=2, minute=50, expires=6 * HOUR),
        _at("config.erase_what_ended", hour=2, minute=20, expires=6 * HOUR),
        _at("coordination.check_use_log", hour=3, minute=40, expires=6 * HOUR),
        _at("coordination.check_access", hour=3, minute=10, expires=6 * HOUR),
    ]
    return {entry["task"]: entry for entry in entries}


@setup_logging.connect
def log_like_the_web(**_) -> None:
    """Without this Celery installs its own log format, which writes whole exception texts."""
    logging.config.dictConfig(settings.LOGGING)
