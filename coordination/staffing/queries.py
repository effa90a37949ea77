"""Reads of invitations."""

from django.utils import timezone

from coordination.agencies.models import User
from coordination.staffing.models import Invitation
from coordination.staffing.rules import hash_of


def waiting(invitations):
    """Those of these invitations that can still be accepted."""
    return invitations.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now())


def waiting_by_secret(secret):
    """The invitation that this secret opens, or None: unknown, used, withdrawn and expired are all the same."""
    return (
        waiting(Invitation.objects.filter(secret_hash=hash_of(secret)))
        .select_related("agency__area", "made_by__user")
        .first()
    )


def account_of(email):
    """The user of this address, or None."""
    return User.objects.filter(email__iexact=email).first()
