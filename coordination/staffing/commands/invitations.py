"""Letting people in: invitations, and what becomes of them."""

import secrets

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from coordination.agencies.commands import add_membership
from coordination.agencies.models import Agency, Membership, Training, User
from coordination.agencies.rules import NotNow
from coordination.interface.secret_words import hash_of
from coordination.outbox.commands import tell
from coordination.staffing import letters, notices, queries, rules
from coordination.staffing.commands.members import tell_of_power
from coordination.staffing.models import Invitation
from coordination.staffing.rules import InvitationState


@transaction.atomic
def invite(
    *, email, agency, by, role=Membership.Role.PROFESSIONAL, job_title="", language=User.Language.FI, **known
):  # fmt: skip
    """Invite the owner of this address to act for an agency of the own area, and mail them the link.

    `known` is what else a list said: first_name and last_name, which the invited one can mend, and trained_on.
    Raises PermissionDenied beyond the own area or one's own role, and NotNow when they already have the role or an
    invitation to it that still works, or when somebody would give themselves power.
    """
    rules.check_may_invite(by, agency, role)
    if account := queries.account_of(email.strip()):
        rules.check_not_to_oneself(by, user_id=account.pk, role=role)
    invitation, secret = _make(email, agency, role, job_title, language, by, **known)
    letters.mail_invitation(invitation, secret)
    return invitation


@transaction.atomic
def make_administrator_link(*, email, agency, language=User.Language.FI):
    """An administrator's invitation made on the command line: the link itself, for whoever runs the installation."""
    return letters.invitation_link(_make(email, agency, Membership.Role.ADMINISTRATOR, "", language, None)[1])


def _make(email, agency, role, job_title, language, by, **known):
    # The agency's lock lets two equal posts see each other.
    agency = Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
    email = email.strip().lower()
    rules.check_invitable(queries.account_of(email), agency, role)
    earlier = queries.waiting(Invitation.objects.filter(agency=agency, role=role))
    # Addresses are encrypted, so they are compared here; an agency's waiting invitations are few.
    if email in earlier.values_list("email", flat=True):
        raise NotNow(_("This address already has an invitation that waits. You can send it again or withdraw it."))
    invitation = Invitation(
        email=email, agency=agency, role=role, job_title=job_title, language=language, made_by=by, **known
    )  # fmt: skip
    secret = _renew(invitation)
    # Nobody of the portal makes the first administrator's.
    invitation.full_clean(exclude=["made_by"])
    invitation.save()
    return invitation, secret


def _renew(invitation):
    secret = secrets.token_urlsafe(32)
    invitation.secret_hash = hash_of(secret)
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
        queries.waiting(Invitation.objects.filter(secret_hash=hash_of(secret)))
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
            tell_of_power(membership, by=membership)
    if invitation.trained_on:
        Training.objects.get_or_create(user=account, held_on=invitation.trained_on)
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
