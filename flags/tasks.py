"""What the timetable and the wake-ups run: each task is thin, takes ids at most, and calls a command."""

from celery import shared_task

from coordination.interface.each import each_step
from flags.figures import commands as figures
from flags.flagging import commands as flagging
from flags.flagging import renewing
from flags.matching import commands as matching


@shared_task(name="flags.settle_flag", ignore_result=True)
def settle_flag(flag_id):
    """Let one new or ended flag meet the others."""
    matching.settle_flag(flag_id=flag_id)


@shared_task(name="flags.count_again", ignore_result=True)
def count_again(young_person_id):
    """Let the flags on one young person meet the others anew: an exclusion or a refusal has ended."""
    matching.count_again(young_person_id=young_person_id)


@shared_task(name="flags.sweep", ignore_result=True)
def sweep():
    """Settle every flag whose wake-up was lost."""
    matching.sweep()


@shared_task(name="flags.end_expired", ignore_result=True)
def end_expired():
    """End the flags whose last day has passed or whose young person has left the age band; remind of those that end
    soon."""
    each_step(flagging.end_expired, renewing.remind_of_ends)


@shared_task(name="flags.count_months", ignore_result=True)
def count_months():
    """Count the months whose figures can come by now."""
    figures.count_months()
