"""Invitations: the only way into the portal."""

import uuid

from auditlog.registry import auditlog
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Agency, Membership, User
from coordination.encryption.fields import EncryptedTextField


class Invitation(models.Model):
    """One-use, expiring. The link's secret is kept only as a hash; a new mail makes a new secret."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = EncryptedTextField(_("e-mail"))
    language = models.CharField(_("language"), max_length=2, choices=User.Language.choices, default=User.Language.FI)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name=_("agency"))
    role = models.CharField(
        _("role"), max_length=15, choices=Membership.Role.choices, default=Membership.Role.PROFESSIONAL
    )
    job_title = models.CharField(_("job title"), max_length=100, blank=True)
    secret_hash = models.BinaryField(max_length=32, null=True, editable=False)
    made_by = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("invited by")
    )
    made_at = models.DateTimeField(_("made at"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("expires at"))
    accepted_at = models.DateTimeField(_("accepted at"), null=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, editable=False)

    class Meta:
        ordering = ["-made_at"]
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="invitation_expires_later"),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(withdrawn_at=None), name="invitation_accepted_or_withdrawn"
            ),
        ]

    def __str__(self):
        """Without the address: this goes into messages and the history of changes."""
        made_at = date_format(timezone.localtime(self.made_at), "j.n.Y G.i")
        return f"{self.get_role_display()}, {made_at}"


auditlog.register(Invitation, exclude_fields=["email", "secret_hash"])
