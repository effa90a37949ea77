"""Files that belong to a pilot or to a decision on it."""

import uuid

from auditlog.registry import auditlog
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Membership
from pilots.registry.models.decisions import Decision
from pilots.registry.models.pilots import Pilot


class Attachment(models.Model):
    """What is known of a file, without its bytes, so that lists needn't read these."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token = models.UUIDField(editable=False)
    pilot = models.ForeignKey(Pilot, on_delete=models.CASCADE, related_name="attachments")
    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, null=True, related_name="attachments")
    name = models.CharField(_("name of the file"), max_length=120)
    content_type = models.CharField(_("type of the file"), max_length=100)
    size = models.PositiveIntegerField(_("bytes"))
    digest = models.CharField(max_length=64)
    added_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField(_("added"), default=timezone.now)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        constraints = [models.UniqueConstraint(fields=["pilot", "token"], name="attachment_sent_once")]

    def __str__(self):
        return f"attachment {self.pk}"


class AttachmentContent(models.Model):
    """The bytes of a file. They live in the database, so that backups, restores and removal have them in one piece."""

    attachment = models.OneToOneField(Attachment, on_delete=models.CASCADE, primary_key=True, related_name="+")
    content = models.BinaryField()

    class Meta:
        ordering = ["attachment"]
        verbose_name = _("content of an attachment")
        verbose_name_plural = _("contents of attachments")

    def __str__(self):
        return f"content of an attachment {self.pk}"


auditlog.register(Attachment, exclude_fields=["token"])
