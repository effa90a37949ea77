"""One young person's sessions with one professional, what was answered in them, and the phone handed over for it."""

import json
import uuid
from decimal import Decimal

from auditlog.registry import auditlog
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Membership, User
from coordination.encryption.fields import EncryptedTextField
from coordination.people.models import YoungPerson
from pilots.measures.models.instruments import Instrument
from pilots.registry.models import Pilot


class Respondent(models.TextChoices):
    """Who answers: never by name."""

    YOUNG_PERSON = "young_person", _("young person")
    GUARDIAN_1 = "guardian_1", _("guardian 1")
    GUARDIAN_2 = "guardian_2", _("guardian 2")


class Course(models.Model):
    """One or two instruments taken with one young person, by one membership that alone sees it.

    `put_up_at` says since when the owner's colleagues see its curve, without whose it is.
    """

    class Ending(models.TextChoices):
        PLANNED = "planned", _("planned: what was agreed is done")
        STOPPED = "stopped", _("not planned: it broke off")
        LEFT = "left", _("not planned: the professional left")
        UNSEEN = "unseen", _("not planned: the professional may see the young person no more")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token = models.UUIDField(editable=False)
    young_person = models.ForeignKey(YoungPerson, on_delete=models.CASCADE, related_name="+")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    outcome = models.ForeignKey(Instrument, on_delete=models.PROTECT, null=True, related_name="+")
    alliance = models.ForeignKey(Instrument, on_delete=models.PROTECT, null=True, related_name="+")
    pilot = models.ForeignKey(Pilot, on_delete=models.PROTECT, null=True, related_name="+")
    begun_on = models.DateField()
    begun_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True)
    ended_on = models.DateField(null=True)
    ending = models.CharField(max_length=10, choices=Ending.choices, blank=True)
    put_up_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-begun_on", "-pk"]
        verbose_name = _("course of measures")
        verbose_name_plural = _("courses of measures")
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__isnull=False) | Q(alliance__isnull=False), name="course_has_an_instrument"
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, ended_at=None, ending="")
                | Q(ended_on__gte=F("begun_on"), ended_at__isnull=False) & ~Q(ending=""),
                name="course_ends_after_it_begins",
                violation_error_message=_("It can't end before it begins."),
            ),
            models.CheckConstraint(condition=Q(put_up_at=None) | Q(ended_on=None), name="course_put_up_while_open"),
            models.UniqueConstraint(fields=["membership", "token"], name="course_sent_once"),
            models.UniqueConstraint(
                fields=["young_person", "membership"],
                condition=Q(ended_on=None),
                name="course_open_once",
                violation_error_message=_("You have begun with this young person already."),
            ),
        ]
        indexes = [models.Index(fields=["membership"], condition=Q(ended_on=None), name="courses_open_of")]

    def __str__(self):
        return f"course of measures {self.pk}"

    def get_absolute_url(self):
        return reverse("measures:course", args=[self.public_id])

    @property
    def instruments(self):
        """What is taken, in the order in which it is."""
        return [one for one in (self.outcome, self.alliance) if one]


class Session(models.Model):
    """One meeting with the young person, or its guardians, in which something is answered."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="sessions")
    number = models.PositiveSmallIntegerField()
    held_on = models.DateField(_("day"))

    class Meta:
        ordering = ["course", "number"]
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        constraints = [
            models.UniqueConstraint(fields=["course", "number"], name="course_session_once"),
            models.UniqueConstraint(
                fields=["course", "held_on"],
                name="course_session_a_day",
                violation_error_message=_("There is a session on that day already."),
            ),
        ]

    def __str__(self):
        return f"session {self.pk}"


class Response(models.Model):
    """What one respondent answered to one instrument. A corrected one stays beside the row that takes its place."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="responses")
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="+")
    respondent = models.CharField(max_length=15, choices=Respondent.choices)
    values = EncryptedTextField()
    by_hand_over = models.BooleanField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["session", "pk"]
        verbose_name = _("answer to an instrument")
        verbose_name_plural = _("answers to instruments")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "instrument", "respondent"],
                condition=Q(replaced_at=None),
                name="response_that_counts_once",
            )
        ]

    def __str__(self):
        return f"answer {self.pk}"

    @property
    def numbers(self):
        """The value of each scale, in their order."""
        return [Decimal(text) for text in json.loads(self.values)]


class HandOver(models.Model):
    """The phone in somebody else's hand: one instrument, one respondent, one session, for half an hour.

    The secret in its address is kept as a hash; whoever holds it can answer once and read nothing.
    """

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="hand_overs")
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="+")
    respondent = models.CharField(max_length=15, choices=Respondent.choices)
    language = models.CharField(max_length=2, choices=User.Language.choices)
    secret_hash = models.BinaryField(max_length=32, unique=True)
    made_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["session", "pk"]
        verbose_name = _("handing over of the phone")
        verbose_name_plural = _("handings over of the phone")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "instrument", "respondent"],
                condition=Q(used_at=None, ended_at=None),
                name="hand_over_once_at_a_time",
            )
        ]

    def __str__(self):
        return f"handing over {self.pk}"


auditlog.register(Course, exclude_fields=["token"])
auditlog.register(Session)
auditlog.register(Response, exclude_fields=["values"])
auditlog.register(HandOver, exclude_fields=["secret_hash"])
