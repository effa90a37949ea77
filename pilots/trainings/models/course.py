"""How far somebody is in the course inside the portal."""

import uuid

from auditlog.registry import auditlog
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import User


class CourseProgress(models.Model):
    """Which chapters of the course a person has gone through, by their codes. What they answered isn't kept."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="+")
    done = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    begun_at = models.DateTimeField(default=timezone.now)
    completed_on = models.DateField(_("completed on"), null=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("progress in the course")
        verbose_name_plural = _("progress in the course")
        constraints = [
            models.CheckConstraint(condition=Q(completed_on=None) | ~Q(done=[]), name="completed_course_has_chapters")
        ]

    def __str__(self):
        return f"progress in the course {self.pk}"


auditlog.register(CourseProgress)
