"""Schedules: what a pilot's method says is to be done, and when."""

import uuid

from auditlog.registry import auditlog
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Area
from coordination.agencies.models.areas import NamedInThreeLanguages
from pilots.measures.models import Instrument
from pilots.questionnaires.models import Questionnaire
from pilots.registry.models import Pilot

_AGES = Q(youngest_age=None) | Q(oldest_age=None) | Q(oldest_age__gte=F("youngest_age"))
_AGES_SAID = _("The oldest age can't be under the youngest.")


class Schedule(NamedInThreeLanguages):
    """What is due when, after a placement or after somebody has come along. Without an area it comes with the portal,
    found again by its `code`: its days are ours, for each area to adapt."""

    class Begins(models.TextChoices):
        PLACEMENT = "placement", _("the placement")
        ENROLMENT = "enrolment", _("coming along")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.SlugField(_("code"), max_length=60, unique=True, null=True, editable=False)
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("area")
    )
    pilot = models.ForeignKey(
        Pilot,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("pilot whose method it is"),
    )
    begins_with = models.CharField(_("the first day is that of"), max_length=10, choices=Begins.choices)
    youngest_age = models.PositiveSmallIntegerField(_("youngest age"), null=True, blank=True)
    oldest_age = models.PositiveSmallIntegerField(_("oldest age"), null=True, blank=True)
    in_use = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["name_fi", "pk"]
        verbose_name = _("schedule")
        verbose_name_plural = _("schedules")
        constraints = [
            models.CheckConstraint(
                condition=Q(area=None, code__isnull=False) | Q(area__isnull=False, code=None),
                name="schedule_of_an_area_or_of_the_portal",
            ),
            models.CheckConstraint(condition=_AGES, name="schedule_ages_in_order", violation_error_message=_AGES_SAID),
        ]


class ScheduleStep(NamedInThreeLanguages):
    """One thing to do: some days after the first day, or on a day of the n-th school year. The young person's age on
    that day says whether it is due. A change counts for whoever comes along later, and for the others once whoever
    follows it says so; the names are read from here."""

    class Kind(models.TextChoices):
        FORM = "form", _("a form is filled in")
        MEASURE = "measure", _("measures are taken")
        OTHER = "other", _("something else is done")

    class When(models.TextChoices):
        AFTER = "after", _("so many days after the first day")
        SCHOOL_YEAR = "school_year", _("on a day of a school year")

    schedule = models.ForeignKey(Schedule, on_delete=models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField(_("order"))
    kind = models.CharField(_("what it is"), max_length=7, choices=Kind.choices, default=Kind.OTHER)
    questionnaire = models.ForeignKey(
        Questionnaire, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("form")
    )
    instrument = models.ForeignKey(
        Instrument, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("instrument")
    )
    when = models.CharField(_("when"), max_length=11, choices=When.choices, default=When.AFTER)
    after_days = models.PositiveSmallIntegerField(
        _("days after the first day"), null=True, blank=True, validators=[MaxValueValidator(3650)]
    )
    school_year = models.PositiveSmallIntegerField(
        _("of which school year"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(10)],
        help_text=_("1 is the one in which the first day lies; a first day in June or July counts with the next one."),
    )
    month = models.PositiveSmallIntegerField(
        _("month"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    day = models.PositiveSmallIntegerField(
        _("day"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(31)]
    )
    days_before = models.PositiveSmallIntegerField(
        _("days before it shows on the desk"), default=14, validators=[MaxValueValidator(180)]
    )
    youngest_age = models.PositiveSmallIntegerField(_("youngest age"), null=True, blank=True)
    oldest_age = models.PositiveSmallIntegerField(_("oldest age"), null=True, blank=True)

    class Meta:
        ordering = ["schedule", "order", "pk"]
        verbose_name = _("step of a schedule")
        verbose_name_plural = _("steps of schedules")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="form", questionnaire__isnull=False, instrument=None)
                | Q(kind="measure", questionnaire=None, instrument__isnull=False)
                | Q(kind="other", questionnaire=None, instrument=None),
                name="schedule_step_has_what_it_is",
                violation_error_message=_("A form needs the form, measures the instrument, and anything else neither."),
            ),
            models.CheckConstraint(
                condition=Q(when="after", after_days__isnull=False, school_year=None, month=None, day=None)
                | Q(when="school_year", after_days=None)
                & Q(school_year__isnull=False, school_year__gte=1)
                & Q(month__isnull=False, month__range=(1, 12))
                & Q(day__isnull=False, day__range=(1, 31)),
                name="schedule_step_has_its_day",
                violation_error_message=_(
                    "Say either how many days after the first day, or the school year, the month and the day."
                ),
            ),
            models.CheckConstraint(
                condition=_AGES, name="schedule_step_ages_in_order", violation_error_message=_AGES_SAID
            ),
        ]


auditlog.register(Schedule)
auditlog.register(ScheduleStep)
