"""Enough open flags on one young person."""

from auditlog.registry import auditlog
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coordination.follow_ups.models import FollowUp
from coordination.people.models import YoungPerson
from flags.flagging.models import Flag


class Match(models.Model):
    """One-to-one with the follow-up it opened or joined."""

    young_person = models.ForeignKey(YoungPerson, on_delete=models.CASCADE, related_name="+")
    follow_up = models.OneToOneField(FollowUp, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("match")
        verbose_name_plural = _("matches")

    def __str__(self):
        return f"match {self.pk}"


class MatchedFlag(models.Model):
    """A flag that belongs to a match. A flag may be part of a later match too, while it stays open."""

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="matched_flags")
    flag = models.ForeignKey(Flag, on_delete=models.CASCADE, related_name="+")
    joined_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["match", "flag"], name="flag_in_match_once")]

    def __str__(self):
        return f"matched flag {self.pk}"


auditlog.register(Match)
