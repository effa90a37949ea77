"""Reads of invitations, and of memberships for what follows from them."""

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from coordination.agencies.models import Membership, User
from coordination.people.models import Ground
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
    return User.objects.filter(email=email.lower()).first()


def with_power(area_id):
    """The open memberships that coordinate or administer this area."""
    found = Membership.objects.open().filter(agency__area=area_id).exclude(role=Membership.Role.PROFESSIONAL)
    return found.select_related("user")


def ended_with_sight():
    """Memberships that have ended, or whose user was disabled, and that still hold a ground."""
    held = Ground.objects.filter(membership=OuterRef("pk"), ended_at=None)
    gone = Q(ended_on__lte=timezone.localdate()) | Q(user__is_active=False)
    return Membership.objects.filter(gone, Exists(held)).order_by("pk")
