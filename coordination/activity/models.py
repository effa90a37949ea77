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
        OWNER_LEFT = "owner_left", _("The coordinator has left, and another goes on")
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
        REFUSED = "refused", _("The young person forbade an adult's flag")
        REFUSAL_LIFTED = "refusal_lifted", _("The young person allows an adult's flag again")
        DECISION_UNDONE = "decision_undone", _("A choice saved by mistake was undone")
        NON_DISCLOSURE = "non_disclosure", _("Non-disclosure for safety was switched on")
        DISCLOSURE = "disclosure", _("Non-disclosure for safety was ended")
        REVEALED = "revealed", _("Hidden details were revealed")
        GUARDIAN = "guardian", _("What a guardian may know was written down")
        MEETING_PLANNED = "meeting_planned", _("A meeting was planned")
        MEETING_CHANGED = "meeting_changed", _("A meeting was changed")
        MEETING_CANCELLED = "meeting_cancelled", _("A meeting was cancelled")
        MEETING_HELD = "meeting_held", _("A meeting was held")
        GUARDIAN_TOLD = "guardian_told", _("A guardian was sent a message")
        AREA_ASKED = "area_asked", _("Another area was asked to take this over")
        AREA_NOT_NOW = "area_not_now", _("The other area does not take this over")
        AREA_CHANGED = "area_changed", _("Another area took this over")
        REFERRED = "referred", _("A service was found, and written down")
        UNMET_NEED = "unmet_need", _("A need that no service answers was written down")
        ADULT_ASKED = "adult_asked", _("A professional was asked to be the one adult")
        ADULT_BEGAN = "adult_began", _("The young person has one adult")
        ADULT_SAID_NO = "adult_said_no", _("The professional who was asked can't be the one adult")
        NAMING_TAKEN_BACK = "naming_taken_back", _("The asking for one adult was taken back")
        ADULT_CHANGED = "adult_changed", _("The one adult changed")
        ADULT_ENDED = "adult_ended", _("The one adult's support ended")
        SUBSTITUTE = "substitute", _("Somebody stands in for the one adult")
        SUBSTITUTE_ENDED = "substitute_ended", _("The standing in for the one adult ended")
        TALK_ALLOWED = "talk_allowed", _("The young person allowed talking with the one adult")
        TALK_ENDED = "talk_ended", _("A permission to talk with the one adult ended")
        MATTER_OPENED = "matter_opened", _("A matter was opened with the one adult")
        MATTER_SOLVED = "matter_solved", _("A matter was solved with the one adult")
        OVERLAP_ASKED = "overlap_asked", _("It was asked whether a double client relationship can be closed")
        OVERLAP_CLOSED = "overlap_closed", _("A double client relationship was closed")
        OWN_PAGE_MADE = "own_page_made", _("A link to the young person's own page was made")
        OWN_PAGE_ENDED = "own_page_ended", _("The young person's own page was ended")
        SERVICES_MENDED = "services_mended", _("What was written down of services was taken back")

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
