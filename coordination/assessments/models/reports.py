"""A contact, a joint contact or a child welfare notification, and by when what is to be done about it."""

import uuid

from auditlog.registry import auditlog
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Agency, Area, Membership, Municipality
from coordination.assessments.models.assessments import Assessment
from coordination.assessments.states import ReportState
from coordination.clocks.models import DeadlineRule
from coordination.encryption.fields import BlindIndexField, EncryptedTextField, at_least_one_of


class Report(models.Model):
    """What one professional passed on to social welfare about a child, and what was done about it.

    It stands apart from flags: it holds what its reporter typed, finds nobody and is found by nobody, so it tells
    nothing of whether others work with the child. `identity_key` is the keyed hash of what was typed, by which those
    who must not learn of the child are kept away; `log_key` the random key by which the use log knows the child. It is
    read by its reporter and by the agency that it was sent to, nobody else.
    """

    class Kind(models.TextChoices):
        CONTACT = "contact", _("contact (SHL 35 §)")
        JOINT = "joint", _("joint contact, made with the family (LSL 25 a §)")
        NOTIFICATION = "notification", _("child welfare notification (LSL 25 §)")

    class ContactGround(models.TextChoices):
        """On what a contact rests (SHL 35 §): agreement; where none can be had, the second subsection."""

        AGREED = "agreed", _("the young person or a guardian agrees")
        INTEREST = "interest", _("no agreement can be had, and the child's interest necessarily demands it")
        UNABLE = (
            "unable",
            _("no agreement can be had, and they are evidently unable to look after their own care, health or safety"),
        )

    class Present(models.TextChoices):
        CHILD = "child", _("the child or young person")
        GUARDIAN = "guardian", _("a guardian")
        OTHER_GUARDIAN = "other_guardian", _("the other guardian")
        SOMEBODY = "somebody", _("somebody else whom they wanted along")

    class FamilyTold(models.TextChoices):
        TOLD = "told", _("yes, they know")
        NOT_TOLD = "not_told", _("no")
        NOT_YET = "not_yet", _("not yet, on a lawful ground")

    class NotYet(models.TextChoices):
        DANGER = "danger", _("telling could put the child in danger")
        CRIME = "crime", _("a crime is suspected, and telling could harm its investigation")

    class How(models.TextChoices):
        PHONE = "phone", _("by telephone")
        PAPER = "paper", _("on paper, or by secure mail")

    class Urgency(models.TextChoices):
        URGENT = "urgent", _("help is needed at once")
        NOT_URGENT = "not_urgent", _("can wait for the assessment")

    class Scope(models.TextChoices):
        """For whom which days hold (SHL 36 §); as the rules of deadlines know them."""

        SPECIAL_SUPPORT = DeadlineRule.Scope.SPECIAL_SUPPORT.value, _("a child needing special support")
        OTHERS = DeadlineRule.Scope.OTHERS.value, _("no special support")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token = models.UUIDField(unique=True, editable=False)
    log_key = models.UUIDField(default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("area"))
    to_agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("sent to")
    )
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    state = models.CharField(_("state"), max_length=12, choices=ReportState.choices)

    identity_key = BlindIndexField()
    identity_key_even = BlindIndexField()
    first_name = models.CharField(_("first name"), max_length=100)
    last_name = models.CharField(_("last name"), max_length=100)
    name_key = models.CharField(max_length=210)
    birth_date = models.DateField(_("date of birth"))
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("municipality")
    )
    reach = EncryptedTextField(_("how the family is reached"), blank=True, default="")
    matter = EncryptedTextField(_("what it is about"))
    contact_ground = models.CharField(max_length=10, choices=ContactGround.choices, blank=True)
    # By which the reporter can be reached about this.
    reporter_phone = EncryptedTextField(blank=True, default="")
    present = ArrayField(models.CharField(max_length=15, choices=Present.choices), default=list, blank=True)
    child_said = EncryptedTextField(_("what the child said"), blank=True, default="")
    family_told = models.CharField(max_length=10, choices=FamilyTold.choices)
    family_told_why = EncryptedTextField(blank=True, default="")
    not_yet = models.CharField(max_length=10, choices=NotYet.choices, blank=True)
    crime_suspected = models.BooleanField(default=False)
    police_told = models.BooleanField(default=False)

    sent_at = models.DateTimeField(_("sent"), default=timezone.now)
    sent_how = models.CharField(max_length=6, choices=How.choices, blank=True)
    sent_to = EncryptedTextField(blank=True, default="")
    ring_told_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    received_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    urgency = models.CharField(max_length=12, choices=Urgency.choices, blank=True)
    urgency_why = EncryptedTextField(blank=True, default="")
    judged_at = models.DateTimeField(null=True)
    judged_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    scope = models.CharField(max_length=15, choices=Scope.choices, blank=True)
    decision_why = EncryptedTextField(blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    family_informed_on = models.DateField(null=True)
    # Why the intake hasn't told the family yet, by whom it was written down; it stays when they are told.
    intake_not_yet = models.CharField(max_length=10, choices=NotYet.choices, blank=True)
    intake_not_yet_why = EncryptedTextField(blank=True, default="")
    intake_not_yet_at = models.DateTimeField(null=True)
    intake_not_yet_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    begun_at = models.DateTimeField(null=True)
    begun_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    assessment = models.ForeignKey(Assessment, on_delete=models.SET_NULL, null=True, related_name="reports")

    class Meta:
        ordering = ["-sent_at", "-pk"]
        verbose_name = _("contact or notification")
        verbose_name_plural = _("contacts and notifications")
        indexes = [
            models.Index(fields=["to_agency", "sent_at"], name="reports_of_intake"),
            models.Index(fields=["by", "-sent_at"], name="reports_of_reporter"),
        ]
        constraints = [
            models.CheckConstraint(condition=at_least_one_of("identity_key"), name="report_has_an_identity_key"),
            models.CheckConstraint(
                condition=Q(state=ReportState.OUTSIDE, to_agency=None)
                | ~Q(state=ReportState.OUTSIDE) & Q(to_agency__isnull=False),
                name="report_goes_to_an_agency_or_outside",
            ),
            models.CheckConstraint(
                condition=Q(family_told="not_yet") & ~Q(not_yet="") | ~Q(family_told="not_yet") & Q(not_yet=""),
                name="not_yet_has_its_lawful_ground",
            ),
            models.CheckConstraint(
                condition=Q(kind="contact") | Q(contact_ground=""), name="only_a_contact_has_such_a_ground"
            ),
            models.CheckConstraint(
                condition=Q(intake_not_yet="", intake_not_yet_at=None, intake_not_yet_by=None)
                | ~Q(intake_not_yet="") & Q(intake_not_yet_at__isnull=False, intake_not_yet_by__isnull=False),
                name="intake_says_not_yet_by_name",
            ),
            models.CheckConstraint(
                condition=Q(received_at=None, received_by=None)
                | Q(received_at__gte=F("sent_at"), received_by__isnull=False),
                name="report_received_by_somebody_named",
            ),
            models.CheckConstraint(
                condition=Q(urgency="", judged_at=None, judged_by=None)
                | ~Q(urgency="") & Q(judged_at__isnull=False, judged_by__isnull=False),
                name="urgency_judged_by_somebody_named",
            ),
            models.CheckConstraint(
                condition=Q(begun_at=None, begun_by=None) & ~Q(state="begun")
                | Q(begun_at__isnull=False, begun_by__isnull=False, state="begun") & ~Q(scope=""),
                name="assessment_begun_by_somebody_named",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None, scope="")
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="report_decided_by_somebody_named",
            ),
        ]

    def __str__(self):
        return f"report {self.pk}"

    def get_absolute_url(self):
        return reverse("assessments:report", args=[self.public_id])

    # Whether the reader has it as the intake, not as its reporter.
    is_received = False

    @property
    def log_keys(self):
        """By which the use log knows the child."""
        return [self.log_key]

    @property
    def name(self):
        """First and last name of the child, for those who may see them."""
        return f"{self.first_name} {self.last_name}"


