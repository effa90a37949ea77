"""Counties and municipalities, and areas with their settings."""

import uuid

from auditlog.registry import auditlog
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class NamedInThreeLanguages(models.Model):
    """A name in Finnish, and in Swedish and English where there is one."""

    name_fi = models.CharField(_("name in Finnish"), max_length=200)
    name_sv = models.CharField(_("name in Swedish"), max_length=200, blank=True)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self):
        return self.name

    @property
    def name(self):
        """The name in the reader's language; Finnish where a translation is missing."""
        return getattr(self, f"name_{(get_language() or 'fi')[:2]}", "") or self.name_fi


class County(NamedInThreeLanguages):
    """A wellbeing services county, or Helsinki and Åland that do a county's work (Statistics Finland, CC BY 4.0)."""

    code = models.CharField(_("code"), max_length=2, unique=True)

    class Meta:
        ordering = ["code"]
        verbose_name = _("wellbeing services county")
        verbose_name_plural = _("wellbeing services counties")


class Area(NamedInThreeLanguages):
    """One or more municipalities with common settings and a common covenant.

    Every deadline, age and period here is data that the town edits; the law behind it is moving.
    """

    threshold = models.PositiveSmallIntegerField(
        _("flags that make a match"),
        default=2,
        choices=[(1, "1"), (2, "2")],
        help_text=_("How many different professionals must have an open flag on the same young person."),
    )
    different_agencies = models.BooleanField(
        _("the professionals must be of different agencies"),
        default=True,
    )
    youngest_age = models.PositiveSmallIntegerField(_("youngest age"), default=13)
    oldest_age = models.PositiveSmallIntegerField(_("oldest age"), default=28)
    guardian_allows_under = models.PositiveSmallIntegerField(
        _("guardian allows too, under the age of"),
        default=18,
        help_text=_("Under this age, those whom the law names must also have been told and have allowed the flag."),
    )
    hetu_allowed = models.BooleanField(
        _("personal identity codes are allowed"),
        default=False,
        help_text=_("Only authorities may then type one."),
    )
    days_to_contact = models.PositiveSmallIntegerField(_("working days to the first contact"), default=5)
    flag_lifetime_months = models.PositiveSmallIntegerField(_("months that a flag lives at most"), default=6)
    days_seen_after_closing = models.PositiveSmallIntegerField(
        _("days that a closed follow-up can still be seen"), default=30
    )
    coordinator_phone = models.CharField(_("coordinators' telephone"), max_length=40)
    coordinator_hours = models.CharField(_("coordinators' hours"), max_length=80, blank=True)
    emergency_phone = models.CharField(
        _("social emergency services' telephone"), max_length=40, help_text=_("Shown beside 112, day and night.")
    )
    coordinators = models.OneToOneField(
        Group, on_delete=models.PROTECT, related_name="+", editable=False, verbose_name=_("coordinators' group")
    )

    class Meta:
        ordering = ["name_fi"]
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        constraints = [
            models.CheckConstraint(condition=Q(threshold__in=[1, 2]), name="area_threshold_is_one_or_two"),
            models.CheckConstraint(
                condition=Q(youngest_age__lte=F("oldest_age")),
                name="area_youngest_age_first",
                violation_error_message=_("The youngest age can't be over the oldest."),
            ),
            models.CheckConstraint(
                condition=Q(flag_lifetime_months__gte=1, flag_lifetime_months__lte=24),
                name="area_flag_lifetime_in_bounds",
                violation_error_message=_("A flag lives from 1 to 24 months."),
            ),
            models.CheckConstraint(
                condition=Q(days_to_contact__gte=1, days_to_contact__lte=60),
                name="area_days_to_contact_in_bounds",
                violation_error_message=_("The first contact is due within 1 to 60 working days."),
            ),
        ]

    def save(self, *args, **kwargs):
        """Save; a new area gets the group that holds its coordinators' permissions."""
        if self.coordinators_id is None:
            self.coordinators = Group.objects.create(name=f"coordinators {uuid.uuid4()}")
        super().save(*args, **kwargs)


class Municipality(NamedInThreeLanguages):
    """One of Finland's municipalities (Statistics Finland, CC BY 4.0). It belongs to at most one area."""

    code = models.CharField(_("code"), max_length=3, unique=True)
    county = models.ForeignKey(County, on_delete=models.PROTECT, verbose_name=_("wellbeing services county"))
    region_code = models.CharField(_("region code"), max_length=2)
    language_relation = models.PositiveSmallIntegerField(_("language relation"))
    area = models.ForeignKey(
        Area,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="municipalities",
        verbose_name=_("area"),
    )

    class Meta:
        ordering = ["name_fi"]
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")


class LegalGround(NamedInThreeLanguages):
    """A ground in law on which an authority of this area may flag without the young person's permission."""

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="legal_grounds", verbose_name=_("area"))
    law = models.CharField(_("law and section"), max_length=120)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["law"]
        verbose_name = _("legal ground")
        verbose_name_plural = _("legal grounds")

    def __str__(self):
        return f"{self.name} ({self.law})"


auditlog.register(Area)
auditlog.register(LegalGround)
auditlog.register(Municipality)
