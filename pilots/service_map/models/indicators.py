"""What the current-state survey asks: five goals, and below them the indicators that an area wrote itself."""

import uuid

from auditlog.registry import auditlog
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Area
from coordination.agencies.models.areas import NamedInThreeLanguages


class SurveyGoal(NamedInThreeLanguages):
    """One of the five goals of a child-friendly municipality, in our own words; `order` is its number, too."""

    code = models.SlugField(_("code"), max_length=15, unique=True)
    order = models.PositiveSmallIntegerField(_("place"))

    class Meta:
        ordering = ["order"]
        verbose_name = _("goal of the survey")
        verbose_name_plural = _("goals of the survey")

    def __str__(self):
        return f"{self.order}. {self.name}"


class SurveyIndicator(NamedInThreeLanguages):
    """One thing that an area's survey asks under a goal; with a `unit` also for a number.

    `code`, the goal's number and a running one, says which indicators of two rounds are the same: one whose words
    change after a round with it was approved goes out of use, and another with its code takes its place.
    """

    class Kind(models.TextChoices):
        PROCESS = "process", _("process: what is done")
        OUTCOME = "outcome", _("outcome: how children fare")

    class Owner(models.TextChoices):
        MUNICIPALITY = "municipality", _("the municipality")
        COUNTY = "county", _("the wellbeing services county")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token = models.UUIDField(null=True, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    goal = models.ForeignKey(SurveyGoal, on_delete=models.PROTECT, related_name="+", verbose_name=_("goal"))
    code = models.CharField(_("code"), max_length=10)
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    owner = models.CharField(_("whose it is"), max_length=15, choices=Owner.choices)
    unit = models.CharField(_("what its number is of"), max_length=40, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)
    number = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["goal__order", "order", "pk"]
        verbose_name = _("indicator of the survey")
        verbose_name_plural = _("indicators of the survey")
        constraints = [
            models.UniqueConstraint(fields=["area", "token"], name="survey_indicator_sent_once"),
            models.UniqueConstraint(
                fields=["area", "code"], condition=Q(is_active=True), name="one_survey_indicator_in_use_of_a_code"
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.name}"


auditlog.register(SurveyGoal)
auditlog.register(SurveyIndicator, exclude_fields=["token"])
