"""Needs that nothing answered, marked in real work."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Agency, Area
from coordination.services.models.lists import Need


class UnmetNeed(models.Model):
    """A need that no service answered, marked in real work.

    With a `source` (the public id of what it was marked in) a row is one mark, which can be taken back there. Once the
    source is erased the mark is only a number: a row without a source says how many of one kind there were. The change
    log doesn't keep marks, since it would keep the source for good; the date of birth is never here.
    """

    class AgeBand(models.TextChoices):
        """By the age that is reached in the year of the mark."""

        UNDER_13 = "0-12", _("under 13")
        FROM_13 = "13-15", "13–15"
        FROM_16 = "16-17", "16–17"
        FROM_18 = "18-20", "18–20"
        FROM_21 = "21-24", "21–24"
        FROM_25 = "25+", _("25 and over")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, null=True, editable=False)
    source = models.UUIDField(null=True, editable=False)
    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="+")
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    age_band = models.CharField(max_length=5, choices=AgeBand.choices)
    month = models.DateField()
    count = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["area", "month", "need", "pk"]
        verbose_name = _("unmet need")
        verbose_name_plural = _("unmet needs")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "need"], condition=Q(source__isnull=False), name="unmet_need_marked_once"
            ),
            models.UniqueConstraint(
                fields=["area", "month", "need", "agency", "age_band"],
                condition=Q(source=None),
                name="unmet_need_counted_once",
            ),
            models.CheckConstraint(
                condition=Q(source__isnull=False, public_id__isnull=False, count=1) | Q(source=None, public_id=None),
                name="unmet_need_is_a_mark_or_a_count",
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="unmet_need_of_a_month"),
        ]
        indexes = [models.Index(fields=["area", "month"], name="unmet_needs_of_month")]

    def __str__(self):
        return f"unmet need {self.pk}"
