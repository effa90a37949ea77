"""Reads of somebody's own drafts."""

from django.utils import timezone

from coordination.drafts.models import Draft


def drafts_of(user):
    """The drafts that this user can still have back, newest first."""
    return Draft.objects.filter(user=user, expires_at__gt=timezone.now())
