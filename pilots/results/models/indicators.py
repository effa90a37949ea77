"""What is followed of a pilot by numbers, and the numbers that somebody typed."""

from auditlog.registry import auditlog
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Membership
from coordination.agencies.models.areas import NamedInThreeLanguages
from pilots.registry.models import Pilot
from pilots.registry.models.pilots import Part

BY_HAND = "hand"


class Unit(models.TextChoices):
    """What a number is of."""

    NUMBER = "number", _("number")
    PERCENT = "percent", _("per cent")
    DAYS = "days", _("days")
    HOURS = "hours", _("hours")
    EUROS = "euros", _("euros")
    POINTS = "points", _("points")


class Period(models.TextChoices):
    """How often there is a number."""

    MONTH = "month", _("month")
    QUARTER = "quarter", _("quarter of a year")
    HALF_YEAR = "half_year", _("half-year")
    YEAR = "year", _("year")


def decimal(label=None, **options):
    """A column of numbers with one decimal."""
    return models.DecimalField(label, max_digits=9, decimal_places=1, **options)


class Indicator(NamedInThreeLanguages, Part):
    """Something of a pilot that is followed by numbers, from a baseline to a target. `source` says whether they are
    typed, or which of those that the portal counts by half-year they are (`queries.counted`).

    `number` grows with each change of the indicator or of its values; once closed nothing is added to it.
    """

    class Better(models.TextChoices):
        MORE = "more", _("the more, the better")
        LESS = "less", _("the less, the better")

    pilot = models.ForeignKey(Pilot, on_delete=models.CASCADE, related_name="+")
    source = models.CharField(_("where the numbers come from"), max_length=20, default=BY_HAND)
    unit = models.CharField(_("unit"), max_length=10, choices=Unit.choices)
    period = models.CharField(_("how often"), max_length=10, choices=Period.choices)
    better = models.CharField(_("which way is better"), max_length=4, choices=Better.choices)
    baseline = decimal(_("baseline"), null=True)
    baseline_on = models.DateField(_("day of the baseline"), null=True)
    baseline_note = models.CharField(_("where the baseline comes from"), max_length=200, blank=True)
    target = decimal(_("target"), null=True)
    target_on = models.DateField(_("day of the target"), null=True)
    order = models.PositiveSmallIntegerField(default=0)
    closed_on = models.DateField(_("not followed any more since"), null=True)
    number = models.PositiveIntegerField(default=1)

    class Meta(Part.Meta):
        ordering = ["order", "pk"]
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        constraints = [
            *Part.Meta.constraints,
            models.CheckConstraint(
                condition=Q(source=BY_HAND) | Q(period=Period.HALF_YEAR), name="counted_indicator_by_half_year"
            ),
            models.CheckConstraint(
                condition=Q(baseline__isnull=False) | Q(baseline_on=None, baseline_note=""),
                name="day_of_a_baseline_has_its_number",
                violation_error_message=_("Write the number of the baseline, too."),
            ),
            models.CheckConstraint(
                condition=Q(target__isnull=False) | Q(target_on=None),
                name="day_of_a_target_has_its_number",
                violation_error_message=_("Write the number of the target, too."),
            ),
            models.CheckConstraint(
                condition=Q(baseline_on=None) | Q(target_on=None) | Q(target_on__gt=F("baseline_on")),
                name="target_after_its_baseline",
                violation_error_message=_("The day of the target comes after that of the baseline."),
            ),
        ]

    @property
    def is_by_hand(self):
        """Whether its numbers are typed."""
        return self.source == BY_HAND


class IndicatorValue(models.Model):
    """What was typed of one period, named by its first day; who corrected it last, and when."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="values")
    starts_on = models.DateField()
    value = decimal(_("value"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["indicator", "starts_on"]
        verbose_name = _("value of an indicator")
        verbose_name_plural = _("values of indicators")
        constraints = [models.UniqueConstraint(fields=["indicator", "starts_on"], name="one_value_of_a_period")]

    def __str__(self):
        return f"value {self.pk} of an indicator"


auditlog.register(Indicator, exclude_fields=["token"])
auditlog.register(IndicatorValue)
