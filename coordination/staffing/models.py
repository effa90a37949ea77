"""Invitations, the only way into the portal; new addresses of accounts; settings that take two people."""

import uuid

from auditlog.registry import auditlog
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Agency, Area, Membership, User
from coordination.encryption.fields import EncryptedTextField
from coordination.staffing.states import ChangeState


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
    # Known where the invitation came of a list: names for the form, the training for the account.
    first_name = models.CharField(_("first name"), max_length=100, blank=True, default="", db_default="")
    last_name = models.CharField(_("last name"), max_length=100, blank=True, default="", db_default="")
    trained_on = models.DateField(_("trained on"), null=True, blank=True)
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


class AddressChangeQuerySet(models.QuerySet):
    def waiting(self):
        """Those that their owner can still confirm."""
        return self.filter(confirmed_at=None, withdrawn_at=None, expires_at__gt=timezone.now())


class AddressChange(models.Model):
    """An account's new address, asked for by an administrator and confirmed by the account's owner.

    The secret of the link that went to the new address is kept only as a hash.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", verbose_name=_("user"))
    email = EncryptedTextField(_("e-mail"))
    secret_hash = models.BinaryField(max_length=32, null=True, editable=False)
    made_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = AddressChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("new address")
        verbose_name_plural = _("new addresses")
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="address_change_expires_later"),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(withdrawn_at=None), name="address_confirmed_or_withdrawn"
            ),
        ]

    def __str__(self):
        return f"new address {self.pk}"


class SettingChange(models.Model):
    """A change that would widen sight: proposed by one administrator, confirmed or declined by another.

    `what` and `subject` name the row, `field` its setting; `old` and `new` are its values as JSON. `asked` are the
    administrators of the area when it was proposed: nobody who became one later decides.
    """

    class What(models.TextChoices):
        AREA = "area", _("area")
        AGENCY = "agency", _("agency")
        GROUND = "ground", _("legal ground")
        REASON = "reason", _("reason to reveal hidden details")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("area"))
    what = models.CharField(max_length=10, choices=What.choices)
    subject = models.BigIntegerField()
    field = models.CharField(_("setting"), max_length=40)
    old = models.JSONField(_("from"), null=True)
    new = models.JSONField(_("to"))
    basis = models.TextField(_("basis in law"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=ChangeState.choices, default=ChangeState.WAITING)
    proposed_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, related_name="+", verbose_name=_("proposed by")
    )
    proposer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(_("proposed at"), default=timezone.now)
    expires_at = models.DateTimeField(_("to be decided by"))
    asked = models.ManyToManyField(Membership, related_name="+")
    decided_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("decided by")
    )
    decider = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(_("decided at"), null=True)

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        verbose_name = _("change of a setting")
        verbose_name_plural = _("changes of settings")
        constraints = [
            models.UniqueConstraint(
                fields=["what", "subject", "field"],
                condition=Q(state=ChangeState.WAITING.value),
                name="one_change_of_a_setting_waits",
            ),
            models.CheckConstraint(
                condition=Q(state=ChangeState.WAITING.value, decided_at=None)
                | ~Q(state=ChangeState.WAITING.value) & Q(decided_at__isnull=False),
                name="decided_change_has_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ChangeState.CONFIRMED.value, ChangeState.DECLINED.value])
                | Q(decider__isnull=False) & ~Q(decider=F("proposer")),
                name="another_person_decides_on_a_change",
            ),
        ]

    def __str__(self):
        return f"{self.what}.{self.field} {self.pk}"


auditlog.register(Invitation, exclude_fields=["email", "first_name", "last_name", "secret_hash"])
auditlog.register(AddressChange, exclude_fields=["email", "secret_hash"])
auditlog.register(SettingChange)
