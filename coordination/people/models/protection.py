"""What protects a young person: when non-disclosure was switched, and what each guardian may know."""

import uuid

from auditlog.registry import auditlog
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Membership, User
from coordination.encryption.fields import EncryptedTextField
from coordination.people.models.young_people import YoungPerson


class NonDisclosureChange(models.Model):
    """Non-disclosure was switched on, or ended for a written reason. Coordinators alone read the reason."""

    young_person = models.ForeignKey(YoungPerson, on_delete=models.CASCADE, related_name="non_disclosure_changes")
    switched_on = models.BooleanField(_("switched on"))
    reason = EncryptedTextField(_("reason"), blank=True, default="")
    by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("change of non-disclosure")
        verbose_name_plural = _("changes of non-disclosure")
        constraints = [
            models.CheckConstraint(
                condition=Q(switched_on=True) | ~Q(reason=""),
                name="non_disclosure_ends_for_a_reason",
                violation_error_message=_("Write why the non-disclosure ends."),
            )
        ]

    def __str__(self):
        return f"change of non-disclosure {self.pk}"


class LegalGuardian(models.Model):
    """One guardian of a young person: what they know or may know, since when, and who said so.

    For coordinators only. `user` is the account of a guardian who works in an agency here and must not learn.
    """

    class Knows(models.TextChoices):
        NOT_TOLD = "not_told", _("not told yet")
        TOLD = "told", _("told")
        ALLOWED = "allowed", _("told and allowed it")
        MUST_NOT = "must_not", _("must not learn")

    class SaidBy(models.TextChoices):
        YOUNG_PERSON = "young_person", _("the young person")
        THEMSELVES = "themselves", _("the guardian")
        AUTHORITY = "authority", _("an authority's decision")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    young_person = models.ForeignKey(YoungPerson, on_delete=models.CASCADE, related_name="legal_guardians")
    name = EncryptedTextField(_("name"))
    phone = EncryptedTextField(_("telephone"), blank=True, default="")
    knows = models.CharField(_("what they know"), max_length=10, choices=Knows.choices, default=Knows.NOT_TOLD)
    said_by = models.CharField(_("said by"), max_length=12, choices=SaidBy.choices, blank=True)
    since = models.DateTimeField(_("since"), default=timezone.now)
    user = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    written_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    token = models.UUIDField(editable=False)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("guardian")
        verbose_name_plural = _("guardians")
        constraints = [
            models.UniqueConstraint(fields=["young_person", "token"], name="guardian_sent_once"),
            models.CheckConstraint(
                condition=Q(knows="not_told") | ~Q(said_by=""),
                name="guardian_says_by_whom",
                violation_error_message=_("Say who said so."),
            ),
        ]

    def __str__(self):
        return f"guardian {self.pk}"


auditlog.register(NonDisclosureChange, exclude_fields=["reason"])
auditlog.register(LegalGuardian, exclude_fields=["name", "phone", "token"])
