"""What the timetable runs of this top floor."""

from celery import shared_task
from django.conf import settings

from config import erasing, leaving
from config.health import queries as health
from coordination.staffing import commands as staffing
from pilots.measures.models import MeasureFact
from pilots.questionnaires.models import FormFact
from pilots.registry.commands import counting
from pilots.schedules.commands import counting as schedules


@shared_task(name="config.beat", ignore_result=True)
def beat():
    """Show that the timetable and a worker are alive."""
    health.beat()


@shared_task(name="config.settle_leavers", ignore_result=True)
def settle_leavers():
    """Settle what those who have left their work left behind."""
    leaving.sweep()


@shared_task(name="config.end_idle_rights", ignore_result=True)
def end_idle_rights():
    """Tell of rights that nobody uses, and end them in time. The demo's accounts wait for whoever comes by."""
    if not settings.DEMO_MODE:
        staffing.end_idle()


@shared_task(name="config.count_measures", ignore_result=True)
def count_measures():
    """Close the half-years of the measures whose figures can show by now."""
    counting.count_halves(MeasureFact)


@shared_task(name="config.count_forms", ignore_result=True)
def count_forms():
    """Close the half-years of the forms whose figures can show by now."""
    counting.count_halves(FormFact)


@shared_task(name="config.count_schedules", ignore_result=True)
def count_schedules():
    """Count the half-years of the schedules whose figures can show by now."""
    schedules.count_halves()


@shared_task(name="config.erase_what_ended", ignore_result=True)
def erase_what_ended():
    """Erase what was closed so long ago that the areas keep it no longer."""
    erasing.erase_what_ended()


@shared_task(name="config.erase_asked", ignore_result=True)
def erase_asked(young_person_id=None):
    """Erase the young people who asked for it: one, or whoever still waits."""
    erasing.erase_asked(young_person_id=young_person_id)
