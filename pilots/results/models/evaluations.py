"""The evaluation summary of a pilot, as it is written and as it was finished."""

import uuid

from auditlog.registry import auditlog
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Membership, User
from coordination.agencies.models.areas import NamedInThreeLanguages
from pilots.registry.models import Pilot
from pilots.results.models.indicators import Period, Unit, decimal
from pilots.results.states import Standing


class Evaluation(models.Model):
    """What is known of a pilot over some time, and what is recommended. Once finished it isn't changed: another one
    follows it. `number` grows with each change of the draft."""

    class Recommends(models.TextChoices):
        SPREAD = "spread", _("spread it")
        ADAPT = "adapt", _("adapt it")
        STOP = "stop", _("stop it")
        GO_ON = "go_on", _("go on as it is")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    pilot = models.ForeignKey(Pilot, on_delete=models.CASCADE, related_name="+")
    covers_from = models.DateField(_("first day that it tells of"), null=True)
    covers_to = models.DateField(_("last day that it tells of"), null=True)
    recommends = models.CharField(_("what is recommended"), max_length=6, choices=Recommends.choices, blank=True)
    number = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)
    finished_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    # Since when whoever isn't signed in reads it.
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-finished_at", "-pk"]
        verbose_name = _("evaluation summary")
        verbose_name_plural = _("evaluation summaries")
        constraints = [
            models.UniqueConstraint(
                fields=["pilot"], condition=Q(finished_at=None), name="one_draft_of_an_evaluation_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None, finished_by=None)
                | Q(finished_at__isnull=False, finished_by__isnull=False, covers_from__isnull=False)
                & Q(covers_to__isnull=False)
                & ~Q(recommends=""),
                name="finished_evaluation_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None, published_by=None)
                | Q(published_at__isnull=False, published_by__isnull=False, finished_at__isnull=False),
                name="published_evaluation_is_finished",
            ),
            models.CheckConstraint(
                condition=Q(covers_from=None) | Q(covers_to=None) | Q(covers_to__gte=F("covers_from")),
                name="evaluation_covers_days_in_order",
                violation_error_message=_("It can't end before it begins."),
            ),
        ]

    def __str__(self):
        return f"evaluation {self.pk}"


class EvaluationText(models.Model):
    """The words of an evaluation in one language."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=2, choices=User.Language.choices)
    did = models.TextField(_("what was done, and for how many"), max_length=2000, blank=True)
    worked = models.TextField(_("what worked"), max_length=2000, blank=True)
    did_not = models.TextField(_("what did not work"), max_length=2000, blank=True)
    heard = models.TextField(_("what those whom it concerns said"), max_length=2000, blank=True)
    costs = models.TextField(_("what it costs"), max_length=2000, blank=True)
    advice = models.TextField(_("advice to whoever goes on with it"), max_length=2000, blank=True)

    class Meta:
        ordering = ["evaluation", "language"]
        verbose_name = _("text of an evaluation summary")
        verbose_name_plural = _("texts of evaluation summaries")
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "language"], name="evaluation_in_each_language_once")
        ]

    def __str__(self):
        return f"{self.evaluation} {self.language}"


class EvaluationRow(NamedInThreeLanguages):
    """An indicator in one line: kept with an evaluation as it stood when that was finished, and unsaved wherever it is
    shown as it stands. Where the latest value is no number that may be told, `told` is what stands in its place."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="rows")
    order = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=10, choices=Unit.choices)
    period = models.CharField(max_length=10, choices=Period.choices)
    baseline = decimal(null=True)
    baseline_on = models.DateField(null=True)
    target = decimal(null=True)
    target_on = models.DateField(null=True)
    starts_on = models.DateField(null=True)
    value = decimal(null=True)
    told = models.CharField(max_length=20, blank=True)
    so_far = models.BooleanField(default=False)
    standing = models.CharField(max_length=10, choices=Standing.choices)

    class Meta:
        ordering = ["evaluation", "order"]
        verbose_name = _("indicator of an evaluation summary")
        verbose_name_plural = _("indicators of evaluation summaries")
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "order"], name="indicators_of_an_evaluation_in_order")
        ]


auditlog.register(Evaluation)
auditlog.register(EvaluationText)
