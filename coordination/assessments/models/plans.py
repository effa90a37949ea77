"""What the assessment comes to: the summary with its outcome, and the joint plan."""

import uuid

from auditlog.registry import auditlog
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Membership
from coordination.assessments.models.assessments import Assessment, Participant
from coordination.cards.models import CardVersion
from coordination.encryption.fields import EncryptedTextField
from coordination.people.models import YoungPerson
from coordination.services.models import Need, Service
from coordination.support.models import SaidHow


class Summary(models.Model):
    """One version of the summary. The last one counts; one that was signed is never changed.

    `readers` are the professionals who read it once it is signed; the worker always does.
    """

    class NeedLasts(models.TextChoices):
        """How long the need for support is (SHL 37 §)."""

        NONE = "none", _("no need")
        TEMPORARY = "temporary", _("temporary")
        RECURRING = "recurring", _("recurring")
        LONG_TERM = "long_term", _("long-term")

    class Outcome(models.TextChoices):
        NO_NEED = "no_need", _("no need for services")
        GENERAL = "general", _("general services")
        SOCIAL_WELFARE = "social_welfare", _("client of social welfare, with a plan")
        CHILD_PROTECTION = "child_protection", _("client of child protection, with a plan")
        URGENT = "urgent", _("urgent measure")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="summaries")
    number = models.PositiveSmallIntegerField()
    conclusions = EncryptedTextField(_("conclusions"))
    need_lasts = models.CharField(_("how long the need is"), max_length=10, choices=NeedLasts.choices)
    rights_told_on = models.DateField(_("rights and alternatives explained"), null=True)
    child_protection = models.BooleanField(_("needs child protection"))
    child_protection_why = EncryptedTextField(_("why, or why not"))
    services = EncryptedTextField(_("services proposed"), blank=True, default="")
    own_worker = models.BooleanField(_("needs an own worker"))
    outcome = models.CharField(_("outcome"), max_length=16, choices=Outcome.choices)
    outcome_why = EncryptedTextField(_("reasons of the outcome"))
    follow_up_on = models.DateField(_("looked at again"), null=True)
    readers = models.ManyToManyField(Participant, blank=True, related_name="+", verbose_name=_("who may read it"))
    card = models.ForeignKey(CardVersion, on_delete=models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    signed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        verbose_name = _("summary of an assessment")
        verbose_name_plural = _("summaries of assessments")
        constraints = [models.UniqueConstraint(fields=["assessment", "number"], name="version_of_a_summary_once")]

    def __str__(self):
        return f"summary of an assessment {self.pk}"


class Goal(models.Model):
    """One goal of the joint plan, in the child's own words."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token = models.UUIDField(editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="goals")
    words = EncryptedTextField(_("goal in the child's own words"))
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        constraints = [models.UniqueConstraint(fields=["assessment", "token"], name="goal_sent_once")]

    def __str__(self):
        return f"goal {self.pk}"


class PlanAction(models.Model):
    """Who does what by when. It outlives the assessment where the one responsible still sees the young person by the
    young person's own permission; then without assessment and goal.

    Of one adult it says how, when and with whom the young person agreed that the coordinators are asked to name one,
    and when they were.
    """

    class Kind(models.TextChoices):
        ACTION = "action", _("something is done")
        SERVICE = "service", _("a service begins")
        ONE_ADULT = "one_adult", _("one adult is named to stay")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token = models.UUIDField(unique=True, editable=False)
    young_person = models.ForeignKey(YoungPerson, on_delete=models.CASCADE, related_name="+")
    assessment = models.ForeignKey(Assessment, on_delete=models.SET_NULL, null=True, related_name="actions")
    goal = models.ForeignKey(Goal, on_delete=models.SET_NULL, null=True, related_name="actions")
    kind = models.CharField(_("what kind"), max_length=10, choices=Kind.choices, default=Kind.ACTION)
    what = EncryptedTextField(_("what is done"))
    service = models.ForeignKey(Service, on_delete=models.PROTECT, null=True, related_name="+")
    # A need that no service answers, as it is marked for the map of services.
    unmet = models.ForeignKey(Need, on_delete=models.PROTECT, null=True, related_name="+")
    responsible = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    responsible_name = EncryptedTextField(_("somebody without an account"), blank=True, default="")
    due_on = models.DateField(_("by"))
    made_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    agreed_how = models.CharField(max_length=10, choices=SaidHow.choices, blank=True)
    agreed_on = models.DateField(null=True)
    agreed_with = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    passed_on_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = _("action of a joint plan")
        verbose_name_plural = _("actions of joint plans")
        constraints = [
            models.CheckConstraint(
                condition=Q(responsible__isnull=False, responsible_name="")
                | Q(responsible=None) & ~Q(responsible_name=""),
                name="action_has_one_responsible",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None) | Q(done_at__isnull=False, done_by__isnull=False),
                name="done_action_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(agreed_how="", agreed_on=None, agreed_with=None, passed_on_at=None)
                | ~Q(agreed_how="") & Q(agreed_on__isnull=False, agreed_with__isnull=False),
                name="agreed_to_coordinators_says_how",
            ),
        ]
        indexes = [
            models.Index(fields=["responsible", "due_on"], condition=Q(done_at=None), name="plan_actions_open"),
            models.Index(
                fields=["agreed_on"],
                condition=Q(agreed_on__isnull=False, passed_on_at=None),
                name="plan_actions_to_pass_on",
            ),
        ]

    def __str__(self):
        return f"action of a joint plan {self.pk}"


auditlog.register(
    Summary,
    exclude_fields=["conclusions", "child_protection_why", "services", "outcome_why"],
    m2m_fields={"readers"},
)
auditlog.register(Goal, exclude_fields=["words", "token"])
auditlog.register(PlanAction, exclude_fields=["what", "responsible_name", "token"])
