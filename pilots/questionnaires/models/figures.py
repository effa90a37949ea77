"""What stays of filled-in forms for figures, with nobody in it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from coordination.clocks.half_years import COUNTED, FactOfHalfYear
from pilots.registry.models import Pilot


class FormFact(FactOfHalfYear):
    """How often something was so of a pilot's forms in one half-year. Written when it happens, shown when the half-year
    has been counted; the row "counted" is the area's and of no pilot."""

    class What(models.TextChoices):
        COUNTED = COUNTED
        BEGUN = "begun"
        # 1 with the part of everybody whom the form asks, 0 without somebody's.
        SUBMITTED = "submitted"

    pilot = models.ForeignKey(Pilot, on_delete=models.CASCADE, null=True, related_name="+")

    class Meta(FactOfHalfYear.Meta):
        abstract = False
        verbose_name = _("fact of a half-year of forms")
        verbose_name_plural = _("facts of half-years of forms")
        constraints = [
            models.UniqueConstraint(
                fields=["area", "half", "what", "value", "agencies", "pilot"],
                nulls_distinct=False,
                name="form_fact_in_one_row",
            )
        ]
