"""What stays of courses for figures, with nobody in it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from coordination.clocks.half_years import COUNTED, FactOfHalfYear
from pilots.registry.models import Pilot


class MeasureFact(FactOfHalfYear):
    """How often something was so of a pilot's courses in one half-year. Written when it happens, shown when the
    half-year has been counted; the row "counted" is the area's and of no pilot."""

    class What(models.TextChoices):
        COUNTED = COUNTED
        BEGUN = "begun"
        PLANNED = "planned"
        UNPLANNED = "unplanned"
        # Of the courses that ended with two scores or more: 1 reliably better, 0 not.
        IMPROVED = "improved"

    pilot = models.ForeignKey(Pilot, on_delete=models.CASCADE, null=True, related_name="+")

    class Meta(FactOfHalfYear.Meta):
        abstract = False
        verbose_name = _("fact of a half-year of measures")
        verbose_name_plural = _("facts of half-years of measures")
        constraints = [
            models.UniqueConstraint(
                fields=["area", "half", "what", "value", "agencies", "pilot"],
                nulls_distinct=False,
                name="measure_fact_in_one_row",
            )
        ]
