"""A list of an agency's people that was brought in as a file, from its preview to its last invitation."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from coordination.agencies.models import Agency, Membership
from coordination.encryption.fields import EncryptedTextField


class Roster(models.Model):
    """One file as it was read. Its rows name people, so they are encrypted as a whole and erased once all are done.

    `rows` is JSON of two lists: "people" who can be invited, each a dict of the row's number in the file and what it
    says (`rules.Person`), and "others", each [row number, sentence, whether a member]. `done` people have been gone
    through; `refused` is a list of [row number, sentence]. Changes of it are not audited: the
    invitations that it makes are.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token = models.UUIDField()
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    made_by = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    rows = EncryptedTextField(blank=True, default="")
    number = models.PositiveIntegerField()
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)
    invited = models.PositiveIntegerField(default=0)
    refused = models.JSONField(default=list)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(fields=["made_by", "token"], name="roster_sent_once"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="roster_expires_later"),
            models.CheckConstraint(condition=Q(done__lte=F("number")), name="roster_done_within_its_rows"),
            models.CheckConstraint(
                condition=Q(finished_at=None) | Q(confirmed_at__isnull=False, rows=""),
                name="finished_roster_names_nobody",
            ),
        ]
        indexes = [
            models.Index(
                fields=["confirmed_at"],
                condition=Q(confirmed_at__isnull=False, finished_at=None),
                name="rosters_to_bring_in",
            )
        ]

    def __str__(self):
        return f"roster {self.pk}"
