"""Changing what people may do, and letting them go."""

from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from coordination.agencies.commands import ROLE_GROUPS, end_sessions, put_in_groups
from coordination.agencies.models import Area, Membership, User
from coordination.drafts.commands import erase_all_of
from coordination.erasures.commands import note
from coordination.interface.each import each
from coordination.interface.wake import wake
from coordination.outbox.commands import tell
from coordination.people.access import end_all_of
from coordination.staffing import notices, queries, rules
from coordination.staffing.commands.addresses import ask_for_address


@transaction.atomic
def save_membership(*, membership, by):
    """Save a new or changed membership of the own area; one that has ended ends its sight for good.

    Raises NotNow when the area would be left without administrators, when another person or agency would take the
    membership over, and when somebody would give themselves power.
    """
    area_id = membership.agency.area_id
    rules.check_administers(by, area_id)
    lock_area(area_id)
    before = Membership.objects.filter(pk=membership.pk).first()
    rules.check_same_holder(membership, before)
    values = {"role": membership.role, "ended_on": membership.ended_on, "before": before}
    rules.check_not_to_oneself(by, user_id=membership.user_id, **values)
    if before and not _administers_for_good(membership):
        rules.check_keeps_an_administrator(area_id, leaving=Q(pk=membership.pk))
    membership.save()
    settle_membership(membership)
    if before:
        _note_what_went(membership, before)
    if before and (before.role != membership.role or rules.is_over(membership.ended_on)):
        end_sessions(user=membership.user)
    if rules.gives_power(**values):
        tell_of_power(membership, by=by)
    return membership


def settle_membership(membership):
    """Make groups and sight what a membership that has changed allows now."""
    put_in_groups(user=membership.user)
    is_over = rules.is_over(membership.ended_on)
    if is_over:
        end_all_of(membership)
    if is_over or not membership.is_coordinator:
        wake("config.settle_leavers")


def _note_what_went(membership, before):
    """Let the ledger know: a restored backup would let people go on who were let go since."""
    if membership.ended_on and membership.ended_on != before.ended_on:
        note("membership_ended", membership=membership.public_id, on=membership.ended_on)
    if before.role not in (membership.role, Membership.Role.PROFESSIONAL):
        note("power_taken", membership=membership.public_id)


def tell_of_power(membership, *, by):
    """Whoever has power in the area learns of everybody who gets it."""
    tell(
        notices.ROLE_GIVEN,
        to=queries.with_power(membership.agency.area_id),
        link=reverse("admin:coordination_membership_change", args=[membership.pk]),
        # The same role can be given again after it was taken away, which is news each time.
        dedupe=uuid4(),
        about=membership,
        except_for=by,
    )


def _administers_for_good(membership):
    return (
        membership.role == Membership.Role.ADMINISTRATOR
        and membership.ended_on is None
        and membership.started_on <= timezone.localdate()
    )


@transaction.atomic
def end_membership(*, membership, by, on=None, successor=None):
    """End a membership of the own area from the day given (default today: at once).

    A coordinator's open follow-ups go to `successor`, another coordinator of the area, or wait to be taken up again.
    Raises NotNow for a successor who doesn't coordinate the same area.
    """
    rules.check_successor(membership, successor)
    membership.ended_on, membership.successor = on or timezone.localdate(), successor
    membership.full_clean()
    return save_membership(membership=membership, by=by)


@transaction.atomic
def save_user(*, user, by):
    """Save a user of the own area whose details or right to sign in were changed.

    Raises NotNow when the user works in another area too, or was the area's last administrator and is being disabled.
    A disabled user's sight ends for good. Whoever has the address of an account can take it over, so a changed address
    isn't saved: it is asked for, and its owner confirms it (`addresses`).
    """
    area_id = by.agency.area_id
    rules.check_administers(by, area_id)
    if not user.memberships.filter(agency__area=area_id).exists():
        raise PermissionDenied
    lock_area(area_id)
    rules.check_own_to_change(user, area_id)
    if not user.is_active:
        rules.check_keeps_an_administrator(area_id, leaving=Q(user=user))
    before = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    asked_for, user.email = user.email.lower(), before.email
    user.save()
    if before.is_active and not user.is_active:
        note("user_disabled", user=user.public_id)
    settle_user(user)
    if user.is_active and asked_for != before.email.lower():
        ask_for_address(user=user, email=asked_for, by=by)
    return user


def settle_user(user):
    """Make groups, sessions and sight what an account that has changed allows now."""
    put_in_groups(user=user)
    if not user.is_active:
        # Should the account be opened again, no session of before and nothing typed in one comes back with it.
        end_sessions(user=user)
        erase_all_of(user=user)
        for membership in user.memberships.order_by("pk"):
            end_all_of(membership)
        wake("config.settle_leavers")


@transaction.atomic
def disable_user(*, user, by):
    """Keep the user out from now on: open sessions end with the next page they ask for."""
    user.is_active = False
    return save_user(user=user, by=by)


def lock_area(area_id):
    """The area, held: two administrators can't take the role from each other, or change a setting, at one moment."""
    return Area.objects.select_for_update(no_key=True).get(pk=area_id)


def end_by_date():
    """Bring groups and sight up to date, for memberships that began or ended by their date.

    What a membership allows is asked by date at the door already; groups follow it each night, and what it could see
    ends for good. Says how many users' groups were gone through.
    """
    each(queries.ended_with_sight(), end_all_of, otherwise="sight of membership %s could not be ended")
    users = User.objects.filter(memberships__role__in=list(ROLE_GROUPS)).distinct()
    return each(users, lambda user: put_in_groups(user=user), otherwise="user %s could not be put in groups")
