"""Taking from people again, in a restored backup, what was taken from them since. Nothing is given by it."""

from datetime import date

from auditlog.models import LogEntry
from django.db import transaction

from coordination.agencies.models import Membership, User
from coordination.staffing.commands.members import settle_membership, settle_user


@transaction.atomic
def end_membership_again(*, membership, on, at):
    """It was said at that moment that this membership ends on that day. Tells whether that was forgotten."""
    on = date.fromisoformat(on)
    if (membership.ended_on and membership.ended_on <= on) or _changed_since(membership, "ended_on", at):
        return False
    # unaudited: when the change log knows of a later change, the backup knew of this one
    Membership.objects.filter(pk=membership.pk).update(ended_on=on)
    membership.ended_on = on
    settle_membership(membership)
    return True


@transaction.atomic
def take_power_again(*, membership, at):
    """At that moment this membership lost its role of power. It is a professional's until an administrator gives it
    whatever role it had afterwards. Tells whether that was forgotten."""
    if membership.role == Membership.Role.PROFESSIONAL or _changed_since(membership, "role", at):
        return False
    Membership.objects.filter(pk=membership.pk).update(role=Membership.Role.PROFESSIONAL)  # unaudited: as above
    membership.role = Membership.Role.PROFESSIONAL
    settle_membership(membership)
    return True


@transaction.atomic
def disable_again(*, user, at):
    """At that moment this account was closed. Tells whether that was forgotten."""
    if not user.is_active or _changed_since(user, "is_active", at):
        return False
    User.objects.filter(pk=user.pk).update(is_active=False)  # unaudited: as above
    user.is_active = False
    settle_user(user)
    return True


def _changed_since(row, field, at):
    """Whether somebody has changed this of the row since: then the backup is of a later day, and what it says holds."""
    return LogEntry.objects.get_for_object(row).filter(timestamp__gte=at, changes__has_key=field).exists()
