"""What was decided of a pilot, on what evidence, why and by whom."""

import uuid

from auditlog.registry import auditlog
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Membership
from pilots.registry.models.pilots import Pilot
from pilots.registry.models.programmes import in_readers_language
from pilots.registry.states import PilotState


class Decision(models.Model):
    """One move of a pilot, with its reason. It is never changed: another decision follows it.

    `by` is who wrote it down; nobody did of a pilot that comes with the portal. Finnish is what the town wrote, in
    whatever language it works.
    """

    class Evidence(models.TextChoices):
        """How much is known of what the pilot does, from the weakest up."""

        NONE = "none", _("none yet")
        EXPERIENCE = "experience", _("experience of users and workers")
        COUNTED = "counted", _("counted before and after")
        COMPARED = "compared", _("compared with others")
        STUDIED = "studied", _("studied and published")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token = models.UUIDField(null=True, editable=False)
    pilot = models.ForeignKey(Pilot, on_delete=models.CASCADE, related_name="decisions")
    state = models.CharField(_("what was decided"), max_length=10, choices=PilotState.choices)
    reason_fi = models.TextField(_("why"), max_length=1000)
    reason_sv = models.TextField(_("why, in Swedish"), max_length=1000, blank=True)
    reason_en = models.TextField(_("why, in English"), max_length=1000, blank=True)
    evidence = models.CharField(_("evidence"), max_length=10, choices=Evidence.choices)
    decided_on = models.DateField(_("decided on"))
    decided_by_fi = models.CharField(
        _("who decided"),
        max_length=200,
        help_text=_("The body or the office, such as the management group for children's services."),
    )
    decided_by_sv = models.CharField(_("who decided, in Swedish"), max_length=200, blank=True)
    decided_by_en = models.CharField(_("who decided, in English"), max_length=200, blank=True)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["decided_on", "pk"]
        verbose_name = _("decision on a pilot")
        verbose_name_plural = _("decisions on pilots")
        constraints = [
            models.UniqueConstraint(fields=["pilot", "token"], name="pilot_decided_once"),
            models.CheckConstraint(
                condition=~Q(reason_fi="") & ~Q(decided_by_fi=""),
                name="decision_on_a_pilot_says_who_and_why",
                violation_error_message=_("A decision says when it was made, who made it, and why."),
            ),
        ]

    def __str__(self):
        return f"decision on a pilot {self.pk}"

    @property
    def reason(self):
        """Why, in the reader's language."""
        return in_readers_language(self, "reason")

    @property
    def decided_by(self):
        """The body or office that decided, in the reader's language."""
        return in_readers_language(self, "decided_by")


auditlog.register(Decision, exclude_fields=["token"])
