"""The network of professionals: who wants to be found by the others, and to get the monthly letter."""

import uuid

from auditlog.registry import auditlog
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Membership


class NetworkContact(models.Model):
    """One time of somebody in the network of their area, of their own will. `mailed_for` is the first day of the month
    of which the last letter told."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    asks_about = models.CharField(_("what the others can ask about"), max_length=200, blank=True)
    gets_letter = models.BooleanField(_("gets the monthly letter"), default=True)
    since = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    mailed_for = models.DateField(null=True)

    class Meta:
        ordering = ["since", "pk"]
        verbose_name = _("member of the network")
        verbose_name_plural = _("members of the network")
        constraints = [
            models.UniqueConstraint(fields=["membership"], condition=Q(ended_at=None), name="in_the_network_once"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("since")), name="time_in_network_ends_after_it_begins"
            ),
        ]

    def __str__(self):
        return f"member of the network {self.pk}"


auditlog.register(NetworkContact, exclude_fields=["mailed_for"])
