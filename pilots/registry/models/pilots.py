"""A pilot, its texts in each language, and who leads it."""

import uuid

from auditlog.registry import auditlog
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Area, County, Membership, User
from coordination.interface.ages import ages_in_words
from pilots.registry.models.programmes import Programme
from pilots.registry.states import PilotState


class Pilot(models.Model):
    """One way of working that is tried somewhere. It tells of no young person.

    Without an area it comes with the portal, and its `code` is by what it is found again in the portal's files. A
    pilot's `number` grows with each change of what pages of several people could change at once: facts, texts,
    checklist and state. `in_place` has the numbers, from 0, of those points of the checklist that are in place.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.SlugField(_("code"), max_length=60, unique=True, null=True, editable=False)
    token = models.UUIDField(unique=True, null=True, editable=False)
    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, null=True, blank=True, related_name="pilots", verbose_name=_("programme")
    )
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("area"))
    state = models.CharField(_("state"), max_length=10, choices=PilotState.choices, default=PilotState.PLANNED)
    method_version = models.CharField(_("version of the method"), max_length=40, blank=True)
    youngest_age = models.PositiveSmallIntegerField(_("youngest age"), null=True, blank=True)
    oldest_age = models.PositiveSmallIntegerField(_("oldest age"), null=True, blank=True)
    starts_on = models.DateField(_("begins on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    counties = models.ManyToManyField(
        County, blank=True, related_name="+", verbose_name=_("wellbeing services counties")
    )
    contact = models.CharField(
        _("contact"),
        max_length=200,
        blank=True,
        help_text=_("An office, with its telephone number or e-mail address."),
    )
    spread_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="spread_to", verbose_name=_("spread from")
    )
    in_place = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    number = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-starts_on", "-pk"]
        verbose_name = _("pilot")
        verbose_name_plural = _("pilots")
        constraints = [
            models.CheckConstraint(
                condition=Q(area=None, code__isnull=False) | Q(area__isnull=False, code=None),
                name="pilot_of_an_area_or_of_the_portal",
            ),
            models.CheckConstraint(
                condition=Q(youngest_age=None) | Q(oldest_age=None) | Q(oldest_age__gte=F("youngest_age")),
                name="pilot_ages_in_order",
                violation_error_message=_("The oldest age can't be under the youngest."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="pilot_ends_after_it_begins",
                violation_error_message=_("It can't end before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(spread_from=None) | ~Q(spread_from=F("pk")), name="pilot_spreads_to_others"
            ),
        ]

    def __str__(self):
        return f"pilot {self.pk}"

    def get_absolute_url(self):
        return reverse("registry:pilot", args=[self.public_id])

    @property
    def ages(self):
        """Its ages in words: "13–17 years", or "all ages"."""
        return ages_in_words(self.youngest_age, self.oldest_age)


class PilotText(models.Model):
    """What a pilot says of itself in one language. A line of `in_place` is a point of the checklist: what must be in
    place before it begins somewhere."""

    pilot = models.ForeignKey(Pilot, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=2, choices=User.Language.choices)
    name = models.CharField(_("name"), max_length=200)
    aim = models.TextField(_("aim"), max_length=1000)
    target_group = models.TextField(_("who it is for"), max_length=300)
    method = models.TextField(_("method"), max_length=2000, blank=True)
    lead = models.CharField(_("who leads it"), max_length=200, blank=True)
    in_place = models.TextField(_("what must be in place before it begins"), max_length=1500, blank=True)
    learned = models.TextField(_("what is known of it so far"), max_length=2000, blank=True)

    class Meta:
        ordering = ["pilot", "language"]
        verbose_name = _("text of a pilot")
        verbose_name_plural = _("texts of pilots")
        constraints = [models.UniqueConstraint(fields=["pilot", "language"], name="pilot_text_in_each_language_once")]

    def __str__(self):
        return f"{self.pilot} {self.language}"


class Part(models.Model):
    """One row of a pilot. `token` is that of the form that made it; without one it comes with the portal or from
    another pilot."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token = models.UUIDField(null=True, editable=False)
    pilot = models.ForeignKey(Pilot, on_delete=models.CASCADE, related_name="%(class)ss")

    class Meta:
        abstract = True
        constraints = [models.UniqueConstraint(fields=["pilot", "token"], name="pilot_%(class)s_sent_once")]


class PilotLead(models.Model):
    """Somebody who leads a pilot in the portal: may change it and decide of it, beside its area's administrators."""

    pilot = models.ForeignKey(Pilot, on_delete=models.CASCADE, related_name="leads")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["since", "pk"]
        verbose_name = _("lead of a pilot")
        verbose_name_plural = _("leads of pilots")
        constraints = [
            models.UniqueConstraint(
                fields=["pilot", "membership"],
                condition=Q(ended_at=None),
                name="pilot_led_once",
                violation_error_message=_("They lead this pilot already."),
            )
        ]
        indexes = [models.Index(fields=["membership"], condition=Q(ended_at=None), name="pilots_led_by")]

    def __str__(self):
        return f"lead of a pilot {self.pk}"


auditlog.register(Pilot, exclude_fields=["token"], m2m_fields={"counties"})
auditlog.register(PilotText)
auditlog.register(PilotLead)
