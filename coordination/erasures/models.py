"""What outlives an erasure: a line for the ledger outside, until it is written there, and anonymous counts."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Area


class LedgerLine(models.Model):
    """One erasure or revocation on its way to the ledger outside the database; it is deleted once it stands there.

    It is written in the transaction of the deed, so what was rolled back is never told. `what` is a code and `ids`
    hold random ids and codes, never a name.
    """

    at = models.DateTimeField(default=timezone.now)
    what = models.CharField(max_length=20)
    ids = models.JSONField()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("line of the ledger")
        verbose_name_plural = _("lines of the ledger")

    def __str__(self):
        return f"{self.what} {self.pk}"


class Tally(models.Model):
    """How many of what was erased were alike: all that figures still need of it, and nothing of anybody.

    Of flags `origin` says whether they had matched. Of follow-ups it says from what they began, `contacted` whether
    somebody was reached in time, and `outcome` what came of it (empty for one that went away unbegun). `month` is the
    first day of the month in which the flag was posted or the follow-up opened.
    """

    class Kind(models.TextChoices):
        FLAG = "flag", _("flag")
        FOLLOW_UP = "follow_up", _("follow-up")

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="+")
    month = models.DateField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    origin = models.CharField(max_length=10, blank=True)
    contacted = models.CharField(max_length=10, blank=True)
    outcome = models.CharField(max_length=12, blank=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["area", "month", "kind", "pk"]
        verbose_name = _("count of what was erased")
        verbose_name_plural = _("counts of what was erased")
        constraints = [
            models.UniqueConstraint(
                fields=["area", "month", "kind", "origin", "contacted", "outcome"], name="tally_once"
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.month:%Y-%m} {self.count}"
