"""Letting people in, changing what they may do, and letting them go."""

import secrets

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coordination.agencies.commands import ROLE_GROUPS, add_membership, put_in_groups
from coordination.agencies.models import Agency, Area, Membership, User
from coordination.agencies.rules import NotNow
from coordination.outbox.commands import queue_secret_mail, tell
from coordination.staffing import notices, queries, rules
from coordination.staffing.models import Invitation
from coordination.staffing.rules import InvitationState


@transaction.atomic
def invite(*, email, agency, by, role=Membership.Role.PROFESSIONAL, job_title="", language=User.Language.FI):
    """Invite the owner of this address to act for an agency of the own area, and mail them the link.

    Raises PermissionDenied beyond the own area or one's own role, and NotNow when they already have the role or an
    invitation to it that still works.
    """
    rules.check_may_invite(by, agency, role)
    invitation, secret = _make(email, agency, role, job_title, language, by)
    _mail(invitation, secret)
    return invitation


@transaction.atomic
def make_administrator_link(*, email, agency, language=User.Language.FI):
    """An administrator's invitation made on the command line: the link itself, for whoever runs the installation."""
    return _link(_make(email, agency, Membership.Role.ADMINISTRATOR, "", language, None)[1])


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


def _link(secret):
    return settings.PUBLIC_URL + reverse("staffing:invitation", args=[secret])


def _mail(invitation, secret):
    queue_secret_mail(
        to=invitation.email,
        language=invitation.language,
        template="invitation",
        context={
            "link": _link(secret),
            "expires_on": date_format(timezone.localtime(invitation.expires_at), "j.n.Y"),
        },
        area=invitation.agency.area,
    )


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
    _mail(invitation, secret)
    return invitation


@transaction.atomic
def accept(*, secret, user=None, first_name="", last_name="", phone="", password="", language=""):
    """Use an invitation up: a new account with its first membership, or a further membership for `user`, signed in.

    Raises NotNow when the link works no more, which is also what the second of two equal posts hears, and when the
    address has an account whose owner is not the one signed in.
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
        membership = add_membership(
            user=account, agency=invitation.agency, role=invitation.role, job_title=invitation.job_title
        )
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
    """Save a new or changed membership of the own area. Raises NotNow when the area would be left without
    administrators."""
    area_id = membership.agency.area_id
    rules.check_administers(by, area_id)
    _lock_area(area_id)
    if membership.pk and not _administers_for_good(membership):
        rules.check_keeps_an_administrator(area_id, leaving=Q(pk=membership.pk))
    membership.save()
    put_in_groups(user=membership.user)
    return membership


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
    A changed address leaves no trace by which one could still sign in or ask for a new password with the old one.
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
    user.save()
    EmailAddress.objects.filter(user=user).exclude(email__iexact=user.email).delete()
    put_in_groups(user=user)
    return user


@transaction.atomic
def disable_user(*, user, by):
    """Keep the user out from now on: open sessions end with the next page they ask for."""
    user.is_active = False
    return save_user(user=user, by=by)


def _lock_area(area_id):
    """Two administrators can't take the role from each other at the same moment."""
    Area.objects.select_for_update(no_key=True).get(pk=area_id)


def end_by_date():
    """Bring the groups of everybody with a role up to date, for memberships that began or ended by their date.

    What a membership allows is asked by date at the door already; groups follow it each night. Says how many users
    were gone through.
    """
    users = User.objects.filter(memberships__role__in=list(ROLE_GROUPS)).distinct()
    for user in users:
        put_in_groups(user=user)
    return len(users)
