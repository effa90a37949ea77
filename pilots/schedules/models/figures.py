"""What stays of schedules for figures, with nobody in it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from coordination.clocks.half_years import COUNTED, FactOfHalfYear
from pilots.registry.models import Pilot


class ScheduleFact(FactOfHalfYear):
    """How often something was so of a pilot's schedules in one half-year: of how many young people, each once. Written
    when the half-year is counted, or before that when what it comes of goes; the row "counted" is the area's and of no
    pilot."""

    class What(models.TextChoices):
        COUNTED = COUNTED
        BEGUN = "begun"
        IN_TIME = "in_time"
        LATE = "late"
        LEFT_OUT = "left_out"
        # Of each step that was done: 1 in time, 0 late.
        DONE = "done"

    pilot = models.ForeignKey(Pilot, on_delete=models.CASCADE, null=True, related_name="+")

    class Meta(FactOfHalfYear.Meta):
        abstract = False
        verbose_name = _("fact of a half-year of schedules")
        verbose_name_plural = _("facts of half-years of schedules")
        constraints = [
            models.UniqueConstraint(
                fields=["area", "half", "what", "value", "agencies", "pilot"],
                nulls_distinct=False,
                name="schedule_fact_in_one_row",
            )
        ]
