"""What people propose to change in the directory, or to add to it."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Area, Membership
from coordination.services.models.entries import Service


class ServiceSuggestion(models.Model):
    """Proposed by somebody who uses the directory, decided by whoever keeps it.

    `proposed` has what would be otherwise, by the names of the form's fields (`forms.entries.ServiceForm`), with keys
    of rows in place of rows; for a new service (`service` is None) all that was filled in.
    """

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", _("taken into the directory")
        CHANGED = "changed", _("taken into the directory with changes")
        DECLINED = "declined", _("not taken")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token = models.UUIDField(unique=True, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, null=True, related_name="suggestions")
    proposed = models.JSONField(default=dict)
    words = models.TextField(max_length=500, blank=True)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    answer = models.TextField(max_length=300, blank=True)
    decided_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("suggestion for the directory")
        verbose_name_plural = _("suggestions for the directory")
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", decided_at=None, decided_by=None)
                | ~Q(outcome="") & Q(decided_at__isnull=False, decided_by__isnull=False),
                name="suggestion_decided_by_somebody",
            )
        ]
        indexes = [models.Index(fields=["area", "at"], condition=Q(decided_at=None), name="suggestions_waiting")]

    def __str__(self):
        return f"suggestion {self.pk}"

    @property
    def title(self):
        """The name of what it is about: in the directory, or as it was proposed."""
        return self.service.name if self.service else self.proposed.get("name_fi", "")
