"""The assessment of a child's or young person's need for services, and who takes part in it."""

import uuid

from auditlog.registry import auditlog
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Agency, Area, Membership, User
from coordination.assessments.states import AssessmentState, ParticipantState
from coordination.encryption.fields import EncryptedTextField
from coordination.people.models import YoungPerson


class Assessment(models.Model):
    """One assessment of the need for services (SHL 36 §), from its beginning until our working copy is erased.

    A work room: the record goes to the controller's own system. `worker` is the social worker who answers for it.
    `log_key` is the random key by which the use log knows it; the looks stand in nobody's list of looks until the
    worker has released them, which gives the key to the young person.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    log_key = models.UUIDField(default=uuid.uuid4, editable=False)
    young_person = models.ForeignKey(YoungPerson, on_delete=models.CASCADE, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("area"))
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name=_("assessing agency"))
    worker = models.ForeignKey(
        Membership, on_delete=models.PROTECT, related_name="+", verbose_name=_("assessing social worker")
    )
    state = models.CharField(_("state"), max_length=12, choices=AssessmentState.choices, default=AssessmentState.OPEN)
    pending_at = models.DateTimeField(_("pending since"))
    began_at = models.DateTimeField(_("begun"), default=timezone.now)
    signed_at = models.DateTimeField(_("signed"), null=True)
    signed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    handed_at = models.DateTimeField(_("handed over"), null=True)
    handed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    # Where in the controller's system it is, and who confirmed that it is there.
    receipt = EncryptedTextField(blank=True, default="")
    looks_released_at = models.DateTimeField(null=True)
    looks_held_why = EncryptedTextField(blank=True, default="")

    class Meta:
        ordering = ["-began_at", "-pk"]
        verbose_name = _("service-need assessment")
        verbose_name_plural = _("service-need assessments")
        indexes = [
            models.Index(fields=["worker"], condition=~Q(state="handed_over"), name="assessments_of_worker"),
            models.Index(fields=["agency", "-began_at"], name="assessments_of_agency"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", signed_at=None, signed_by=None)
                | ~Q(state="open") & Q(signed_at__gte=F("began_at"), signed_by__isnull=False),
                name="signed_assessment_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(state="handed_over", handed_at__gte=F("signed_at"), handed_by__isnull=False)
                | ~Q(state="handed_over") & Q(handed_at=None, handed_by=None),
                name="handed_over_assessment_says_by_whom",
            ),
        ]

    def __str__(self):
        return f"assessment {self.pk}"

    def get_absolute_url(self):
        return reverse("assessments:room", args=[self.public_id])

    @property
    def log_keys(self):
        """By which the use log knows it."""
        return [self.log_key]


class Participant(models.Model):
    """Somebody with a part of their own: a professional, a guardian, the child, or an agency outside the portal.

    Whoever has no account is known by the name that the worker wrote, and writes through a one-time link. A guardian
    stands here also without a link, so that what must not be disclosed to them can be said.
    """

    class Kind(models.TextChoices):
        PROFESSIONAL = "professional", _("professional")
        CHILD = "child", _("the child or young person")
        GUARDIAN = "guardian", _("guardian")
        OUTSIDE = "outside", _("agency outside the portal")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token = models.UUIDField(editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="participants")
    kind = models.CharField(_("who"), max_length=12, choices=Kind.choices)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    name = EncryptedTextField(_("name"), blank=True, default="")
    language = models.CharField(_("language"), max_length=2, choices=User.Language.choices, blank=True)
    asked = EncryptedTextField(_("what is asked"), blank=True, default="")
    state = models.CharField(max_length=15, choices=ParticipantState.choices, default=ParticipantState.ASKED)
    asked_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("participant of an assessment")
        verbose_name_plural = _("participants of assessments")
        constraints = [
            models.UniqueConstraint(fields=["assessment", "token"], name="participant_sent_once"),
            models.UniqueConstraint(
                fields=["assessment", "membership"],
                condition=Q(ended_at=None, membership__isnull=False),
                name="professional_takes_part_once",
                violation_error_message=_("This professional takes part already."),
            ),
            models.CheckConstraint(
                condition=Q(kind="professional", membership__isnull=False)
                | ~Q(kind="professional") & Q(membership=None),
                name="participant_with_or_without_an_account",
            ),
            models.CheckConstraint(
                condition=Q(state="ended", ended_at__isnull=False) | ~Q(state="ended") & Q(ended_at=None),
                name="ended_participant_says_when",
            ),
        ]
        indexes = [models.Index(fields=["membership"], condition=Q(ended_at=None), name="participants_of_membership")]

    def __str__(self):
        return f"participant of an assessment {self.pk}"


class DisclosureBan(models.Model):
    """What a guardian must not be told: a young person able to judge it may forbid it for a weighty reason (LSAVL 11 §;
    in health care without one, PotL 9 §)."""

    class Covers(models.TextChoices):
        CHILD_VIEW = "child_view", _("what the child or young person has said")
        EVERYTHING = "everything", _("everything in this assessment")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="bans")
    guardian = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="bans")
    covers = models.CharField(_("what must not be disclosed"), max_length=10, choices=Covers.choices)
    why = EncryptedTextField(_("on what ground"))
    made_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("ban on disclosure")
        verbose_name_plural = _("bans on disclosure")
        constraints = [
            models.UniqueConstraint(
                fields=["guardian"],
                condition=Q(ended_at=None),
                name="one_ban_for_a_guardian",
                violation_error_message=_("There is a ban for this guardian already. End it first."),
            )
        ]

    def __str__(self):
        return f"ban on disclosure {self.pk}"


class Reopening(models.Model):
    """A signed assessment was opened again, by whom and why."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="reopenings")
    why = EncryptedTextField(_("why"))
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("reopening of an assessment")
        verbose_name_plural = _("reopenings of assessments")

    def __str__(self):
        return f"reopening of an assessment {self.pk}"


auditlog.register(Assessment, exclude_fields=["log_key", "receipt", "looks_held_why"])
auditlog.register(Participant, exclude_fields=["name", "asked", "token"])
auditlog.register(DisclosureBan, exclude_fields=["why"])
auditlog.register(Reopening, exclude_fields=["why"])
