"""A schedule as it is followed with one young person, and each day that came of it."""

import uuid

from auditlog.registry import auditlog
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Membership
from coordination.people.models import YoungPerson
from pilots.questionnaires.models import Sheet
from pilots.registry.models import Pilot
from pilots.schedules.models.schedules import Schedule, ScheduleStep


class Enrolment(models.Model):
    """One young person, with whom a schedule is followed from the first day on. `owner` does what is due; nobody does
    once the owner sees the young person no more, until a coordinator hands it on.

    It is one's own: two professionals who follow the same schedule don't learn that of each other from here.
    """

    class Ending(models.TextChoices):
        DONE = "done", _("gone through as planned")
        STOPPED = "stopped", _("broken off")
        MOVED = "moved", _("the young person moved elsewhere")
        UNSEEN = "unseen", _("nobody saw the young person any more")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token = models.UUIDField(editable=False)
    young_person = models.ForeignKey(YoungPerson, on_delete=models.CASCADE, related_name="+")
    schedule = models.ForeignKey(Schedule, on_delete=models.PROTECT, related_name="+")
    pilot = models.ForeignKey(Pilot, on_delete=models.PROTECT, null=True, related_name="+")
    owner = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    first_day = models.DateField()
    begun_at = models.DateTimeField(default=timezone.now, editable=False)
    begun_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_on = models.DateField(null=True)
    ending = models.CharField(max_length=10, choices=Ending.choices, blank=True)

    class Meta:
        ordering = ["-begun_at", "-pk"]
        verbose_name = _("schedule of a young person")
        verbose_name_plural = _("schedules of young people")
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None, ended_at=None, ending="")
                | Q(ended_on__gte=F("first_day"), ended_at__gte=F("begun_at")) & ~Q(ending=""),
                name="enrolment_ends_after_it_begins",
                violation_error_message=_("It can't end before it begins."),
            ),
            models.UniqueConstraint(fields=["begun_by", "token"], name="enrolment_sent_once"),
            models.UniqueConstraint(
                fields=["young_person", "schedule", "owner"],
                condition=Q(ended_on=None),
                name="enrolment_open_once",
                violation_error_message=_("You follow this schedule with this young person already."),
            ),
        ]
        indexes = [models.Index(fields=["owner"], condition=Q(ended_on=None), name="enrolments_open_of")]

    def __str__(self):
        return f"schedule of a young person {self.pk}"

    def get_absolute_url(self):
        return reverse("schedules:schedule", args=[self.public_id])


class DueStep(models.Model):
    """One step, with the day by which it is to be done. `done_on` is that of the deed, not of the press; `done_by` said
    that it was done, or left out, or wrote what it was done by."""

    class Why(models.TextChoices):
        NOT_NEEDED = "not_needed", _("not needed")
        NOT_WISHED = "not_wished", _("the young person or a guardian doesn't wish it")
        ELSEWHERE = "elsewhere", _("done elsewhere")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="due_steps")
    step = models.ForeignKey(ScheduleStep, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    done_on = models.DateField(null=True)
    left_out_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=10, choices=Why.choices, blank=True)
    done_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    sheet = models.ForeignKey(Sheet, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["due_on", "step__order", "pk"]
        verbose_name = _("due step")
        verbose_name_plural = _("due steps")
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "step"], name="due_step_once"),
            models.CheckConstraint(
                condition=Q(done_on=None, left_out_at=None, why="", done_by=None)
                | Q(done_on__isnull=False, left_out_at=None, why="", done_by__isnull=False)
                | Q(done_on=None, left_out_at__isnull=False, done_by__isnull=False) & ~Q(why=""),
                name="due_step_done_or_left_out",
            ),
        ]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(done_on=None, left_out_at=None), name="due_steps_waiting")
        ]

    def __str__(self):
        return f"due step {self.pk}"

    def get_absolute_url(self):
        return f"{self.enrolment.get_absolute_url()}#step-{self.public_id}"


auditlog.register(Enrolment, exclude_fields=["token"])
auditlog.register(DueStep)
