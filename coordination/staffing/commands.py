"""Letting people in, changing what they may do, and letting them go."""

import secrets
from uuid import uuid4

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from coordination.agencies.commands import ROLE_GROUPS, add_membership, put_in_groups
from coordination.agencies.models import Agency, Area, Membership, User
from coordination.agencies.rules import NotNow
from coordination.outbox.commands import tell
from coordination.people.access import end_all_of
from coordination.staffing import letters, notices, queries, rules
from coordination.staffing.models import Invitation
from coordination.staffing.rules import InvitationState


@transaction.atomic
def invite(*, email, agency, by, role=Membership.Role.PROFESSIONAL, job_title="", language=User.Language.FI):
    """Invite the owner of this address to act for an agency of the own area, and mail them the link.

    Raises PermissionDenied beyond the own area or one's own role, and NotNow when they already have the role or an
    invitation to it that still works, or when somebody would give themselves power.
    """
    rules.check_may_invite(by, agency, role)
    if account := queries.account_of(email.strip()):
        rules.check_not_to_oneself(by, user_id=account.pk, role=role)
    invitation, secret = _make(email, agency, role, job_title, language, by)
    letters.mail_invitation(invitation, secret)
    return invitation


@transaction.atomic
def make_administrator_link(*, email, agency, language=User.Language.FI):
    """An administrator's invitation made on the command line: the link itself, for whoever runs the installation."""
    return letters.invitation_link(_make(email, agency, Membership.Role.ADMINISTRATOR, "", language, None)[1])


def _make(email, agency, role, job_title, language, by):
    # The agency's lock lets two equal posts see each other.
    agency = Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
    email = email.strip().lower()
    rules.check_invitable(queries.account_of(email), agency, role)
    earlier = queries.waiting(Invitation.objects.filter(agency=agency, role=role))
    # Addresses are encrypted, so they are compared here; an agency's waiting invitations are few.
    if any(one.email == email for one in earlier):
        raise NotNow(_("This address already has an invitation that waits. You can send it again or withdraw it."))
    invitation = Invitation(email=email, agency=agency, role=role, job_title=job_title, language=language, made_by=by)
    secret = _renew(invitation)
    # Nobody of the portal makes the first administrator's.
    invitation.full_clean(exclude=["made_by"])
    invitation.save()
    return invitation, secret


def _renew(invitation):
    secret = secrets.token_urlsafe(32)
    invitation.secret_hash = rules.hash_of(secret)
    invitation.expires_at = timezone.now() + rules.INVITATION_LIFETIME
    return secret


def _lock(invitation, by):
    """The invitation as it is now, locked; raises PermissionDenied when it is not this membership's to touch."""
    found = Invitation.objects.select_for_update(no_key=True, of=("self",)).select_related("agency__area")
    invitation = found.get(pk=invitation.pk)
    rules.check_may_invite(by, invitation.agency, invitation.role)
    return invitation


@transaction.atomic
def withdraw(*, invitation, by):
    """Make the link useless. Raises NotNow when somebody has accepted; withdrawing twice does nothing more."""
    invitation = _lock(invitation, by)
    state = rules.state_of(invitation)
    if state == InvitationState.ACCEPTED:
        raise NotNow(_("This invitation has already been accepted. End the membership instead."))
    if state != InvitationState.WITHDRAWN:
        invitation.withdrawn_at = timezone.now()
        invitation.secret_hash = None
        invitation.save()
    return invitation


@transaction.atomic
def send_again(*, invitation, by):
    """Mail a new link, valid for the whole time again; the earlier one stops working."""
    invitation = _lock(invitation, by)
    if rules.state_of(invitation) not in (InvitationState.WAITING, InvitationState.EXPIRED):
        raise NotNow(_("Only an invitation that nobody has accepted or withdrawn can be sent again."))
    rules.check_invitable(queries.account_of(invitation.email), invitation.agency, invitation.role)
    secret = _renew(invitation)
    invitation.save()
    letters.mail_invitation(invitation, secret)
    return invitation


@transaction.atomic
def accept(*, secret, user=None, first_name="", last_name="", phone="", password="", language=""):
    """Use an invitation up: a new account with its first membership, or a further membership for `user`, signed in.

    Raises NotNow when the link works no more, which is also what the second of two equal posts hears, when the
    address has an account whose owner is not the one signed in, and when its owner would give themselves power.
    """
    invitation = (
        queries.waiting(Invitation.objects.filter(secret_hash=rules.hash_of(secret)))
        .select_for_update(no_key=True, of=("self",))
        .select_related("agency__area", "made_by__user")
        .first()
    )
    if invitation is None:
        raise rules.no_longer_valid()
    account = queries.account_of(invitation.email)
    if account is None:
        account = _new_account(
            invitation.email,
            password,
            first_name=first_name,
            last_name=last_name,
            phone=phone,
            language=language or invitation.language,
        )
    elif account != user or not account.is_active:
        raise _sign_in_first()
    membership = account.memberships.open().filter(agency=invitation.agency, role=invitation.role).first()
    if membership is None:
        if invitation.made_by:
            rules.check_not_to_oneself(invitation.made_by, user_id=account.pk, role=invitation.role)
        membership = add_membership(
            user=account, agency=invitation.agency, role=invitation.role, job_title=invitation.job_title
        )
        if rules.gives_power(role=invitation.role):
            _tell_of_power(membership, by=membership)
    invitation.accepted_at = timezone.now()
    invitation.secret_hash = None
    invitation.save()
    if invitation.made_by and Membership.objects.open().filter(pk=invitation.made_by_id).exists():
        tell(
            notices.INVITATION_ACCEPTED,
            to=[invitation.made_by],
            link=reverse("admin:coordination_invitation_changelist"),
            dedupe=invitation.public_id,
            about=invitation,
        )
    return membership


