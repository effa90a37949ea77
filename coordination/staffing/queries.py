"""Reads of invitations, new addresses, changes of settings, and of memberships for what follows from them."""

from datetime import timedelta

from django.db.models import Case, Exists, OuterRef, Q, When
from django.utils import timezone

from coordination.agencies.models import Membership, User
from coordination.interface.secret_words import hash_of
from coordination.outbox.models import Notification
from coordination.people.models import Ground
from coordination.staffing.models import AddressChange, Invitation, SettingChange
from coordination.staffing.states import ChangeState


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


def address_by_secret(secret, *, lock=False):
    """The new address that this secret confirms, or None: unknown, used, replaced and expired are all the same."""
    waiting = AddressChange.objects.waiting().select_related("user")
    if lock:
        waiting = waiting.select_for_update(of=["self"])
    return waiting.filter(secret_hash=hash_of(secret)).first()


def areas_of(user):
    """The areas in which this user works today, the one of the oldest membership first."""
    return list(
        dict.fromkeys(one.area for one in user.memberships.open().select_related("agency__area").order_by("pk"))
    )


def changes_of(area_id):
    """The changes of the area's settings that take two people, those that wait first, then the latest."""
    return (
        SettingChange.objects.filter(area=area_id)
        .select_related("area", "proposed_by__user", "proposed_by__agency", "decided_by__user", "decided_by__agency")
        .order_by(Case(When(state=ChangeState.WAITING, then=0), default=1), "-proposed_at", "-pk")
    )


def idle(area):
    """The area's open memberships that nobody has used for so long that their end is to be told of: the user hasn't
    signed in since, nor did the membership begin."""
    before = timezone.now() - timedelta(days=max(area.days_idle - area.days_idle_notice, 0))
    found = Membership.objects.open().filter(agency__area=area, started_on__lte=timezone.localdate(before))
    unseen = Q(user__last_login=None) | Q(user__last_login__lte=before)
    return found.filter(unseen, user__date_joined__lte=before).select_related("user", "agency__area").order_by("pk")


def told(area, notice, *, by=None):
    """The area's open memberships for which this notice waits; with `by`, those whose day has come by then."""
    waiting = Notification.objects.waiting().filter(code=notice.code, membership=OuterRef("pk"))
    if by:
        waiting = waiting.filter(due_on__lte=by)
    return Membership.objects.open().filter(Exists(waiting), agency__area=area).order_by("pk")


def ended_with_sight():
    """Memberships that have ended, or whose user was disabled, and that still hold a ground."""
    held = Ground.objects.filter(membership=OuterRef("pk"), ended_at=None)
    gone = Q(ended_on__lte=timezone.localdate()) | Q(user__is_active=False)
    return Membership.objects.filter(gone, Exists(held)).order_by("pk")
