"""A training, and when it is held."""

import uuid

from auditlog.registry import auditlog
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Area, Membership, User
from coordination.encryption.fields import EncryptedTextField
from pilots.registry.models import Pilot

LANGUAGES = tuple(User.Language.values)


class TrainingEvent(models.Model):
    """Something that professionals sign up for: a training, a workshop, a group or a meeting that recurs. Nothing in it
    is about any young person.

    Its texts stand in the languages in which somebody has written them, at least one. Where `places` is empty there is
    no limit. `secret` is that of the address by which people without an account sign up; without one they can't. Nobody
    leads it where `leader` is empty: whoever did has left. `number` grows with each change; `settled_at` says that it
    was over and nothing waits for it any more.
    """

    class Kind(models.TextChoices):
        TRAINING = "training", _("training")
        WORKSHOP = "workshop", pgettext_lazy("a training", "workshop")
        INTRODUCTION = "introduction", _("half-day introduction")
        DEVELOPERS = "developers", _("developer group")
        TEAM = "team", _("team meeting")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token = models.UUIDField(unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("area"))
    open_to_all = models.BooleanField(_("open to all areas"), default=False)
    pilot = models.ForeignKey(
        Pilot, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("pilot")
    )
    leader = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("who leads it")
    )
    title_fi = models.CharField(_("title in Finnish"), max_length=200, blank=True)
    title_sv = models.CharField(_("title in Swedish"), max_length=200, blank=True)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    about_fi = models.TextField(_("description in Finnish"), max_length=2000, blank=True)
    about_sv = models.TextField(_("description in Swedish"), max_length=2000, blank=True)
    about_en = models.TextField(_("description in English"), max_length=2000, blank=True)
    for_whom_fi = models.CharField(_("for whom, in Finnish"), max_length=300, blank=True)
    for_whom_sv = models.CharField(_("for whom, in Swedish"), max_length=300, blank=True)
    for_whom_en = models.CharField(_("for whom, in English"), max_length=300, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=User.Language.choices)
    place = models.CharField(_("place"), max_length=200, blank=True)
    video_link = models.URLField(_("address of the video meeting"), max_length=500, blank=True)
    places = models.PositiveSmallIntegerField(_("places"), null=True, blank=True)
    closes_on = models.DateField(_("last day to sign up"), null=True, blank=True)
    gives_right = models.BooleanField(_("gives the right to flag"), default=False)
    secret = EncryptedTextField(blank=True, default="")
    secret_hash = models.BinaryField(max_length=32, unique=True, null=True)
    called_off_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    number = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("training or meeting")
        verbose_name_plural = _("trainings and meetings")
        constraints = [
            models.CheckConstraint(
                condition=~Q(title_fi="", title_sv="", title_en=""),
                name="training_has_a_title",
                violation_error_message=_("Write the title and the description in at least one language."),
            ),
            models.CheckConstraint(
                condition=Q(places=None) | Q(places__gte=1),
                name="training_has_places_or_no_limit",
                violation_error_message=_("There is at least one place, or no limit."),
            ),
            models.CheckConstraint(
                condition=Q(gives_right=False) | Q(kind="training", open_to_all=False),
                name="right_to_flag_from_trainings_of_the_area",
                violation_error_message=_("Only a training for the own area gives the right to flag."),
            ),
            models.CheckConstraint(
                condition=Q(secret="", secret_hash=None) | (~Q(secret="") & Q(secret_hash__isnull=False)),
                name="training_link_has_its_hash",
            ),
        ]

    def __str__(self):
        return f"training {self.pk}"

    def get_absolute_url(self):
        """The page on which people sign up."""
        return reverse("trainings:training", args=[self.public_id])

    @property
    def written_in(self):
        """The language of the texts that the reader gets: their own, else the first in which there are any."""
        reads = ((get_language() or "fi")[:2], *LANGUAGES)
        return next(language for language in reads if getattr(self, f"title_{language}", ""))

    @property
    def title(self):
        """The title, as the reader gets it."""
        return getattr(self, f"title_{self.written_in}")

    @property
    def about(self):
        """The description, as the reader gets it."""
        return getattr(self, f"about_{self.written_in}")

    @property
    def for_whom(self):
        """For whom it is, as the reader gets it."""
        return getattr(self, f"for_whom_{self.written_in}")


class Occasion(models.Model):
    """One time at which a training is held. `sequence` counts its changes for calendars (RFC 5545)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token = models.UUIDField(editable=False)
    training = models.ForeignKey(TrainingEvent, on_delete=models.CASCADE, related_name="occasions")
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    called_off_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["starts_at", "pk"]
        verbose_name = _("occasion of a training")
        verbose_name_plural = _("occasions of trainings")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="occasion_ends_after_it_begins",
                violation_error_message=_("It can't end before it begins."),
            ),
            models.UniqueConstraint(fields=["training", "token", "starts_at"], name="occasion_made_once"),
        ]
        indexes = [models.Index(fields=["training", "ends_at"], name="occasions_of_a_training")]

    def __str__(self):
        return f"occasion of a training {self.pk}"

    @property
    def where(self):
        """Its own place, else that of the training."""
        return self.place or self.training.place


auditlog.register(TrainingEvent, exclude_fields=["token", "secret", "secret_hash"])
auditlog.register(Occasion, exclude_fields=["token"])
