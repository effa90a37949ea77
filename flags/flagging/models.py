"""A professional's "I want to work with the others around this young person"."""

import uuid

from auditlog.registry import auditlog
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Area, LegalGround, Membership, Municipality, User
from coordination.encryption.fields import BlindIndexField, EncryptedTextField, at_least_one_of
from coordination.people.models import YoungPerson


class Flag(models.Model):
    """What one professional typed, and until when it holds. It never says why: there is no field for a reason.

    What was typed stays here and is shown to this flagger only; `identity_key` is the keyed hash of it, by which a
    flagger's own second flag is noticed without looking at anybody else's. Until `counts_from` the flag can be undone
    and meets no other. `forbidden_at`: the young person asked to be erased, so it lies inert; the flagger is not told.
    """

    class EndReason(models.TextChoices):
        WITHDRAWN = "withdrawn", _("withdrawn")
        EXPIRED = "expired", _("expired")
        OUT_OF_AGE = "out_of_age", _("outside the age band")
        LEFT = "left", _("the flagger has left their work")
        UNDONE = "undone", _("undone")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token = models.UUIDField(editable=False)
    young_person = models.ForeignKey(YoungPerson, on_delete=models.CASCADE, related_name="+")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("area"))
    identity_key = BlindIndexField()
    identity_key_even = BlindIndexField()
    first_name = models.CharField(_("first name"), max_length=100)
    last_name = models.CharField(_("last name"), max_length=100)
    birth_date = models.DateField(_("date of birth"))
    phone = EncryptedTextField(_("telephone"), blank=True, default="")
    hetu = EncryptedTextField(_("personal identity code"), null=True)
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("municipality")
    )
    told_and_allowed = models.BooleanField(_("told and allowed"))
    guardian_allowed = models.BooleanField(_("guardian told and allowed"), default=False)
    legal_ground = models.ForeignKey(
        LegalGround, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("ground in law")
    )
    # As the young person was told: a flag that was posted under consent stays so, whatever the area decides later.
    reveal_rule = models.CharField(
        max_length=10,
        choices=Area.RevealRule.choices,
        default=Area.RevealRule.CONSENT,
        db_default=Area.RevealRule.CONSENT.value,
    )
    until = models.DateField(_("until"))
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=10, choices=EndReason.choices, blank=True)
    settled_at = models.DateTimeField(null=True)
    counts_from = models.DateTimeField(null=True)
    renewed_at = models.DateTimeField(null=True)
    forbidden_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("flag")
        verbose_name_plural = _("flags")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "identity_key"], condition=Q(ended_at=None), name="own_open_flag_once"
            ),
            models.UniqueConstraint(
                fields=["user", "identity_key_even"], condition=Q(ended_at=None), name="own_open_flag_even_once"
            ),
            models.CheckConstraint(condition=at_least_one_of("identity_key"), name="flag_has_an_identity_key"),
            models.CheckConstraint(
                condition=Q(told_and_allowed=True, legal_ground=None)
                | Q(told_and_allowed=False, legal_ground__isnull=False),
                name="flag_allowed_or_on_a_legal_ground",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, end_reason="") | Q(ended_at__gte=F("made_at")) & ~Q(end_reason=""),
                name="flag_ends_after_it_begins",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "-made_at"], condition=Q(ended_at=None), name="flags_of_user"),
            models.Index(fields=["made_at"], condition=Q(settled_at=None), name="flags_to_settle"),
            models.Index(fields=["until"], condition=Q(ended_at=None), name="flags_to_expire"),
        ]

    def __str__(self):
        return f"flag {self.pk}"


class FlaggingCount(models.Model):
    """One posting or withdrawing, counted so that flagging can't be used to search for people.

    Counted per user, and per user and typed identity, never by what others did; the identity is a keyed hash. It also
    remembers the token of the form, apart from the flag: a form sent again after its flag ended is answered the same
    whether the flag was erased or kept, which would tell whether it had matched.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    identity_key = BlindIndexField()
    identity_key_even = BlindIndexField()
    token = models.UUIDField(null=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["user", "-at"], name="flagging_count_of_user")]
        constraints = [
            models.UniqueConstraint(fields=["user", "token"], name="flag_sent_once"),
            models.CheckConstraint(condition=at_least_one_of("identity_key"), name="count_has_an_identity_key"),
        ]

    def __str__(self):
        return f"count {self.pk}"


class FlaggingUnlock(models.Model):
    """A coordinator lets a user whose counts were full flag again."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", verbose_name=_("user"))
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", verbose_name=_("unlocked by"))
    at = models.DateTimeField(_("unlocked at"), default=timezone.now)

    class Meta:
        ordering = ["-at"]
        verbose_name = _("flagging unlocked")
        verbose_name_plural = _("flagging unlocked")

    def __str__(self):
        return f"unlock {self.pk}"


TYPED = ["identity_key", "identity_key_even", "first_name", "last_name", "birth_date", "phone", "hetu", "municipality"]
auditlog.register(Flag, exclude_fields=TYPED)
