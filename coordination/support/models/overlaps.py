"""Of which agencies the young person is a client, what each does, and the closing of what two of them do."""

import uuid

from auditlog.registry import auditlog
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Agency, Membership
from coordination.support.models.supports import SaidHow, Support
from coordination.support.states import OVERLAP_OPEN, OverlapState


class ClientTask(models.TextChoices):
    """The closed list of what an agency does with the young person."""

    CASE_WORK = "case_work", _("case work")
    COUNSELLING = "counselling", _("counselling talks")
    MONEY = "money", _("money advice")
    HOUSING = "housing", _("housing advice")
    GUIDANCE = "guidance", _("study or career guidance")
    JOB_SEARCH = "job_search", _("job search")
    HEALTH = "health", _("health care")
    FREE_TIME = "free_time", _("free-time activity")
    PRACTICAL = "practical", _("practical help")


class ClientRelationship(models.Model):
    """One thing that one agency does with the young person, as the one adult has ticked it.

    The hours a month are asked of the professional who agrees to close it, since they know; until then nobody is.
    """

    class Hours(models.IntegerChoices):
        ONE = 1, _("1 h or less")
        TWO = 2, _("2 h")
        FOUR = 4, _("4 h")
        EIGHT = 8, _("8 h")
        SIXTEEN = 16, _("16 h")
        MORE = 24, _("more")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    support = models.ForeignKey(Support, on_delete=models.CASCADE, related_name="relationships")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name=_("agency"))
    task = models.CharField(_("what the agency does"), max_length=12, choices=ClientTask.choices)
    hours_a_month = models.PositiveSmallIntegerField(_("hours a month"), choices=Hours.choices, null=True)
    # One and the same adult does all that this agency does: so that adults are counted once.
    same_adult = models.BooleanField(default=False)
    # It was so already when the support began: what the count before and after begins from.
    at_naming = models.BooleanField()
    recorded_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["recorded_at", "pk"]
        verbose_name = _("client relationship")
        verbose_name_plural = _("client relationships")
        constraints = [
            models.UniqueConstraint(
                fields=["support", "agency", "task"],
                condition=Q(ended_at=None),
                name="client_of_an_agency_once_for_a_task",
                violation_error_message=_("This stands in the list already."),
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("recorded_at")), name="client_relationship_ends_later"
            ),
        ]

    def __str__(self):
        return f"client relationship {self.pk}"


class OverlapProposal(models.Model):
    """Two agencies do the same: a professional of the one is asked whether it closes, since the other goes on.

    Asking tells that professional of the other agency, so the young person has said yes to it before. `hours_freed`
    is copied when it is closed: later changes of the list change no figure.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    support = models.ForeignKey(Support, on_delete=models.CASCADE, related_name="proposals")
    closing = models.ForeignKey(ClientRelationship, on_delete=models.CASCADE, related_name="+")
    stays = models.ForeignKey(ClientRelationship, on_delete=models.CASCADE, related_name="+")
    asked = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=OverlapState.choices, default=OverlapState.PROPOSED)
    said_how = models.CharField(_("how the young person said so"), max_length=10, choices=SaidHow.choices)
    proposed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    hours_freed = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        verbose_name = _("question to close a double client relationship")
        verbose_name_plural = _("questions to close a double client relationship")
        constraints = [
            models.UniqueConstraint(
                fields=["closing"],
                condition=Q(state__in=[state.value for state in OVERLAP_OPEN]),
                name="one_question_to_close_at_a_time",
                violation_error_message=_("Somebody has already been asked about this."),
            ),
            models.CheckConstraint(condition=~Q(closing=F("stays")), name="what_closes_is_not_what_stays"),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False, hours_freed__isnull=False)
                | ~Q(state="closed") & Q(closed_at=None, hours_freed=None),
                name="closed_overlap_says_when_and_how_much",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["agreed", "declined", "closed"]) | Q(answered_at__isnull=False),
                name="answered_overlap_says_when",
            ),
        ]

    def __str__(self):
        return f"question to close a double {self.pk}"


auditlog.register(ClientRelationship)
auditlog.register(OverlapProposal)
