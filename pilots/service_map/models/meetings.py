"""Meetings of the coordination group: what is taken up, what was decided, and who does what by when."""

import uuid
from datetime import timedelta

from auditlog.registry import auditlog
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Area, Membership
from coordination.meetings.models import Meeting
from coordination.meetings.states import MeetingState
from pilots.service_map.models.group import GroupMember


class GroupMeeting(models.Model):
    """One meeting of an area's group. `sequence` counts its changes for calendars (RFC 5545), and `number` those of its
    agenda and of what was written down."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token = models.UUIDField(null=True, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField(_("begins"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), choices=Meeting.Length.choices)
    where = models.CharField(_("place"), max_length=200)
    state = models.CharField(max_length=10, choices=MeetingState.choices, default=MeetingState.PLANNED)
    sequence = models.PositiveIntegerField(default=0)
    number = models.PositiveIntegerField(default=1)
    attended = models.ManyToManyField(GroupMember, related_name="+", verbose_name=_("who came"))
    held_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-starts_at", "-pk"]
        verbose_name = _("meeting of a coordination group")
        verbose_name_plural = _("meetings of coordination groups")
        constraints = [
            models.UniqueConstraint(fields=["area", "token"], name="group_meeting_sent_once"),
            models.CheckConstraint(
                condition=Q(state="held", held_at__isnull=False) | ~Q(state="held") & Q(held_at=None),
                name="held_group_meeting_says_when_it_was_written_down",
            ),
        ]

    def __str__(self):
        return f"meeting of a coordination group {self.pk}"

    def get_absolute_url(self):
        return reverse("service_map:meeting", args=[self.public_id])

    @property
    def ends_at(self):
        """When it is over."""
        return self.starts_at + timedelta(minutes=self.minutes)


class AgendaItem(models.Model):
    """One thing that a meeting takes up, and what was decided of it. What was drawn from open things is `about` one of
    them, which stands at `link`; `of_the_group` where only the group may know what that is."""

    meeting = models.ForeignKey(GroupMeeting, on_delete=models.CASCADE, related_name="agenda")
    order = models.PositiveSmallIntegerField()
    words = models.CharField(_("what is taken up"), max_length=300)
    about = models.UUIDField(null=True)
    link = models.CharField(max_length=200, blank=True)
    of_the_group = models.BooleanField(default=False)
    decided = models.TextField(_("what was decided"), max_length=1000, blank=True)

    class Meta:
        ordering = ["meeting", "order", "pk"]
        verbose_name = _("item of an agenda")
        verbose_name_plural = _("items of agendas")
        constraints = [models.UniqueConstraint(fields=["meeting", "about"], name="thing_once_in_an_agenda")]

    def __str__(self):
        return f"item of an agenda {self.pk}"


class GroupAction(models.Model):
    """What somebody does by some day, as a meeting agreed. Nobody does it where `owner` is empty: whoever did has
    left. `number` grows with each change."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token = models.UUIDField(null=True, editable=False)
    meeting = models.ForeignKey(GroupMeeting, on_delete=models.CASCADE, related_name="actions")
    words = models.CharField(_("what is done"), max_length=300)
    owner = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    due_on = models.DateField(_("by"))
    done_at = models.DateTimeField(null=True)
    number = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = _("action of a coordination group")
        verbose_name_plural = _("actions of coordination groups")
        constraints = [models.UniqueConstraint(fields=["meeting", "token"], name="group_action_sent_once")]
        indexes = [
            models.Index(fields=["owner", "due_on"], condition=Q(done_at=None), name="pilots_group_actions_open")
        ]

    def __str__(self):
        return f"action of a coordination group {self.pk}"


auditlog.register(GroupMeeting, exclude_fields=["token"], m2m_fields={"attended"})
auditlog.register(AgendaItem)
auditlog.register(GroupAction, exclude_fields=["token"])
