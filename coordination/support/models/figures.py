"""What figures keep of the one adult's supports: facts of half-years with nobody in them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from coordination.clocks.half_years import COUNTED, FactOfHalfYear


class HalfYearFact(FactOfHalfYear):
    """One fact of the area's supports, cut loose from its support.

    Of a stretch of days with the same adult `since` and `value` are the days on which the half-year found and left it,
    counted from its beginning; of contacts `value` is their number and `since` the days in which they were.
    """

    class What(models.TextChoices):
        """The kinds of facts. Besides these there are "why_" with the reason of an end, and the moment with where the
        young person was, such as "naming_studies"."""

        COUNTED = COUNTED
        LASTED = "lasted"
        GOES_ON = "goes_on"
        GAP = "gap"
        CONTACTS = "contacts"
        YOUNG = "young"
        ADULTS = "adults"
        AGENCIES_THEN = "agencies_then"
        AGENCIES_NOW = "agencies_now"
        ADULTS_THEN = "adults_then"
        ADULTS_NOW = "adults_now"
        CLOSED = "closed"
        STARS = "stars"

    since = models.PositiveIntegerField(default=0)

    class Meta(FactOfHalfYear.Meta):
        abstract = False
        verbose_name = _("fact of a half-year")
        verbose_name_plural = _("facts of half-years")
        constraints = [
            models.UniqueConstraint(
                fields=["area", "half", "what", "value", "since", "agencies"], name="facts_alike_are_one_row"
            )
        ]