class ReportDeadline(models.Model):
    """By when one thing is to be done about a report, and by which rule; why it wasn't, where it was missed."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="deadlines")
    what = models.CharField(max_length=15, choices=DeadlineRule.What.choices)
    rule = models.ForeignKey(DeadlineRule, on_delete=models.PROTECT, null=True, related_name="+")
    received_at = models.DateTimeField()
    last_day = models.DateField(null=True)
    last_moment = models.DateTimeField(null=True)
    warn_on = models.DateField(null=True)
    warned_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    missed_told_at = models.DateTimeField(null=True)
    missed_why = EncryptedTextField(blank=True, default="")
    missed_why_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["last_day", "pk"]
        verbose_name = _("deadline of a report")
        verbose_name_plural = _("deadlines of reports")
        constraints = [models.UniqueConstraint(fields=["report", "what"], name="deadline_of_a_report_once")]
        indexes = [
            models.Index(
                fields=["last_day"], condition=Q(done_at=None, missed_told_at=None), name="report_deadlines_running"
            )
        ]

    def __str__(self):
        return f"deadline of a report {self.pk}"


_NOT_IN_THE_CHANGE_LOG = [
    *("identity_key", "identity_key_even", "log_key", "first_name", "last_name", "name_key", "birth_date"),
    "municipality",
    *("reach", "matter", "child_said", "family_told_why", "sent_to", "urgency_why", "decision_why"),
    *("reporter_phone", "intake_not_yet_why"),
]
auditlog.register(Report, exclude_fields=_NOT_IN_THE_CHANGE_LOG)
auditlog.register(ReportDeadline, exclude_fields=["missed_why"])
