"""What the timetable and the wake-ups run: each task is thin, takes ids at most, and calls a command."""

from celery import shared_task

from flags.flagging import commands as flagging
from flags.matching import commands as matching


@shared_task(name="flags.settle_flag", ignore_result=True)
def settle_flag(flag_id):
    """Let one new or ended flag meet the others."""
    matching.settle_flag(flag_id=flag_id)


@shared_task(name="flags.sweep", ignore_result=True)
def sweep():
    """Settle every flag whose wake-up was lost."""
    matching.sweep()


@shared_task(name="flags.end_expired", ignore_result=True)
def end_expired():
    """End the flags whose last day has passed or whose young person has left the age band."""
    flagging.end_expired()
