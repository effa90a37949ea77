"""One entry of the directory: a service, or a project for a time."""

import uuid

from auditlog.registry import auditlog
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Agency, Area, Membership, Municipality
from coordination.agencies.models.areas import NamedInThreeLanguages
from coordination.interface.ages import ages_in_words
from coordination.services.models.lists import Need, ServiceClass, TargetGroup


def _some(choices, longest, name):
    """A column that holds any number of these choices."""
    return ArrayField(
        models.CharField(max_length=longest, choices=choices),
        default=list,
        db_default=[],
        blank=True,
        verbose_name=name,
    )


class Service(NamedInThreeLanguages):
    """Something that helps, for whom it is, and how one comes to it. It tells of no young person.

    `area` is the area that keeps the entry; in the areas of `also_in` it is offered, too. Whoever provides it is an
    agency here (`owner`) or somebody outside (`provider_name`). Without an age limit it is for all, without
    `municipalities` for the whole area. `is_public` says whether people who aren't signed in see it; where nothing is
    said they do, but for what a sensitive agency provides.
    """

    class Kind(models.TextChoices):
        SERVICE = "service", _("service")
        PROJECT = "project", _("project")

    class Threshold(models.TextChoices):
        OPEN = "open", _("open to everybody")
        REFERRAL = "referral", _("by referral")

    class Cost(models.TextChoices):
        UNKNOWN = "unknown", _("not known")
        FREE = "free", _("free of charge")
        FEE = "fee", _("has a fee")

    class Channel(models.TextChoices):
        VISIT = "visit", _("on the spot")
        HOME = "home", _("at home")
        PHONE = "phone", _("by telephone")
        ONLINE = "online", _("on the net")
        CHAT = "chat", _("in a chat")
        GROUP = "group", _("in a group")

    class Language(models.TextChoices):
        FI = "fi", _("Finnish")
        SV = "sv", _("Swedish")
        EN = "en", _("English")
        SE = "se", _("Northern Sámi")
        RU = "ru", _("Russian")
        ET = "et", _("Estonian")
        UK = "uk", _("Ukrainian")
        AR = "ar", _("Arabic")
        SO = "so", _("Somali")
        FSE = "fse", _("Finnish sign language")
        FSS = "fss", _("Finland-Swedish sign language")

    class Priority(models.IntegerChoices):
        """What a town wants more of for its children: each entry serves one of them first."""

        TAKING_PART = 1, _("taking part, community and well-being")
        PARENTHOOD = 2, _("support to parents")
        FITTING = 3, _("fitting together what is there")
        EARLY = 4, _("early help")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(
        _("service or project"), max_length=10, choices=Kind.choices, default=Kind.SERVICE, db_default="service"
    )
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
    target_groups = models.ManyToManyField(
        TargetGroup, blank=True, related_name="+", verbose_name=_("whom it is meant for")
    )
    description_fi = models.TextField(_("description in Finnish"), max_length=1000, blank=True)
    description_sv = models.TextField(_("description in Swedish"), max_length=1000, blank=True)
    description_en = models.TextField(_("description in English"), max_length=1000, blank=True)
    youngest_age = models.PositiveSmallIntegerField(_("youngest age"), null=True, blank=True)
    oldest_age = models.PositiveSmallIntegerField(_("oldest age"), null=True, blank=True)
    municipalities = models.ManyToManyField(
        Municipality,
        blank=True,
        related_name="+",
        verbose_name=_("for these municipalities"),
        help_text=_("None: for the whole area."),
    )
    languages = _some(Language.choices, 5, _("languages in which one is served"))
    threshold = models.CharField(_("how one comes to it"), max_length=10, choices=Threshold.choices)
    channels = _some(Channel.choices, 10, _("where it is given"))
    cost = models.CharField(_("cost"), max_length=10, choices=Cost.choices, default=Cost.UNKNOWN, db_default="unknown")
    cost_note = models.CharField(_("more of the cost"), max_length=200, blank=True, default="", db_default="")
    contact = models.CharField(
        _("how to reach it"), max_length=300, blank=True, help_text=_("Telephone, address, hours: of the service.")
    )
    website = models.URLField(
        _("web page"), max_length=300, blank=True, default="", db_default="", help_text=_("Begins with https://.")
    )
    priority = models.PositiveSmallIntegerField(_("priority"), choices=Priority.choices, null=True, blank=True)
    keeper = models.ForeignKey(
        Membership,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who keeps the entry"),
        help_text=_("Nobody: the administrators of the area."),
    )
    checked_on = models.DateField(_("last said to be true on"), null=True, blank=True)
    # When whoever keeps it was last asked whether it is still true.
    asked_on = models.DateField(null=True, editable=False)
    is_public = models.BooleanField(_("shown without signing in"), null=True, blank=True)
    valid_from = models.DateField(_("offered from"), null=True, blank=True)
    valid_until = models.DateField(_("offered until"), null=True, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)
    # What took its place when two entries were merged.
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    token = models.UUIDField(null=True, unique=True, editable=False)
    number = models.PositiveIntegerField(default=1, db_default=1, editable=False)

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
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(is_active=False) & ~Q(merged_into=F("pk")),
                name="service_merged_is_out_of_use",
                violation_error_message=_("This entry was merged into another one: it stays out of use."),
            ),
            models.CheckConstraint(
                condition=Q(website="") | Q(website__startswith="https://"),
                name="service_website_is_https",
                violation_error_message=_("Write the address of the web page with https:// at its beginning."),
            ),
        ]
        indexes = [
            models.Index(fields=["area"], condition=Q(is_active=True), name="services_of_area"),
            models.Index(fields=["area", "name_fi", "id"], condition=Q(is_active=True), name="services_by_name"),
        ]

    def get_absolute_url(self):
        """Its page for whoever is signed in."""
        return reverse("services:service", args=[self.public_id])

    @property
    def ages(self):
        """Its ages in words: "16–29 years", or "all ages"."""
        return ages_in_words(self.youngest_age, self.oldest_age)

    def is_for(self, age):
        """Whether somebody of this age (full years) is within its ages."""
        return (self.youngest_age is None or age >= self.youngest_age) and (
            self.oldest_age is None or age <= self.oldest_age
        )


auditlog.register(
    Service,
    m2m_fields={"also_in", "needs", "target_groups", "municipalities"},
    exclude_fields=["asked_on", "number", "token"],
)
