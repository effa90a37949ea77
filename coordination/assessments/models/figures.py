"""What figures keep of the assessments: facts of half-years with nobody in them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from coordination.clocks.half_years import COUNTED, FactOfHalfYear


class AssessmentFact(FactOfHalfYear):
    """One fact of the area's assessments, cut loose from its assessment.

    Of days `value` is their number; of what is told as a share it is 1 where it was so and 0 where it wasn't.
    """

    class What(models.TextChoices):
        """The kinds of facts. Besides these there is "out_" with the outcome, such as "out_general"."""

        COUNTED = COUNTED
        PENDING = "pending"
        BEGUN = "begun"
        DAYS_TO_BEGIN = "days_to_begin"
        FINISHED = "finished"
        DAYS_TO_FINISH = "days_to_finish"
        HEARD = "heard"
        ASKED = "asked"
        MISSING = "missing"

    class Meta(FactOfHalfYear.Meta):
        abstract = False
        verbose_name = _("fact of the assessments of a half-year")
        verbose_name_plural = _("facts of the assessments of half-years")
        constraints = [
            models.UniqueConstraint(
                fields=["area", "half", "what", "value", "agencies"], name="assessment_facts_alike_are_one_row"
            )
        ]