def _new_account(email, password, **fields):
    try:
        with transaction.atomic():
            return User.objects.create_user(email, password, **fields)
    except IntegrityError as another:
        # Another invitation to the same address was accepted in the same second.
        raise _sign_in_first() from another


def _sign_in_first():
    return NotNow(_("This address already has an account. Sign in with it, then open the link again."))


@transaction.atomic
def save_membership(*, membership, by):
    """Save a new or changed membership of the own area; one that has ended ends its sight for good.

    Raises NotNow when the area would be left without administrators, when another person or agency would take the
    membership over, and when somebody would give themselves power.
    """
    area_id = membership.agency.area_id
    rules.check_administers(by, area_id)
    _lock_area(area_id)
    before = Membership.objects.filter(pk=membership.pk).first()
    rules.check_same_holder(membership, before)
    values = {"role": membership.role, "ended_on": membership.ended_on, "before": before}
    rules.check_not_to_oneself(by, user_id=membership.user_id, **values)
    if before and not _administers_for_good(membership):
        rules.check_keeps_an_administrator(area_id, leaving=Q(pk=membership.pk))
    membership.save()
    put_in_groups(user=membership.user)
    if rules.is_over(membership.ended_on):
        end_all_of(membership)
    if rules.gives_power(**values):
        _tell_of_power(membership, by=by)
    return membership


def _tell_of_power(membership, *, by):
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
def end_membership(*, membership, by, on=None):
    """End a membership of the own area from the day given (default today: at once)."""
    membership.ended_on = on or timezone.localdate()
    membership.full_clean()
    return save_membership(membership=membership, by=by)


@transaction.atomic
def save_user(*, user, by):
    """Save a user of the own area whose details or right to sign in were changed.

    Raises NotNow when the user works in another area too, or was the area's last administrator and is being disabled.
    A disabled user's sight ends for good. A changed address leaves no trace by which one could still sign in or ask
    for a new password with the old one; and as whoever has the new address can take the account over, the password
    and all open sessions end, and both the old address and everybody with power in the area are told.
    """
    area_id = by.agency.area_id
    rules.check_administers(by, area_id)
    if not user.memberships.filter(agency__area=area_id).exists():
        raise PermissionDenied
    _lock_area(area_id)
    rules.check_own_to_change(user, area_id)
    if not user.is_active:
        rules.check_keeps_an_administrator(area_id, leaving=Q(user=user))
    user.email = user.email.lower()
    before = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    is_moved = before.email.lower() != user.email
    if is_moved:
        # Sessions are bound to the password, so they end with it.
        user.set_unusable_password()
    user.save()
    EmailAddress.objects.filter(user=user).exclude(email__iexact=user.email).delete()
    put_in_groups(user=user)
    if not user.is_active:
        for membership in user.memberships.order_by("pk"):
            end_all_of(membership)
    if is_moved:
        _tell_of_new_address(user, before=before, by=by)
    return user


def _tell_of_new_address(user, *, before, by):
    area = by.agency.area
    mail = letters.mail_address_changed(earlier_address=before.email, language=before.language, area=area)
    tell(
        notices.ADDRESS_CHANGED,
        to=queries.with_power(area.pk),
        link=reverse("admin:coordination_user_change", args=[user.pk]),
        dedupe=mail.public_id,
        about=user,
        except_for=by,
    )


@transaction.atomic
def disable_user(*, user, by):
    """Keep the user out from now on: open sessions end with the next page they ask for."""
    user.is_active = False
    return save_user(user=user, by=by)


def _lock_area(area_id):
    """Two administrators can't take the role from each other at the same moment."""
    Area.objects.select_for_update(no_key=True).get(pk=area_id)


def end_by_date():
    """Bring groups and sight up to date, for memberships that began or ended by their date.

    What a membership allows is asked by date at the door already; groups follow it each night, and what it could see
    ends for good. Says how many users' groups were gone through.
    """
    for membership in queries.ended_with_sight():
        end_all_of(membership)
    users = User.objects.filter(memberships__role__in=list(ROLE_GROUPS)).distinct()
    for user in users:
        put_in_groups(user=user)
    return len(users)
