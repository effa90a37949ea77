"""A gap or an overlap that somebody saw in the services of an area, and what came of it."""

import uuid

from auditlog.registry import auditlog
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Area, Membership, Municipality
from coordination.services.models import Need, Service, ServiceClass
from pilots.service_map.coverage_states import Coverage, FindingState

_DECIDED = Q(decision__gt="", decided_on__isnull=False, decided_by__isnull=False)
_CLOSED = Q(outcome__gt="", closed_on__isnull=False, closed_by__isnull=False)


class Finding(models.Model):
    """Too little of something for somebody, or the same twice. It tells of no young person.

    `need` or `service_class`, the ages and the four that may be empty are the cell in which it was seen; `state_then`
    and `number_then` are how that stood. `owner` sees to it; where nobody does, the area's administrators. `number`
    grows with each change of what pages of several people could change at once.
    """

    class Kind(models.TextChoices):
        GAP = "gap", _("gap")
        OVERLAP = "overlap", _("overlap")

    class Decision(models.TextChoices):
        START = "start", _("begin a service of our own")
        BUY = "buy", _("buy it")
        JOIN = "join", _("do it together with a neighbour")
        MERGE = "merge", _("merge two")
        LEAVE = "leave", _("leave it as it is")

    class Outcome(models.TextChoices):
        FILLED = "filled", _("it is mended")
        PARTLY = "partly", _("it is mended in part")
        NOT = "not", _("it is not mended")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token = models.UUIDField(unique=True, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("area"))
    kind = models.CharField(_("gap or overlap"), max_length=10, choices=Kind.choices)
    need = models.ForeignKey(Need, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("need"))
    service_class = models.ForeignKey(
        ServiceClass, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("service class")
    )
    from_age = models.PositiveSmallIntegerField(_("youngest age"))
    to_age = models.PositiveSmallIntegerField(_("oldest age"))
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("municipality")
    )
    language = models.CharField(_("language"), max_length=5, choices=Service.Language.choices, blank=True)
    threshold = models.CharField(_("how one comes to it"), max_length=10, choices=Service.Threshold.choices, blank=True)
    priority = models.PositiveSmallIntegerField(_("priority"), choices=Service.Priority.choices, null=True)
    title = models.CharField(_("title"), max_length=200)
    words = models.TextField(_("what was seen"), max_length=1000, blank=True)
    services = models.ManyToManyField(Service, related_name="+", verbose_name=_("services"))
    state_then = models.CharField(max_length=10, choices=Coverage.choices)
    number_then = models.PositiveIntegerField()
    owner = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("who sees to it")
    )
    state = models.CharField(_("state"), max_length=10, choices=FindingState.choices, default=FindingState.OPENED)
    opened_on = models.DateField(_("opened on"))
    opened_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(_("decision"), max_length=10, choices=Decision.choices, blank=True)
    reason = models.TextField(_("why"), max_length=1000, blank=True)
    decided_on = models.DateField(_("decided on"), null=True)
    decided_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    action = models.CharField(_("what is done"), max_length=300, blank=True)
    due_on = models.DateField(_("by"), null=True)
    outcome = models.CharField(_("what came of it"), max_length=10, choices=Outcome.choices, blank=True)
    closed_on = models.DateField(_("closed on"), null=True)
    closed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    number = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-opened_on", "-pk"]
        verbose_name = _("gap or overlap")
        verbose_name_plural = _("gaps and overlaps")
        constraints = [
            models.UniqueConstraint(
                fields=[
                    *("area", "need", "service_class", "from_age", "to_age"),
                    *("municipality", "language", "threshold", "priority"),
                ],
                condition=~Q(state="closed"),
                nulls_distinct=False,
                name="finding_open_once_of_a_cell",
                violation_error_message=_("There is an open one of this box already."),
            ),
            models.CheckConstraint(
                condition=Q(need=None, service_class__isnull=False) | Q(need__isnull=False, service_class=None),
                name="finding_of_a_need_or_a_class",
            ),
            models.CheckConstraint(condition=Q(to_age__gte=F("from_age")), name="finding_ages_in_order"),
            models.CheckConstraint(
                condition=Q(state="opened", decision="", outcome="")
                | Q(state="decided", outcome="") & _DECIDED
                | Q(state="closed") & _DECIDED & _CLOSED,
                name="finding_says_what_its_state_wants",
            ),
        ]
        indexes = [models.Index(fields=["area", "state"], name="findings_of_area")]

    def __str__(self):
        return f"finding {self.pk}"

    def get_absolute_url(self):
        """Its page."""
        return reverse("coverage:finding", args=[self.public_id])

    @property
    def about(self):
        """The need or the service class of which it is."""
        return self.need or self.service_class


class FindingNote(models.Model):
    """What was done or heard since; `reopens` where it says why a finding was opened again."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="notes")
    token = models.UUIDField(unique=True, editable=False)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(_("note"), max_length=1000)
    reopens = models.BooleanField(default=False)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("note of a gap or an overlap")
        verbose_name_plural = _("notes of gaps and overlaps")

    def __str__(self):
        return f"note {self.pk} of a finding"


auditlog.register(Finding, exclude_fields=["number", "token"], m2m_fields={"services"})
auditlog.register(FindingNote, exclude_fields=["token"])
