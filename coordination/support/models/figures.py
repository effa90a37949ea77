"""What figures keep of the one adult's supports: facts of half-years with nobody in them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Area


class HalfYearFact(models.Model):
    """How often something was so in one half-year of an area: facts that are alike are one row with a `count`.

    A fact is cut loose from its support and from every other fact, so that no row tells of anybody. It comes when the
    half-year is counted, once and for good, or before that when the support is erased. `agencies` are the numbers of
    those that know of it anyway (never shown: they decide what may be shown), and `people` how many different young
    people there are in it. The row "counted" says that the half-year, named by its first day, has been counted.

    Of a stretch of days with the same adult `since` and `value` are the days on which the half-year found and left it,
    counted from its beginning; of contacts `value` is their number and `since` the days in which they were.
    """

    class What(models.TextChoices):
        """The kinds of facts. Besides these there are "why_" with the reason of an end, and the moment with where the
        young person was, such as "naming_studies"."""

        COUNTED = "counted"
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

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="+")
    half = models.DateField()
    what = models.CharField(max_length=20)
    value = models.PositiveIntegerField(default=0)
    since = models.PositiveIntegerField(default=0)
    agencies = ArrayField(models.PositiveBigIntegerField(), default=list)
    people = models.PositiveIntegerField(default=0)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["area", "half", "what", "pk"]
        verbose_name = _("fact of a half-year")
        verbose_name_plural = _("facts of half-years")
        constraints = [
            models.UniqueConstraint(
                fields=["area", "half", "what", "value", "since", "agencies"], name="facts_alike_are_one_row"
            )
        ]

    def __str__(self):
        return f"{self.what} {self.half:%Y-%m} {self.count}"
