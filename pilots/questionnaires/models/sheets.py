"""A questionnaire as it is filled in of one young person: who fills which part, and who received it."""

import uuid

from auditlog.registry import auditlog
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Area, Membership, User
from coordination.encryption.fields import EncryptedTextField
from coordination.people.models import YoungPerson
from pilots.questionnaires.models.questionnaires import QuestionnaireParty, QuestionnaireVersion
from pilots.questionnaires.states import PartState


class Sheet(models.Model):
    """One filled-in form of one young person. `owner` answers for it: asks the others, submits it, and names who
    receives it; nobody does once the owner has left, until one of those who fill it in takes it over. Once submitted
    nothing in it changes."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token = models.UUIDField(unique=True, editable=False)
    version = models.ForeignKey(QuestionnaireVersion, on_delete=models.PROTECT, related_name="+")
    young_person = models.ForeignKey(YoungPerson, on_delete=models.CASCADE, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    begun_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-begun_at", "-pk"]
        verbose_name = _("filled-in form")
        verbose_name_plural = _("filled-in forms")
        constraints = [
            models.CheckConstraint(
                condition=Q(submitted_at=None, submitted_by=None)
                | Q(submitted_at__gte=F("begun_at"), submitted_by__isnull=False),
                name="submitted_form_says_by_whom",
            )
        ]
        indexes = [models.Index(fields=["owner"], name="forms_of_owner")]

    def __str__(self):
        return f"filled-in form {self.pk}"

    def get_absolute_url(self):
        return reverse("questionnaires:sheet", args=[self.public_id])


class SheetPart(models.Model):
    """What one party fills in. `answers` is JSON, {the question's key: what was answered}; `number` grows with each
    time that it is saved. Whoever has no account is known by the name that the owner wrote, and answers through a
    one-time link, or tells the owner, who is `written_by` then."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token = models.UUIDField(editable=False)
    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="parts")
    party = models.ForeignKey(QuestionnaireParty, on_delete=models.PROTECT, related_name="+")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    name = EncryptedTextField(_("name"), blank=True, default="")
    language = models.CharField(_("language"), max_length=2, choices=User.Language.choices, blank=True)
    state = models.CharField(max_length=8, choices=PartState.choices, default=PartState.ASKED)
    answers = EncryptedTextField(blank=True, default="")
    number = models.PositiveIntegerField(default=0)
    written_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["party__order", "pk"]
        verbose_name = _("part of a filled-in form")
        verbose_name_plural = _("parts of filled-in forms")
        constraints = [
            models.UniqueConstraint(fields=["sheet", "token"], name="part_of_a_form_sent_once"),
            models.UniqueConstraint(
                fields=["sheet", "party"],
                condition=Q(ended_at=None),
                name="part_of_a_form_filled_by_one",
                violation_error_message=_("Somebody fills in this part already."),
            ),
            models.CheckConstraint(
                condition=Q(state="ended", ended_at__isnull=False) | ~Q(state="ended") & Q(ended_at=None),
                name="ended_part_of_a_form_says_when",
            ),
        ]
        indexes = [models.Index(fields=["membership"], condition=Q(ended_at=None), name="parts_of_forms_of")]

    def __str__(self):
        return f"part of a filled-in form {self.pk}"


class SheetRecipient(models.Model):
    """Somebody to whom a submitted form was given to read: a professional, or somebody without an account by a one-time
    link. Each stands in the disclosure log."""

    class Kind(models.TextChoices):
        PROFESSIONAL = "professional", _("professional")
        YOUNG_PERSON = "young_person", _("the child or young person")
        GUARDIAN = "guardian", _("guardian")
        ELSEWHERE = "elsewhere", _("an agency outside the portal")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token = models.UUIDField(editable=False)
    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="recipients")
    kind = models.CharField(_("who"), max_length=12, choices=Kind.choices)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    name = EncryptedTextField(_("name"), blank=True, default="")
    language = models.CharField(_("language"), max_length=2, choices=User.Language.choices, blank=True)
    named_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("receiver of a filled-in form")
        verbose_name_plural = _("receivers of filled-in forms")
        constraints = [
            models.UniqueConstraint(fields=["sheet", "token"], name="receiver_of_a_form_sent_once"),
            models.UniqueConstraint(
                fields=["sheet", "membership"],
                condition=Q(ended_at=None, membership__isnull=False),
                name="form_given_once_to_somebody",
                violation_error_message=_("They have received this form already."),
            ),
            models.CheckConstraint(
                condition=Q(kind="professional", membership__isnull=False)
                | ~Q(kind="professional") & Q(membership=None),
                name="receiver_of_a_form_with_or_without_an_account",
            ),
        ]
        indexes = [models.Index(fields=["membership"], condition=Q(ended_at=None), name="forms_received_by")]

    def __str__(self):
        return f"receiver of a filled-in form {self.pk}"


auditlog.register(Sheet, exclude_fields=["token"])
auditlog.register(SheetPart, exclude_fields=["token", "name", "answers"])
auditlog.register(SheetRecipient, exclude_fields=["token", "name"])
