"""What happened around a young person, in words people read, each with its audience."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Membership
from coordination.people.models import YoungPerson


class Event(models.Model):
    """One thing that happened. `to_membership` alone may read it, or everybody of the audience."""

    class Kind(models.TextChoices):
        FLAGGED = "flagged", _("You flagged")
        FOLLOW_UP_OPENED = "follow_up_opened", _("Follow-up opened")
        TAKEN_UP = "taken_up", _("A coordinator took this up")
        HANDED_ON = "handed_on", _("Another coordinator took this up")
        CONTACT_TRIED = "contact_tried", _("Contact was tried")
        REACHED = "reached", _("Contact was made")
        DECIDED = "decided", _("The young person's choice was saved")
        JOINED = "joined", _("An adult takes part")
        LEFT = "left", _("An adult no longer takes part")
        NEXT_STEP = "next_step", _("The next step was agreed")
        PAUSED = "paused", _("The follow-up was paused")
        CLOSED = "closed", _("The follow-up was closed")
        NOT_NEEDED = "not_needed", _("The follow-up is no longer needed")
        PEOPLE_JOINED = "people_joined", _("Two records were joined as one person")
        EXCLUDED = "excluded", _("Somebody was excluded")
        EXCLUSION_ENDED = "exclusion_ended", _("An exclusion was ended")

    class Audience(models.TextChoices):
        ONE = "one", _("one membership")
        COORDINATORS = "coordinators", _("coordinators")
        EVERYONE = "everyone", _("coordinators and those who take part")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    young_person = models.ForeignKey(YoungPerson, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    audience = models.CharField(max_length=12, choices=Audience.choices)
    to_membership = models.ForeignKey(Membership, on_delete=models.CASCADE, null=True, related_name="+")
    about = models.UUIDField(null=True, db_index=True)
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [models.Index(fields=["young_person", "-at"], name="event_timeline")]
        constraints = [
            models.CheckConstraint(
                condition=Q(audience="one", to_membership__isnull=False) | (~Q(audience="one") & Q(to_membership=None)),
                name="event_for_one_names_whom",
            )
        ]

    def __str__(self):
        return f"event {self.pk}"
