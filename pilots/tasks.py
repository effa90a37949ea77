"""What the timetable runs of this app: each task is thin, and calls a command."""

from celery import shared_task

from pilots.schedules.commands import telling as schedules
from pilots.trainings.commands import erasing as trainings


@shared_task(name="pilots.look_after_trainings", ignore_result=True)
def look_after_trainings():
    """Settle trainings that are over, and erase who people without an account were."""
    trainings.look_after_trainings()


@shared_task(name="pilots.look_after_schedules", ignore_result=True)
def look_after_schedules():
    """Write down what was done in forms and measures, and tell of what is due and late."""
    schedules.look_after_schedules()
