"""What goes when a schedule has been kept long enough, or its young person asks for it."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from coordination.clocks import half_years
from coordination.erasures.commands import note
from coordination.people.erasing import erase_rows
from pilots.schedules.models import Enrolment, ScheduleFact
from pilots.schedules.queries.figures import facts_to_keep


def kept_long_enough():
    """The keys of the schedules that ended so long ago that their young person's area keeps them no longer."""
    before = timezone.now() - F("young_person__area__days_kept_after_closing") * timedelta(days=1)
    return Enrolment.objects.filter(ended_at__lt=before).order_by("pk").values_list("pk", flat=True)


@transaction.atomic
def erase_schedule(*, enrolment):
    """Erase the schedule of a young person with its days; what figures need stays, with nobody in it. The caller holds
    the young person."""
    held = Enrolment.objects.select_for_update(of=["self"], no_key=True).select_related("pilot__area")
    kept = facts_to_keep(held.get(pk=enrolment.pk))
    note("schedule", schedule=enrolment.public_id)
    area = enrolment.pilot and enrolment.pilot.area
    erase_rows(enrolment)
    half_years.keep(ScheduleFact, area, kept)
