"""What somebody had typed when their session locked."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from coordination.agencies.models import User
from coordination.encryption.fields import EncryptedTextField


class Draft(models.Model):
    """One form as its user left it, encrypted as a whole: addresses of pages tell whom somebody works with, too.

    Its user alone may have it back. It is erased once the form has been sent after all, when its user throws it away,
    when the user is kept out, and by the timetable. No trace of it is kept: changes of drafts are not audited.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    # JSON: page, action, typed, membership (`rules.Kept`).
    kept = EncryptedTextField()
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="draft_expires_later")]
        indexes = [models.Index(fields=["expires_at"], name="draft_by_expiry")]

    def __str__(self):
        """Nothing of what it holds: this goes into error reports."""
        return str(self.public_id)
