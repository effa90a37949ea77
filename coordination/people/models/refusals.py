"""What the young person forbids: an adult's flag that lies inert."""

import uuid

from auditlog.registry import auditlog
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Membership, User
from coordination.people.models.young_people import YoungPerson


class Refusal(models.Model):
    """The young person forbade what this adult had asked for until then: it counts for nothing, and the adult is not
    told. A flag posted later, with a fresh permission, is not forbidden by this; one that is renewed still is.

    It may be there for somebody who had asked for nothing: writing it down tells nobody whether they had.
    """

    class SaidBy(models.TextChoices):
        YOUNG_PERSON = "young_person", _("the young person")
        GUARDIAN = "guardian", _("a guardian")
        BOTH = "both", _("both")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    young_person = models.ForeignKey(YoungPerson, on_delete=models.CASCADE, related_name="refusals")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    said_by = models.CharField(_("said by"), max_length=12, choices=SaidBy.choices)
    made_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["made_at", "pk"]
        verbose_name = _("refusal")
        verbose_name_plural = _("refusals")
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("made_at")), name="refusal_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["young_person", "user"], condition=Q(ended_at=None), name="adult_refused_once"
            ),
        ]

    def __str__(self):
        return f"refusal {self.pk}"


auditlog.register(Refusal)
