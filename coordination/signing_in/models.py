"""A second factor that is going to be taken off an account, because its owner has lost it."""

import uuid

from allauth.mfa.models import Authenticator
from auditlog.registry import auditlog
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Membership, User


class FactorReset(models.Model):
    """Begun by an administrator who has met the user; acts after a delay in which the user can stop it."""

    class Identified(models.TextChoices):
        KNOWN = "known", _("I know this person")
        DOCUMENT = "document", _("By an identity document")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", verbose_name=_("user"))
    begun_by = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("begun by")
    )
    identified = models.CharField(_("how the person was identified"), max_length=10, choices=Identified.choices)
    begun_at = models.DateTimeField(_("begun at"), default=timezone.now)
    acts_at = models.DateTimeField(_("acts at"))
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)
    stopped_at = models.DateTimeField(_("stopped at"), null=True, blank=True)

    class Meta:
        ordering = ["-begun_at"]
        verbose_name = _("reset of a second factor")
        verbose_name_plural = _("resets of second factors")
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(done_at=None, stopped_at=None),
                name="one_open_factor_reset",
                violation_error_message=_("A reset has already been begun for this person."),
            ),
            models.CheckConstraint(condition=Q(acts_at__gt=F("begun_at")), name="factor_reset_acts_later"),
            models.CheckConstraint(condition=Q(done_at=None) | Q(stopped_at=None), name="factor_reset_done_or_stopped"),
        ]
        indexes = [
            models.Index(fields=["acts_at"], condition=Q(done_at=None, stopped_at=None), name="factor_resets_open")
        ]

    def __str__(self):
        """Without a name: this goes into the history of changes."""
        return date_format(timezone.localtime(self.begun_at), "j.n.Y G.i")


auditlog.register(FactorReset)
# That a factor came or went is history; the secret in it is not.
auditlog.register(Authenticator, exclude_fields=["data", "last_used_at"])
