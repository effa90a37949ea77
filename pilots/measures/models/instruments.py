"""Instruments: their scales, cut-offs, and an owner's own wording. What is licensed never comes with the portal."""

import uuid

from auditlog.registry import auditlog
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Agency, Area, Membership, User
from coordination.agencies.models.areas import NamedInThreeLanguages
from pilots.registry.models.programmes import in_readers_language


class Source(models.TextChoices):
    """From whose point of view an instrument is answered."""

    YOUNG_PERSON = "young_person", _("young person")
    GUARDIAN = "guardian", _("guardian")


class Instrument(NamedInThreeLanguages):
    """A few scales that are added up. Without an area it comes with the portal, found again by its `code`.

    A change of the total by `reliable_change` is more than chance; `alert_drop` is how far an alliance may fall from
    one session to the next before it is talked about.
    """

    class Kind(models.TextChoices):
        OUTCOME = "outcome", _("how things are going")
        ALLIANCE = "alliance", _("how working together felt")

    class When(models.TextChoices):
        START = "start", _("at the start of a session")
        END = "end", _("at the end of a session")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.SlugField(_("code"), max_length=60, unique=True, null=True, editable=False)
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("area")
    )
    kind = models.CharField(_("what it asks"), max_length=10, choices=Kind.choices)
    when = models.CharField(_("when it is taken"), max_length=5, choices=When.choices)
    respondents = ArrayField(
        models.CharField(max_length=15, choices=Source.choices), verbose_name=_("who answers"), default=list
    )
    youngest_age = models.PositiveSmallIntegerField(_("youngest age"), null=True, blank=True)
    oldest_age = models.PositiveSmallIntegerField(_("oldest age"), null=True, blank=True)
    reliable_change = models.DecimalField(
        _("reliable change"),
        max_digits=5,
        decimal_places=1,
        validators=[MinValueValidator(0)],
        help_text=_("By so many points the total must change to be more than chance."),
    )
    alert_drop = models.DecimalField(
        _("fall that is talked about"),
        max_digits=5,
        decimal_places=1,
        null=True,
        blank=True,
        help_text=_("Of an alliance: by so many points since the session before."),
    )
    licence_holder = models.CharField(_("holder of the licence"), max_length=200, blank=True)
    licence_note_fi = models.TextField(_("about the licence, in Finnish"), max_length=500, blank=True)
    licence_note_sv = models.TextField(_("about the licence, in Swedish"), max_length=500, blank=True)
    licence_note_en = models.TextField(_("about the licence, in English"), max_length=500, blank=True)
    version = models.CharField(_("version"), max_length=40, blank=True)
    in_use = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["name_fi", "pk"]
        verbose_name = _("instrument")
        verbose_name_plural = _("instruments")
        constraints = [
            models.CheckConstraint(
                condition=Q(area=None, code__isnull=False) | Q(area__isnull=False, code=None),
                name="instrument_of_an_area_or_of_the_portal",
            ),
            models.CheckConstraint(
                condition=Q(youngest_age=None) | Q(oldest_age=None) | Q(oldest_age__gte=F("youngest_age")),
                name="instrument_ages_in_order",
                violation_error_message=_("The oldest age can't be under the youngest."),
            ),
        ]

    @property
    def licence_note(self):
        """About the licence, in the reader's language."""
        return in_readers_language(self, "licence_note")


class Scale(models.Model):
    """One line of an instrument. It has a number and no words: those are the licence holder's (LicensedWording)."""

    class Kind(models.TextChoices):
        VISUAL = "visual", _("a line, to a tenth")
        DISCRETE = "discrete", _("whole numbers")

    instrument = models.ForeignKey(Instrument, on_delete=models.CASCADE, related_name="scales")
    number = models.PositiveSmallIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.VISUAL)
    lowest = models.PositiveSmallIntegerField(_("lowest"), default=0)
    highest = models.PositiveSmallIntegerField(_("highest"), default=10)

    class Meta:
        ordering = ["instrument", "number"]
        verbose_name = _("scale")
        verbose_name_plural = _("scales")
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "number"],
                name="instrument_scale_once",
                violation_error_message=_("Each scale has a number of its own."),
            ),
            models.CheckConstraint(
                condition=Q(highest__gt=F("lowest"), highest__lte=100),
                name="scale_goes_up",
                violation_error_message=_("The highest must be above the lowest, and 100 at most."),
            ),
        ]

    def __str__(self):
        return f"scale {self.number}"


class Cutoff(models.Model):
    """Below this total somebody of this age asks for help rather than not; of an alliance: it is talked about."""

    instrument = models.ForeignKey(Instrument, on_delete=models.CASCADE, related_name="cutoffs")
    respondent = models.CharField(_("who answers"), max_length=15, choices=Source.choices)
    from_age = models.PositiveSmallIntegerField(_("from age"))
    to_age = models.PositiveSmallIntegerField(_("to age"), null=True, blank=True)
    value = models.DecimalField(_("cut-off"), max_digits=5, decimal_places=1)

    class Meta:
        ordering = ["instrument", "respondent", "from_age"]
        verbose_name = _("cut-off")
        verbose_name_plural = _("cut-offs")
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "respondent", "from_age"],
                name="instrument_cutoff_once",
                violation_error_message=_("For each age and whoever answers there is one cut-off."),
            ),
            models.CheckConstraint(
                condition=Q(to_age=None) | Q(to_age__gte=F("from_age")),
                name="cutoff_ages_in_order",
                violation_error_message=_("The oldest age can't be under the youngest."),
            ),
        ]

    def __str__(self):
        return f"cut-off {self.pk}"


class LicensedWording(models.Model):
    """What the scales of an instrument say in one language, as whoever holds the licence has typed it in.

    Of the whole area, or of one agency alone. Each line of `names`, `lows` and `highs` is one scale's, in their order.
    """

    instrument = models.ForeignKey(
        Instrument, on_delete=models.PROTECT, related_name="wordings", verbose_name=_("instrument")
    )
    area = models.ForeignKey(Area, on_delete=models.PROTECT, editable=False, related_name="+", verbose_name=_("area"))
    agency = models.ForeignKey(
        Agency,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("agency"),
        help_text=_("Empty: the licence is the whole area's."),
    )
    language = models.CharField(_("language"), max_length=2, choices=User.Language.choices)
    names = models.TextField(_("scales"), max_length=1000, help_text=_("One line for each scale, in their order."))
    lows = models.TextField(
        _("left ends"), max_length=1000, blank=True, help_text=_("One line for each scale, or none at all.")
    )
    highs = models.TextField(
        _("right ends"), max_length=1000, blank=True, help_text=_("One line for each scale, or none at all.")
    )
    licence = models.CharField(
        _("licence"), max_length=200, help_text=_("Its number or contract, and from whom the wording comes.")
    )
    confirmed_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, editable=False, related_name="+", verbose_name=_("confirmed by")
    )
    confirmed_on = models.DateField(_("confirmed on"), editable=False)

    class Meta:
        ordering = ["instrument", "language", "pk"]
        verbose_name = _("licensed wording")
        verbose_name_plural = _("licensed wordings")
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "area", "agency", "language"],
                nulls_distinct=False,
                name="licensed_wording_once",
                violation_error_message=_("There is a wording in this language already. Change that one."),
            )
        ]

    def __str__(self):
        return f"licensed wording {self.pk}"


auditlog.register(Instrument)
auditlog.register(Scale)
auditlog.register(Cutoff)
auditlog.register(LicensedWording)
