"""What stands on the checklist before real data may come, and who has signed it."""

from auditlog.registry import auditlog
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Membership


class Tick(models.Model):
    """One item of the checklist is done, says this administrator; taken back, it stays as history."""

    item = models.CharField(_("item"), max_length=30)
    note = models.CharField(_("where it can be found"), max_length=200, blank=True)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", verbose_name=_("ticked by"))
    at = models.DateTimeField(_("ticked at"), default=timezone.now)
    ended_at = models.DateTimeField(_("taken back at"), null=True)
    ended_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("taken back by")
    )

    class Meta:
        verbose_name = _("tick of the go-live checklist")
        verbose_name_plural = _("ticks of the go-live checklist")
        constraints = [
            models.UniqueConstraint(fields=["item"], condition=Q(ended_at=None), name="checklist_item_ticked_once"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("at")), name="tick_ends_after_it_was_made"
            ),
        ]

    def __str__(self):
        return f"{self.item} {self.pk}"


class Signature(models.Model):
    """An administrator answers for the whole checklist, as it stood, for the installation at this address.

    A copy of the database at another address is another installation: nobody has signed for it.
    """

    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", verbose_name=_("signed by"))
    items = ArrayField(models.CharField(max_length=30), verbose_name=_("items"))
    public_url = models.CharField(_("address of the installation"), max_length=200)
    at = models.DateTimeField(_("signed at"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended at"), null=True)

    class Meta:
        verbose_name = _("signature of the go-live checklist")
        verbose_name_plural = _("signatures of the go-live checklist")
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("at")), name="signature_ends_after_it_was_made"
            ),
        ]

    def __str__(self):
        return f"signature {self.pk}"


auditlog.register(Tick)
auditlog.register(Signature)
