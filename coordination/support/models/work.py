"""What the one adult and the young person do together: contacts, matters, services gone along to. No diary."""

import uuid

from auditlog.registry import auditlog
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Membership
from coordination.encryption.fields import EncryptedTextField
from coordination.services.models import Service
from coordination.support.models.supports import Support
from coordination.support.states import MatterState

NOTE_LENGTH = 280


class MatterKind(models.TextChoices):
    """The closed list of what a matter, or a permission to talk, is about."""

    HOUSING = "housing", _("housing")
    STUDIES = "studies", _("studies")
    WORK = "work", _("work")
    HEALTH = "health", _("health")
    MONEY = "money", _("money")
    FREE_TIME = "free_time", _("free time")
    AUTHORITY = "authority", _("another authority")


class Contact(models.Model):
    """One contact with the young person, or an agreed one to which nobody came."""

    class Channel(models.TextChoices):
        FACE = "face", _("face to face")
        PHONE = "phone", _("telephone")
        MESSAGE = "message", _("message")
        VIDEO = "video", _("video call")

    class StartedBy(models.TextChoices):
        ADULT = "adult", _("I")
        YOUNG_PERSON = "young_person", _("the young person")
        OTHER = "other", _("somebody else")

    class Minutes(models.IntegerChoices):
        FIVE = 5, _("5 min")
        QUARTER = 15, _("15 min")
        HALF = 30, _("30 min")
        HOUR = 60, _("1 h")
        TWO_HOURS = 120, _("2 h")
        LONGER = 240, _("longer")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token = models.UUIDField(editable=False)
    support = models.ForeignKey(Support, on_delete=models.CASCADE, related_name="contacts")
    on = models.DateField(_("day"))
    channel = models.CharField(_("how"), max_length=10, choices=Channel.choices)
    started_by = models.CharField(_("who began it"), max_length=12, choices=StartedBy.choices)
    minutes = models.PositiveSmallIntegerField(_("how long"), choices=Minutes.choices)
    came = models.BooleanField(_("it came about"), default=True)
    note = EncryptedTextField(_("note"), blank=True, default="")
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-on", "-pk"]
        verbose_name = _("contact with the one adult")
        verbose_name_plural = _("contacts with the one adult")
        constraints = [models.UniqueConstraint(fields=["support", "token"], name="contact_sent_once")]

    def __str__(self):
        return f"contact {self.pk}"


class Matter(models.Model):
    """One matter that the two work on: of each kind one that isn't solved."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    support = models.ForeignKey(Support, on_delete=models.CASCADE, related_name="matters")
    kind = models.CharField(_("matter"), max_length=15, choices=MatterKind.choices)
    state = models.CharField(_("state"), max_length=12, choices=MatterState.choices, default=MatterState.OPENED)
    opened_on = models.DateField(default=timezone.localdate)
    solved_on = models.DateField(null=True)

    class Meta:
        ordering = ["opened_on", "pk"]
        verbose_name = _("matter")
        verbose_name_plural = _("matters")
        constraints = [
            models.UniqueConstraint(
                fields=["support", "kind"],
                condition=~Q(state="solved"),
                name="one_open_matter_of_a_kind",
                violation_error_message=_("This matter is open already."),
            ),
            models.CheckConstraint(
                condition=Q(state="solved", solved_on__isnull=False) | ~Q(state="solved") & Q(solved_on=None),
                name="solved_matter_says_when",
            ),
        ]

    def __str__(self):
        return f"matter {self.pk}"


class Accompanied(models.Model):
    """The adult went along to a service with the young person."""

    public_id = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
    support = models.ForeignKey(Support, on_delete=models.CASCADE, related_name="accompanied")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+", verbose_name=_("service"))
    on = models.DateField(_("day"))
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(default=timezone.now, db_default=Now())

    class Meta:
        ordering = ["-on", "-pk"]
        verbose_name = _("service gone along to")
        verbose_name_plural = _("services gone along to")
        constraints = [models.UniqueConstraint(fields=["support", "service", "on"], name="gone_along_once_a_day")]

    def __str__(self):
        return f"service gone along to {self.pk}"


auditlog.register(Contact, exclude_fields=["note", "token"])
auditlog.register(Matter)
auditlog.register(Accompanied)
