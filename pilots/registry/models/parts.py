"""What a pilot consists of: where it is done, with whom, by when, and what could go wrong."""

from auditlog.registry import auditlog
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Agency, Municipality
from coordination.agencies.models.areas import NamedInThreeLanguages
from pilots.registry.models.pilots import Part


class Site(NamedInThreeLanguages, Part):
    """Where a pilot is done. `agency` is that of this portal which works there; pages show the site's own name, since
    an agency's may not be for everybody."""

    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("municipality")
    )
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("agency")
    )

    class Meta(Part.Meta):
        ordering = ["pk"]
        verbose_name = _("site of a pilot")
        verbose_name_plural = _("sites of pilots")


class Partner(NamedInThreeLanguages, Part):
    """Somebody with whom a pilot is done."""

    class Kind(models.TextChoices):
        AUTHORITY = "authority", _("authority")
        COUNTY = "county", _("wellbeing services county")
        SCHOOL = "school", _("school or early education")
        INSTITUTION = "institution", _("child welfare institution or hospital")
        NATIONAL = "national", _("national institute")
        ASSOCIATION = "association", _("association")
        EXPERTS = "experts", _("experts by experience")
        COMPANY = "company", _("company")
        OTHER = "other", _("other")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)

    class Meta(Part.Meta):
        ordering = ["pk"]
        verbose_name = _("partner of a pilot")
        verbose_name_plural = _("partners of pilots")


class Milestone(NamedInThreeLanguages, Part):
    """Something that is done by a day."""

    due_on = models.DateField(_("by"))
    done_on = models.DateField(_("done on"), null=True, blank=True)

    class Meta(Part.Meta):
        ordering = ["due_on", "pk"]
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")


class Risk(Part):
    """What could go wrong, and what is done about it. Closed, it is over."""

    class Grade(models.IntegerChoices):
        SMALL = 1, _("small")
        MIDDLING = 2, _("middling")
        GREAT = 3, _("great")

    words = models.CharField(_("what could go wrong"), max_length=300)
    likelihood = models.PositiveSmallIntegerField(_("likelihood"), choices=Grade.choices)
    impact = models.PositiveSmallIntegerField(_("impact"), choices=Grade.choices)
    answer = models.CharField(_("what is done about it"), max_length=300)
    closed_on = models.DateField(_("over since"), null=True, blank=True)

    class Meta(Part.Meta):
        ordering = ["pk"]
        verbose_name = _("risk")
        verbose_name_plural = _("risks")
        constraints = [
            *Part.Meta.constraints,
            models.CheckConstraint(
                condition=Q(likelihood__gte=1, likelihood__lte=3, impact__gte=1, impact__lte=3),
                name="risk_from_small_to_great",
                violation_error_message=_("Likelihood and impact are small, middling or great."),
            ),
        ]

    def __str__(self):
        return f"risk {self.pk}"

    @property
    def seriousness(self):
        """How serious it is, from 1 to 9."""
        return self.likelihood * self.impact

    @property
    def is_serious(self):
        """Whether it needs looking after before the others: great one way, and middling the other way at least."""
        return self.seriousness >= self.Grade.GREAT * self.Grade.MIDDLING


for _part in (Site, Partner, Milestone, Risk):
    auditlog.register(_part, exclude_fields=["token"])
