"""Rounds of the current-state survey: what was answered, and what the group made of it."""

import uuid

from auditlog.registry import auditlog
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Area, Membership
from pilots.service_map.models.indicators import SurveyGoal, SurveyIndicator
from pilots.service_map.states import RoundState, Stands


class SurveyRound(models.Model):
    """One round of an area's survey: of all its indicators, or an update of some. Once the group has approved it
    nobody changes it. `number` grows with each change of the round and of its summary."""

    class Kind(models.TextChoices):
        FULL = "full", _("full: every indicator in use")
        UPDATE = "update", _("update: what wasn't in order last time")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token = models.UUIDField(null=True, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=6, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=120)
    closes_on = models.DateField(_("last day to answer"))
    opened_on = models.DateField(_("opened on"), null=True)
    state = models.CharField(max_length=10, choices=RoundState.choices, default=RoundState.DRAFTED)
    reopened_why = models.TextField(_("why it was opened again"), max_length=500, blank=True)
    approved_on = models.DateField(_("day of the group's meeting"), null=True)
    approved_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    number = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("round of the survey")
        verbose_name_plural = _("rounds of the survey")
        constraints = [
            models.UniqueConstraint(fields=["area", "token"], name="survey_round_sent_once"),
            models.UniqueConstraint(
                fields=["area"],
                condition=~Q(state="approved"),
                name="one_survey_round_at_a_time",
                violation_error_message=_("There is a round already. Approve it before another begins."),
            ),
            models.CheckConstraint(
                condition=Q(state="drafted", opened_on=None) | ~Q(state="drafted") & Q(opened_on__isnull=False),
                name="survey_round_opened_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state="approved", approved_on__isnull=False, approved_by__isnull=False)
                & Q(approved_at__isnull=False)
                | ~Q(state="approved") & Q(approved_on=None, approved_by=None, approved_at=None),
                name="approved_survey_round_says_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(opened_on=None) | Q(closes_on__gte=F("opened_on")),
                name="survey_round_closes_after_it_opens",
                violation_error_message=_("The last day to answer has passed. Choose a later one."),
            ),
        ]

    def __str__(self):
        return f"round of the survey {self.pk}"

    def get_absolute_url(self):
        return reverse("service_map:round", args=[self.public_id])


class SurveySummary(models.Model):
    """What the group says of one goal in one round."""

    round = models.ForeignKey(SurveyRound, on_delete=models.CASCADE, related_name="summaries")
    goal = models.ForeignKey(SurveyGoal, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(_("summary"), max_length=2000)

    class Meta:
        ordering = ["round", "goal__order"]
        verbose_name = _("summary of the survey")
        verbose_name_plural = _("summaries of the survey")
        constraints = [models.UniqueConstraint(fields=["round", "goal"], name="one_summary_of_a_goal_in_a_round")]

    def __str__(self):
        return f"summary of the survey {self.pk}"


class SurveyAnswer(models.Model):
    """One indicator of a round, and what was answered of it; nothing yet where `stands` is empty. `asked` is who is to
    answer it; `number` grows with each answer."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(SurveyRound, on_delete=models.CASCADE, related_name="answers")
    indicator = models.ForeignKey(SurveyIndicator, on_delete=models.PROTECT, related_name="+")
    asked = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    stands = models.CharField(_("how it stands"), max_length=10, choices=Stands.choices, blank=True)
    words = models.TextField(_("in words"), max_length=1000, blank=True)
    evidence = models.TextField(_("how it is known"), max_length=1000, blank=True)
    link = models.URLField(_("link"), max_length=500, blank=True)
    value = models.DecimalField(_("number"), max_digits=9, decimal_places=1, null=True)
    answered_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    number = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["indicator__goal__order", "indicator__order", "pk"]
        verbose_name = _("answer to the survey")
        verbose_name_plural = _("answers to the survey")
        constraints = [
            models.UniqueConstraint(fields=["round", "indicator"], name="indicator_once_in_a_round"),
            models.CheckConstraint(
                condition=Q(stands="", answered_by=None, answered_at=None)
                | ~Q(stands="") & Q(answered_by__isnull=False, answered_at__isnull=False),
                name="answer_to_the_survey_says_whose_it_is",
            ),
        ]
        indexes = [models.Index(fields=["asked"], name="pilots_asked_in_survey")]

    def __str__(self):
        return f"answer to the survey {self.pk}"

    def get_absolute_url(self):
        return reverse("service_map:answer", args=[self.public_id])


auditlog.register(SurveyRound, exclude_fields=["token"])
auditlog.register(SurveySummary)
auditlog.register(SurveyAnswer)
