"""What was counted of each month, once and for good: numbers without anybody in them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Area
from coordination.follow_ups.models import FollowUp


class MonthCount(models.Model):
    """How many of one thing there were in one month of an area, and how many of them each side knows of anyway.

    Written once, after the month, and never changed: a figure that moved later would tell by how much. `known` is by
    the agency's number and by `rules.COORDINATORS` and `rules.ERASED`; it is never shown, it only decides what may be
    shown. `people` says how many young people a count of matches concerns. `what` is one of WHATS, or "need_" and the
    code of a need that was marked as needed but not available: the needs are a list in the database.
    """

    class What(models.TextChoices):
        FLAGS = "flags", _("flags")
        MATCHES = "matches", _("matches")
        IN_TIME = "in_time", _("contacted in time")

    NEED = "need_"
    WHATS = [*What.choices, *((f"outcome_{code}", label) for code, label in FollowUp.Outcome.choices)]

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="+")
    month = models.DateField()
    what = models.CharField(max_length=20, choices=WHATS)
    number = models.PositiveIntegerField()
    known = models.JSONField(default=dict)
    people = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["area", "month", "what"]
        verbose_name = _("count of a month")
        verbose_name_plural = _("counts of months")
        constraints = [models.UniqueConstraint(fields=["area", "month", "what"], name="month_counted_once")]

    def __str__(self):
        return f"{self.what} {self.month:%Y-%m}"
