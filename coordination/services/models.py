"""The directory's core: services, their classes, the needs that they answer, and needs that nothing answered."""

import uuid

from auditlog.registry import auditlog
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Agency, Area
from coordination.agencies.models.areas import NamedInThreeLanguages


class Listed(NamedInThreeLanguages):
    """One entry of a closed list that comes with the program: rows point to it, so it goes out of use, never away."""

    code = models.SlugField(_("code"), max_length=15, unique=True)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        abstract = True
        ordering = ["code"]


class ServiceClass(Listed):
    """What kind of service something is, in our own words. `ptv_code` can hold the national class it stands for."""

    ptv_code = models.CharField(
        _("class in the Finnish Service Catalogue"),
        max_length=20,
        blank=True,
        help_text=_("The code of the service class in the Finnish Service Catalogue (PTV)."),
    )

    class Meta(Listed.Meta):
        verbose_name = _("service class")
        verbose_name_plural = _("service classes")
        constraints = [
            models.UniqueConstraint(fields=["ptv_code"], condition=~Q(ptv_code=""), name="ptv_class_stands_once")
        ]


class Need(Listed):
    """A kind of help that a young person can need. It says what to look for, never why anybody is worried."""

    class Meta(Listed.Meta):
        verbose_name = _("need")
        verbose_name_plural = _("needs")


class Service(NamedInThreeLanguages):
    """Something that helps, for whom it is, and how one comes to it. It tells of no young person.

    `area` is the area that keeps the entry; in the areas of `also_in` it is offered, too. Whoever provides it is an
    agency here (`owner`) or somebody outside (`provider_name`). Without an age limit it is for all.
    """

    class Threshold(models.TextChoices):
        OPEN = "open", _("open to everybody")
        REFERRAL = "referral", _("by referral")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("area"))
    also_in = models.ManyToManyField(Area, blank=True, related_name="+", verbose_name=_("offered in these areas, too"))
    owner = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("provided by")
    )
    provider_name = models.CharField(
        _("provided by somebody outside the portal"),
        max_length=200,
        blank=True,
        help_text=_("Only where the provider is not among the agencies."),
    )
    service_class = models.ForeignKey(
        ServiceClass, on_delete=models.PROTECT, related_name="+", verbose_name=_("service class")
    )
    needs = models.ManyToManyField(Need, related_name="+", verbose_name=_("needs that it answers"))
    description_fi = models.TextField(_("description in Finnish"), max_length=1000, blank=True)
    description_sv = models.TextField(_("description in Swedish"), max_length=1000, blank=True)
    description_en = models.TextField(_("description in English"), max_length=1000, blank=True)
    youngest_age = models.PositiveSmallIntegerField(_("youngest age"), null=True, blank=True)
    oldest_age = models.PositiveSmallIntegerField(_("oldest age"), null=True, blank=True)
    threshold = models.CharField(_("how one comes to it"), max_length=10, choices=Threshold.choices)
    contact = models.CharField(
        _("how to reach it"), max_length=300, blank=True, help_text=_("Telephone, address, hours: of the service.")
    )
    valid_from = models.DateField(_("offered from"), null=True, blank=True)
    valid_until = models.DateField(_("offered until"), null=True, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["name_fi", "pk"]
        verbose_name = _("service")
        verbose_name_plural = _("services")
        constraints = [
            models.CheckConstraint(
                condition=Q(owner__isnull=False, provider_name="") | Q(owner=None) & ~Q(provider_name=""),
                name="service_has_one_provider",
                violation_error_message=_("Give the agency that provides it, or the name of somebody outside."),
            ),
            models.CheckConstraint(
                condition=Q(youngest_age=None) | Q(oldest_age=None) | Q(oldest_age__gte=F("youngest_age")),
                name="service_ages_in_order",
                violation_error_message=_("The oldest age can't be under the youngest."),
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="service_ends_after_it_begins",
                violation_error_message=_("It can't end before it begins."),
            ),
        ]
        indexes = [models.Index(fields=["area"], condition=Q(is_active=True), name="services_of_area")]

    @property
    def ages(self):
        """Its ages in words: "16–29 years", or "all ages"."""
        if self.youngest_age is None and self.oldest_age is None:
            return gettext("all ages")
        if self.oldest_age is None:
            return gettext("from %(age)d years") % {"age": self.youngest_age}
        if self.youngest_age is None:
            return gettext("up to %(age)d years") % {"age": self.oldest_age}
        return gettext("%(youngest)d–%(oldest)d years") % {"youngest": self.youngest_age, "oldest": self.oldest_age}

    def is_for(self, age):
        """Whether somebody of this age (full years) is within its ages."""
        return (self.youngest_age is None or age >= self.youngest_age) and (
            self.oldest_age is None or age <= self.oldest_age
        )


class UnmetNeed(models.Model):
    """A need that no service answered, marked in real work.

    With a `source` (the public id of what it was marked in) a row is one mark, which can be taken back there. Once the
    source is erased the mark is only a number: a row without a source says how many of one kind there were. The change
    log doesn't keep marks, since it would keep the source for good; the date of birth is never here.
    """

    class AgeBand(models.TextChoices):
        """By the age that is reached in the year of the mark."""

        UNDER_13 = "0-12", _("under 13")
        FROM_13 = "13-15", "13–15"
        FROM_16 = "16-17", "16–17"
        FROM_18 = "18-20", "18–20"
        FROM_21 = "21-24", "21–24"
        FROM_25 = "25+", _("25 and over")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, null=True, editable=False)
    source = models.UUIDField(null=True, editable=False)
    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="+")
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    age_band = models.CharField(max_length=5, choices=AgeBand.choices)
    month = models.DateField()
    count = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["area", "month", "need", "pk"]
        verbose_name = _("unmet need")
        verbose_name_plural = _("unmet needs")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "need"], condition=Q(source__isnull=False), name="unmet_need_marked_once"
            ),
            models.UniqueConstraint(
                fields=["area", "month", "need", "agency", "age_band"],
                condition=Q(source=None),
                name="unmet_need_counted_once",
            ),
            models.CheckConstraint(
                condition=Q(source__isnull=False, public_id__isnull=False, count=1) | Q(source=None, public_id=None),
                name="unmet_need_is_a_mark_or_a_count",
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="unmet_need_of_a_month"),
        ]
        indexes = [models.Index(fields=["area", "month"], name="unmet_needs_of_month")]

    def __str__(self):
        return f"unmet need {self.pk}"


auditlog.register(Service, m2m_fields={"also_in", "needs"})
