"""With whom the one adult may talk, about what, until when: the young person's own say."""

import uuid

from auditlog.registry import auditlog
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Membership
from coordination.support.models.supports import SaidHow, Support
from coordination.support.models.work import MatterKind


class TalkPermission(models.Model):
    """The young person lets the one adult and this professional talk about these matters, until the day given.

    It names a person, never an agency. While it holds, the professional sees the young person's page with the adult
    and their own row; ended, they see nothing from the same second on.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    support = models.ForeignKey(Support, on_delete=models.CASCADE, related_name="permissions")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    matters = ArrayField(models.CharField(max_length=15, choices=MatterKind.choices), verbose_name=_("about what"))
    until = models.DateField(_("until"))
    said_how = models.CharField(_("how the young person said so"), max_length=10, choices=SaidHow.choices)
    given_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["given_at", "pk"]
        verbose_name = _("permission to talk")
        verbose_name_plural = _("permissions to talk")
        constraints = [
            models.UniqueConstraint(
                fields=["support", "membership"],
                condition=Q(ended_at=None),
                name="one_permission_to_talk_with_somebody",
                violation_error_message=_("There is a permission for this professional already."),
            ),
            models.CheckConstraint(condition=Q(matters__len__gt=0), name="permission_to_talk_is_about_something"),
        ]

    def __str__(self):
        return f"permission to talk {self.pk}"


auditlog.register(TalkPermission)
