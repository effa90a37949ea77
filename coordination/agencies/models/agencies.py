"""Agencies, and the covenants they have signed."""

from auditlog.registry import auditlog
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models.areas import Area, NamedInThreeLanguages


class Agency(NamedInThreeLanguages):
    """An organisation whose professionals take part; the controller of what they write."""

    class Sector(models.TextChoices):
        PUBLIC = "public", _("public")
        PRIVATE = "private", _("private")
        THIRD = "third", _("third sector")

    class Kind(models.TextChoices):
        EARLY_EDUCATION = "early_education", _("early education")
        SCHOOL = "school", _("school")
        STUDENT_WELFARE = "student_welfare", _("student welfare")
        YOUTH_WORK = "youth_work", _("youth work")
        OUTREACH = "outreach", _("outreach youth work")
        WORKSHOP = "workshop", _("youth workshop")
        SOCIAL = "social", _("social services")
        CHILD_WELFARE = "child_welfare", _("child welfare")
        HEALTH = "health", _("health care")
        MENTAL_HEALTH = "mental_health", _("mental health and substance services")
        EMPLOYMENT = "employment", _("employment services")
        POLICE = "police", _("police")
        ASSOCIATION = "association", _("association")
        OTHER = "other", _("other service")

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="agencies", verbose_name=_("area"))
    sector = models.CharField(_("sector"), max_length=10, choices=Sector.choices)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    sensitive = models.BooleanField(
        _("sensitive"),
        default=False,
        help_text=_("Its name alone would tell something: others see only “a professional”."),
    )

    takes_reports = models.BooleanField(
        _("receives contacts and child welfare notifications"),
        default=False,
        db_default=False,
        help_text=_("Its professionals then read what others report of children in the area (SHL 35 §, LSL 25 §)."),
    )

    class Meta:
        ordering = ["name_fi"]
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        constraints = [
            models.UniqueConstraint(
                fields=["area"],
                condition=Q(takes_reports=True),
                name="one_intake_in_an_area",
                violation_error_message=_("Another agency of the area receives contacts and notifications already."),
            ),
            models.CheckConstraint(
                condition=Q(takes_reports=False) | Q(sector="public", kind__in=["social", "child_welfare"]),
                name="intake_is_social_welfare",
                violation_error_message=_(
                    "Only a public agency of social services or child welfare receives contacts and notifications."
                ),
            ),
        ]

    @property
    def is_authority(self):
        """Whether grounds in law and identity codes are open to its professionals: the public sector only."""
        return self.sector == self.Sector.PUBLIC


class CovenantParty(models.Model):
    """An agency that has signed an area's covenant: only then may its professionals flag there."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="covenant_parties", verbose_name=_("area"))
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="covenants", verbose_name=_("agency"))
    signed_on = models.DateField(_("signed on"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)

    class Meta:
        ordering = ["area", "agency"]
        verbose_name = _("covenant party")
        verbose_name_plural = _("covenant parties")
        constraints = [
            models.UniqueConstraint(
                fields=["area", "agency"],
                condition=Q(ended_on=None),
                name="covenant_signed_once",
                violation_error_message=_("This agency has already signed the area's covenant."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("signed_on")),
                name="covenant_ends_after_it_begins",
                violation_error_message=_("The covenant can't end before it was signed."),
            ),
        ]

    def __str__(self):
        return f"{self.agency} – {self.area}"


auditlog.register(Agency)
auditlog.register(CovenantParty)
