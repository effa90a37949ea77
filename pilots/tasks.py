"""What the timetable runs of this app: each task is thin, and calls a command."""

from celery import shared_task

from pilots.schedules.commands import telling as schedules
from pilots.service_map.commands import network
from pilots.service_map.commands import telling as surveys
from pilots.service_map.commands.children import forget_children
from pilots.service_map.commands.looking_after import remind
from pilots.trainings.commands import erasing as trainings


@shared_task(name="pilots.look_after_trainings", ignore_result=True)
def look_after_trainings():
    """Settle trainings that are over, and erase who people without an account were."""
    trainings.look_after_trainings()


@shared_task(name="pilots.look_after_schedules", ignore_result=True)
def look_after_schedules():
    """Write down what was done in forms and measures, and tell of what is due and late."""
    schedules.look_after_schedules()


@shared_task(name="pilots.look_after_surveys", ignore_result=True)
def look_after_surveys():
    """Remind those who haven't answered in a survey that closes soon, or haven't done what a group agreed on, and erase
    what children wrote long ago."""
    surveys.look_after_surveys()
    forget_children()


@shared_task(name="pilots.send_network_letters", ignore_result=True)
def send_network_letters():
    """Send what was new last month to those in the network who haven't had it."""
    network.send_letters()


@shared_task(name="pilots.remind_of_findings", ignore_result=True)
def remind_of_findings():
    """Tell of what was decided on gaps and overlaps and is due soon, or late."""
    remind()
