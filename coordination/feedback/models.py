"""What people say of the portal itself."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Area, Membership
from coordination.encryption.fields import EncryptedTextField


class Feedback(models.Model):
    """One message about the portal, with or without an account. It is kept apart from whoever wrote it: only an
    address that they gave themselves says where to answer."""

    class Kind(models.TextChoices):
        ACCESSIBILITY = "accessibility", _("something I could not use or read")
        FAULT = "fault", _("something does not work")
        IDEA = "idea", _("an idea, or something else")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token = models.UUIDField(unique=True, editable=False)
    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="+", verbose_name=_("area"))
    kind = models.CharField(_("what it is about"), max_length=15, choices=Kind.choices)
    text = EncryptedTextField(_("message"))
    reply_to = EncryptedTextField(_("e-mail for the answer"), blank=True, default="")
    signed_in = models.BooleanField(_("written by somebody signed in"))
    made_at = models.DateTimeField(_("came"), default=timezone.now)
    answer_by = models.DateField(_("to be answered by"))
    handled_at = models.DateTimeField(_("handled at"), null=True)
    handled_by = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("handled by")
    )

    class Meta:
        ordering = ["-made_at"]
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")
        indexes = [models.Index(fields=["area", "-made_at"], condition=Q(handled_at=None), name="feedback_waiting")]

    def __str__(self):
        return f"feedback {self.pk}"
