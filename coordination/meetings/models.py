"""Meetings around a young person: who is invited, who came, and what was agreed."""

import uuid
from datetime import timedelta

from auditlog.registry import auditlog
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Membership
from coordination.encryption.fields import EncryptedTextField
from coordination.meetings.states import MeetingState
from coordination.people.models import YoungPerson


class Meeting(models.Model):
    """One meeting. `source` is the public id of what it belongs to, such as a follow-up; `sequence` counts its changes
    for calendars (RFC 5545)."""

    class Length(models.IntegerChoices):
        HALF = 30, _("half an hour")
        THREE_QUARTERS = 45, _("45 minutes")
        HOUR = 60, _("an hour")
        HOUR_AND_A_HALF = 90, _("an hour and a half")
        TWO_HOURS = 120, _("two hours")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token = models.UUIDField(unique=True, editable=False)
    young_person = models.ForeignKey(YoungPerson, on_delete=models.CASCADE, related_name="+")
    source = models.UUIDField(db_index=True)
    starts_at = models.DateTimeField(_("begins"))
    minutes = models.PositiveSmallIntegerField(_("how long"), choices=Length.choices, default=Length.HOUR)
    place = EncryptedTextField(_("place"))
    state = models.CharField(max_length=10, choices=MeetingState.choices, default=MeetingState.PLANNED)
    sequence = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    held_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-starts_at", "-pk"]
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="held", held_at__isnull=False) | ~Q(state="held") & Q(held_at=None),
                name="held_meeting_says_when_it_was_written_down",
            ),
        ]

    def __str__(self):
        return f"meeting {self.pk}"

    def get_absolute_url(self):
        """The meeting's page, for those invited and for coordinators."""
        return reverse("meetings:meeting", args=[self.public_id])

    @property
    def ends_at(self):
        """When it is over."""
        return self.starts_at + timedelta(minutes=self.minutes)


class Invited(models.Model):
    """One professional who is invited. `public_id` is the meeting's UID in this professional's calendar alone, so that
    two calendars can't be compared."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="invited")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    attended = models.BooleanField(_("came"), null=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("invited adult")
        verbose_name_plural = _("invited adults")
        constraints = [models.UniqueConstraint(fields=["meeting", "membership"], name="adult_invited_once")]

    def __str__(self):
        return f"invited adult {self.pk}"


class AgreedItem(models.Model):
    """What somebody promised to do and by when. Without an owner it is the young person's own."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="agreed")
    text = EncryptedTextField(_("what was agreed"))
    owner = models.ForeignKey(Invited, on_delete=models.CASCADE, null=True, related_name="+")
    due_on = models.DateField(_("by"))
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = _("agreed item")
        verbose_name_plural = _("agreed items")
        indexes = [models.Index(fields=["owner", "due_on"], condition=Q(done_at=None), name="agreed_items_open")]

    def __str__(self):
        return f"agreed item {self.pk}"


auditlog.register(Meeting, exclude_fields=["place", "token"])
auditlog.register(Invited)
auditlog.register(AgreedItem, exclude_fields=["text"])
