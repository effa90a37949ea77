"""The rules by which deadlines are counted: data, because the law is moving and towns promise more than it asks."""

from auditlog.registry import auditlog
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Area
from coordination.agencies.models.areas import NamedInThreeLanguages
from coordination.clocks.days import NotWorking, Unit, all_of_them

# Beyond any deadline of anybody's, and within the years of which holidays are known.
LONGEST = 1000


class DeadlineRule(NamedInThreeLanguages):
    """By when one thing is to be done, for one group of children, from one day on.

    Without an area it is the product's own, in force where the area has none of its own. What has begun to hold is
    never edited but for its last day, since deadlines were shown by it: a change is a new row. The names are the rule
    in words, as pages show it beside the day.
    """

    class What(models.TextChoices):
        """What is to be done in time."""

        RECEIPT = "receipt", _("receipt of a contact or notification")
        URGENCY = "urgency", _("judging the urgency")
        FAMILY_TOLD = "family_told", _("telling the family")
        START = "start", _("beginning the assessment")
        FINISH = "finish", _("finishing the assessment")

    class Scope(models.TextChoices):
        """For whom: the law's fixed days concern children needing special support (SHL 36 §)."""

        EVERYONE = "everyone", _("everyone")
        SPECIAL_SUPPORT = "special_support", _("children needing special support")
        OTHERS = "others", _("those who don't need special support")

    what = models.CharField(_("what is to be done"), max_length=15, choices=What.choices)
    scope = models.CharField(_("for whom"), max_length=15, choices=Scope.choices, default=Scope.EVERYONE)
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("area")
    )
    law = models.CharField(
        _("law and section"),
        max_length=100,
        blank=True,
        help_text=_("Such as “SHL 36 §, LSL 26 §”. Empty for a promise that no law asks for."),
    )
    number = models.PositiveSmallIntegerField(
        _("how many"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(LONGEST)],
        help_text=_("Empty for “without delay”. 0 days is the same day."),
    )
    unit = models.CharField(_("unit"), max_length=15, choices=Unit.choices)
    counts_from_next_day = models.BooleanField(
        _("the day of receipt is not counted"),
        default=True,
        help_text=_("Otherwise that day is the first."),
    )
    not_working = ArrayField(
        models.CharField(max_length=20, choices=NotWorking.choices),
        default=all_of_them,
        blank=True,
        verbose_name=_("not working days"),
        help_text=_("Left out when working days are counted, and when a last day moves on."),
    )
    rolls_to_working_day = models.BooleanField(
        _("a last day that isn't a working day moves on to the next one"), default=False
    )
    valid_from = models.DateField(
        _("holds from"),
        help_text=_("For what is received on this day or later. With a later day you can look at an example first."),
    )
    valid_until = models.DateField(
        _("holds until"), null=True, blank=True, help_text=_("The last day. Empty while none is known.")
    )
    name_fi = models.CharField(
        _("the rule in Finnish"), max_length=200, help_text=_("Such as “7. arkipäivä vastaanotosta”.")
    )
    name_sv = models.CharField(_("the rule in Swedish"), max_length=200)
    name_en = models.CharField(_("the rule in English"), max_length=200)

    class Meta:
        ordering = ["what", "scope", "area", "-valid_from"]
        verbose_name = _("deadline rule")
        verbose_name_plural = _("deadline rules")
        constraints = [
            models.CheckConstraint(
                condition=Q(unit=Unit.WITHOUT_DELAY, number=None)
                | ~Q(unit=Unit.WITHOUT_DELAY) & Q(number__isnull=False),
                name="deadline_number_or_without_delay",
                violation_error_message=_("“Without delay” has no number, and everything else has one."),
            ),
            models.CheckConstraint(
                condition=Q(number=None) | Q(number__gte=1) | Q(unit=Unit.DAYS, counts_from_next_day=True),
                name="deadline_number_counts_something",
                violation_error_message=_("The number is at least 1. Only days can be 0, which is the day of receipt."),
            ),
            models.CheckConstraint(
                condition=Q(number=None) | Q(number__lte=LONGEST),
                name="deadline_number_within_reason",
                violation_error_message=_("The number is at most 1000."),
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="deadline_rule_ends_after_it_begins",
                violation_error_message=_("The last day can't be before the first."),
            ),
            models.UniqueConstraint(
                fields=["what", "scope", "area", "valid_from"],
                nulls_distinct=False,
                name="deadline_rule_stands_once",
                violation_error_message=_("There is a rule for this that begins on the same day already."),
            ),
        ]


auditlog.register(DeadlineRule)
