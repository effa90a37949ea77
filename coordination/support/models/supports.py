"""Who is a young person's one adult, from when until when, and who stands in for them."""

import uuid

from auditlog.registry import auditlog
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Area, Membership
from coordination.people.models import YoungPerson
from coordination.support.models.texts import SupportText
from coordination.support.states import COMING, SupportState


class SaidHow(models.TextChoices):
    """How the young person said what is written down for them."""

    FACE = "face", _("face to face")
    PHONE = "phone", _("by telephone")
    MESSAGE = "message", _("by message")


class Support(models.Model):
    """One adult for one young person. `source` is the public id of the follow-up it came from, where there is one.

    A successor's row stands beside the adult's until the handover: `predecessor` is the support that it goes on with.
    """

    class NextStep(models.TextChoices):
        MEET = "meet", _("meet")
        CALL = "call", _("call")
        MESSAGE = "message", _("send a message")
        GO_ALONG = "go_along", _("go along to a service")
        JOINT_MEETING = "joint_meeting", _("meet together with the adults")
        SORT_OUT = "sort_out", _("sort a matter out")
        CHECK = "check", _("check how things are")

    class EndReason(models.TextChoices):
        HANDED_OVER = "handed_over", _("handed over to another adult")
        ADULT_LEFT = "adult_left", _("the adult left or is away for long")
        WISH = "wish", _("the young person wished for another adult")
        NOT_NEEDED = "not_needed", _("no longer needed")
        DECLINED = "declined", _("the young person doesn't want one")
        MOVED = "moved", _("the young person moved away")
        OTHER = "other", _("other")

    # After these nobody waits for another adult.
    FINAL = [EndReason.NOT_NEEDED, EndReason.DECLINED, EndReason.MOVED]

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token = models.UUIDField(unique=True, editable=False)
    young_person = models.ForeignKey(YoungPerson, on_delete=models.CASCADE, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    adult = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", verbose_name=_("one adult"))
    state = models.CharField(_("state"), max_length=10, choices=SupportState.choices, default=SupportState.ASKED)
    source = models.UUIDField(null=True, db_index=True)
    predecessor = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    agreed_how = models.CharField(_("how the young person agreed"), max_length=10, choices=SaidHow.choices)
    agreed_on = models.DateField(_("when the young person agreed"))
    asked_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, related_name="+", verbose_name=_("who asked the young person")
    )
    named_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", verbose_name=_("named by"))
    named_at = models.DateTimeField(default=timezone.now)
    job_description = models.ForeignKey(SupportText, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    end_reason = models.CharField(_("why it ended"), max_length=12, choices=EndReason.choices, blank=True)
    # Until then the former adult sees on, where the young person said yes to that.
    seen_until = models.DateField(null=True)
    next_step = models.CharField(_("next step"), max_length=15, choices=NextStep.choices, blank=True)
    next_step_on = models.DateField(_("date of the next step"), null=True)
    # The last contact that came about, or the beginning: what silence is counted from.
    heard_on = models.DateField(null=True)
    told_silent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-named_at", "-pk"]
        verbose_name = _("one adult's support")
        verbose_name_plural = _("one adult's supports")
        constraints = [
            models.UniqueConstraint(
                fields=["young_person"],
                condition=Q(state="active"),
                name="one_adult_at_a_time",
                violation_error_message=_("This young person already has one adult."),
            ),
            models.UniqueConstraint(
                fields=["young_person"],
                condition=Q(state__in=[state.value for state in COMING]),
                name="one_adult_is_asked_at_a_time",
                violation_error_message=_("Somebody has already been asked."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "declined", "withdrawn"])
                | Q(job_description__isnull=False, answered_at__isnull=False),
                name="one_adult_said_yes_to_a_job_description",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["active", "ended"], began_at__isnull=False)
                | ~Q(state__in=["active", "ended"]) & Q(began_at=None),
                name="support_that_began_says_when",
            ),
            models.CheckConstraint(
                condition=Q(state="ended", ended_at__isnull=False, ended_at__gte=F("began_at")) & ~Q(end_reason="")
                | ~Q(state="ended") & Q(ended_at=None, end_reason=""),
                name="ended_support_says_when_and_why",
            ),
            models.CheckConstraint(
                condition=Q(next_step="", next_step_on=None) | ~Q(next_step="") & Q(next_step_on__isnull=False),
                name="next_step_of_support_has_a_date",
                violation_error_message=_("A next step needs a date."),
            ),
        ]
        indexes = [
            models.Index(fields=["adult"], condition=Q(state="active"), name="supports_of_adult"),
            models.Index(fields=["area", "heard_on"], condition=Q(state="active"), name="supports_of_area"),
        ]

    def __str__(self):
        return f"support {self.pk}"

    def get_absolute_url(self):
        """The adult's own page of this support."""
        return reverse("support:support", args=[self.public_id])


class Substitution(models.Model):
    """Somebody stands in for the adult, who stays the one adult. The one who stands in sees and works as the adult."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    support = models.ForeignKey(Support, on_delete=models.CASCADE, related_name="substitutions")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    began_at = models.DateTimeField(default=timezone.now)
    until = models.DateField(_("until"))
    ended_at = models.DateTimeField(null=True)
    named_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-began_at", "-pk"]
        verbose_name = _("substitute of the one adult")
        verbose_name_plural = _("substitutes of the one adult")
        constraints = [
            models.UniqueConstraint(
                fields=["support"],
                condition=Q(ended_at=None),
                name="one_substitute_at_a_time",
                violation_error_message=_("Somebody already stands in for this adult."),
            ),
        ]

    def __str__(self):
        return f"substitution {self.pk}"


auditlog.register(Support, exclude_fields=["token"])
auditlog.register(Substitution)
