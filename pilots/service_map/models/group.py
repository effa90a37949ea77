"""Who is in the coordination group of an area."""

import uuid

from auditlog.registry import auditlog
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Area, Membership


class GroupMember(models.Model):
    """One time of somebody in their area's coordination group; whoever `leads` it names the others and holds the
    survey."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    leads = models.BooleanField(_("leads the group"), default=False)
    since = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["since", "pk"]
        verbose_name = _("member of a coordination group")
        verbose_name_plural = _("members of coordination groups")
        constraints = [
            models.UniqueConstraint(
                fields=["area", "membership"],
                condition=Q(ended_at=None),
                name="in_a_coordination_group_once",
                violation_error_message=_("They are in the group already."),
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("since")), name="time_in_a_group_ends_after_it_begins"
            ),
        ]
        indexes = [models.Index(fields=["membership"], condition=Q(ended_at=None), name="pilots_in_a_group")]

    def __str__(self):
        return f"member of a coordination group {self.pk}"


auditlog.register(GroupMember)
