"""Who signed up for a training, who came, what they got for it, and what was said of it."""

import uuid

from auditlog.registry import auditlog
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Agency, Membership, User
from coordination.encryption.fields import EncryptedTextField
from pilots.trainings.models.course import CourseProgress
from pilots.trainings.models.trainings import Occasion, TrainingEvent
from pilots.trainings.states import SignUpState


class SignUp(models.Model):
    """Somebody who signed up, in the order of their keys: a membership, or somebody without an account, of whom there
    are a name, an address and an agency as typed until they are erased.

    `secret` is that of the page of somebody without an account. `has_answered` says that they gave feedback, and not
    which.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token = models.UUIDField(editable=False)
    training = models.ForeignKey(TrainingEvent, on_delete=models.CASCADE, related_name="sign_ups")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=SignUpState.choices)
    name = EncryptedTextField(_("name"), blank=True, default="")
    email = EncryptedTextField(_("e-mail"), blank=True, default="")
    agency = EncryptedTextField(_("agency"), blank=True, default="")
    language = models.CharField(max_length=2, choices=User.Language.choices, default=User.Language.FI)
    secret = EncryptedTextField(blank=True, default="")
    secret_hash = models.BinaryField(max_length=32, unique=True, null=True)
    mailed_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(default=timezone.now)
    has_answered = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("sign-up")
        verbose_name_plural = _("sign-ups")
        constraints = [
            models.UniqueConstraint(fields=["training", "token"], name="sign_up_sent_once"),
            models.UniqueConstraint(
                fields=["training", "membership"],
                condition=Q(state__in=["waiting", "in"]),
                name="signed_up_once",
                violation_error_message=_("You have signed up already."),
            ),
            models.CheckConstraint(
                condition=Q(membership=None) | Q(name="", email="", agency="", secret=""),
                name="sign_up_of_a_membership_names_nobody",
            ),
        ]
        indexes = [models.Index(fields=["membership"], condition=Q(state__in=["waiting", "in"]), name="own_sign_ups")]

    def __str__(self):
        return f"sign-up {self.pk}"


class Attendance(models.Model):
    """Whether somebody came to one occasion."""

    occasion = models.ForeignKey(Occasion, on_delete=models.CASCADE, related_name="attendances")
    sign_up = models.ForeignKey(SignUp, on_delete=models.CASCADE, related_name="attendances")
    came = models.BooleanField(_("came"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        constraints = [models.UniqueConstraint(fields=["occasion", "sign_up"], name="came_or_not_once")]

    def __str__(self):
        return f"attendance {self.pk}"


class Certificate(models.Model):
    """Somebody has come to every occasion of a training, or done the whole course. Its name is that of the account, or
    of the sign-up while that has one."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(_("number"), max_length=20, unique=True)
    sign_up = models.OneToOneField(SignUp, on_delete=models.CASCADE, null=True, related_name="certificate")
    course = models.OneToOneField(CourseProgress, on_delete=models.CASCADE, null=True, related_name="certificate")
    issued_on = models.DateField(_("issued on"))
    issued_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-issued_on", "-pk"]
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        constraints = [
            models.CheckConstraint(
                condition=Q(sign_up=None, course__isnull=False) | Q(sign_up__isnull=False, course=None),
                name="certificate_of_a_training_or_of_the_course",
            )
        ]

    def __str__(self):
        return self.number


class TrainingFeedback(models.Model):
    """What somebody said of a training: two questions, with nothing of who it was or when. `agency` is theirs, so that
    what is told tells no agency of the others."""

    class Useful(models.TextChoices):
        YES = "yes", _("yes")
        PARTLY = "partly", _("partly")
        NO = "no", _("no")

    class Better(models.TextChoices):
        NOTHING = "nothing", _("nothing, it was good as it was")
        SHORTER = "shorter", _("shorter")
        LONGER = "longer", _("more time")
        PRACTICE = "practice", _("more practice and examples")
        CLEARER = "clearer", _("clearer words")
        WHEN = "when", _("another time or place")

    token = models.UUIDField(unique=True, editable=False)
    training = models.ForeignKey(TrainingEvent, on_delete=models.CASCADE, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    useful = models.CharField(_("Was it useful in your work?"), max_length=6, choices=Useful.choices)
    better = models.CharField(_("What would make it better?"), max_length=8, choices=Better.choices)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("feedback on a training")
        verbose_name_plural = _("feedback on trainings")

    def __str__(self):
        return f"feedback on a training {self.pk}"


auditlog.register(SignUp, include_fields=["training", "membership", "state"])
auditlog.register(Attendance)
auditlog.register(Certificate)
