"""Who may let people in and out, and what an area may not lose."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coordination.agencies.models import Membership
from coordination.agencies.queries import administrators, works_elsewhere
from coordination.agencies.rules import NotNow
from coordination.staffing.states import CHANGE_MOVES

# An invitation lies in somebody's mailbox as long as it works.
INVITATION_LIFETIME = timedelta(days=7)


class InvitationState(models.TextChoices):
    """Where an invitation is; worked out from its times."""

    WAITING = "waiting", gettext_lazy("waits for an answer")
    ACCEPTED = "accepted", gettext_lazy("accepted")
    WITHDRAWN = "withdrawn", gettext_lazy("withdrawn")
    EXPIRED = "expired", gettext_lazy("expired")


def state_of(invitation):
    """Where this invitation is now."""
    if invitation.accepted_at:
        return InvitationState.ACCEPTED
    if invitation.withdrawn_at:
        return InvitationState.WITHDRAWN
    return InvitationState.EXPIRED if invitation.expires_at <= timezone.now() else InvitationState.WAITING


def may_give(by, role):
    """Whether this membership may give others this role: administrators any, coordinators a professional's."""
    if by.role == Membership.Role.ADMINISTRATOR:
        return True
    return by.role == Membership.Role.COORDINATOR and role == Membership.Role.PROFESSIONAL


def check_may_invite(by, agency, role):
    """Raise PermissionDenied unless `by` may invite somebody to this agency, in its own area, in this role."""
    if agency.area_id != by.agency.area_id or not may_give(by, role):
        raise PermissionDenied


def check_administers(by, area_id):
    """Raise PermissionDenied unless `by` administers this area."""
    if by.role != Membership.Role.ADMINISTRATOR or by.agency.area_id != area_id:
        raise PermissionDenied


def is_over(ended_on):
    """Whether what ends on this day (None: never) has ended."""
    return ended_on is not None and ended_on <= timezone.localdate()


def gives_power(*, role, ended_on=None, before=None):
    """Whether a membership with this role and end gives power in its area that the row `before` it didn't give.

    A coordinator's or an administrator's role is power; giving it for longer, or again, is giving it.
    """
    if role == Membership.Role.PROFESSIONAL or is_over(ended_on):
        return False
    if before is None or before.role != role:
        return True
    return before.ended_on is not None and (ended_on is None or ended_on > before.ended_on)


def check_not_to_oneself(by, *, user_id, **values):
    """Raise NotNow when `by` would give themselves power: that takes a second person, who can be asked about it.

    `values` are those of `gives_power`.
    """
    if user_id == by.user_id and gives_power(**values):
        raise NotNow(_("You can't give this role to yourself. Ask another administrator of the area."))


def check_same_holder(membership, before):
    """Raise NotNow when a saved membership would become another person's or another agency's."""
    if before and (before.user_id, before.agency_id) != (membership.user_id, membership.agency_id):
        raise NotNow(_("The person and the agency of a membership can't be changed. End it and add another one."))


def check_invitable(account, agency, role):
    """Raise NotNow when the account of the address invited, if there is one, has nothing to gain by an invitation."""
    if account is None:
        return
    if not account.is_active:
        raise NotNow(_("The account of this address has been closed. An administrator can open it again."))
    if account.memberships.open().filter(agency=agency, role=role).exists():
        raise NotNow(_("This person already has this role in the agency."))


def check_owns_address(identity, email):
    """Raise NotNow unless a town's sign-in says that this identity owns the invited address."""
    if not identity.email_verified or identity.email != email.lower():
        raise NotNow(
            _(
                "The invitation was sent to another address than the one your organisation's sign-in knows. "
                "Accept it with a password, or ask for one to that address."
            )
        )


def no_longer_valid():
    """The refusal of an invitation that is unknown, used, withdrawn or expired: one sentence for all four."""
    return NotNow(
        _("This invitation is no longer valid. If you have already accepted it, sign in. Otherwise ask for a new one.")
    )


def check_keeps_an_administrator(area_id, *, leaving):
    """Raise NotNow when without the memberships `leaving` (a Q) nobody would administer the area any more."""
    present = administrators(area_id)
    if present.filter(leaving).exists() and not present.exclude(leaving).exists():
        raise NotNow(_("This is the area's last administrator. Give the role to somebody else first."))


def address_no_longer_valid():
    """The refusal of a new address's link that is unknown, used, replaced, expired or another account's."""
    return NotNow(_("This link is no longer valid. If you still want the new address, ask for it again."))


def address_taken():
    """The refusal of a new address that somebody else has begun to use meanwhile."""
    return NotNow(_("Somebody already uses this e-mail address."))


def others_who_administer(by):
    """The memberships that can confirm what `by` proposes: this area's administrators who are other people."""
    return administrators(by.agency.area_id).exclude(user=by.user_id)


def check_second_person(by):
    """Raise NotNow where nobody else could confirm what `by` proposes."""
    if not others_who_administer(by).exists():
        raise NotNow(
            _(
                "This would let more be seen, so another administrator of the area must confirm it, and you are the "
                "only one. Invite another administrator first."
            )
        )


def check_change_moves(change, to):
    """Raise NotNow unless this change of a setting may go to this state from where it is."""
    if to not in CHANGE_MOVES[change.state]:
        raise NotNow(_("This change has been decided already: %(state)s.") % {"state": change.get_state_display()})


def may_decide(by, change):
    """Whether this membership is one of those asked to confirm the change, still administers the area, and is not of
    the person who proposed it."""
    if by.user_id == change.proposer_id or not administrators(change.area_id).filter(pk=by.pk).exists():
        return False
    return change.asked.filter(pk=by.pk).exists()


def may_withdraw(by, change):
    """Whether this membership is of the person who proposed the change, and administers the area."""
    return by.user_id == change.proposer_id and administrators(change.area_id).filter(pk=by.pk).exists()


def check_successor(membership, successor):
    """Raise NotNow unless whoever goes on with the follow-ups coordinates the same area, and for now stays."""
    if successor is None:
        return
    present = Membership.objects.coordinators(membership.agency.area).filter(ended_on=None)
    if successor.user_id == membership.user_id or not present.filter(pk=successor.pk).exists():
        raise NotNow(_("Choose another coordinator of the area."))


def rights_end_on(membership, area, day):
    """The day on which unused rights end, for somebody who is told of it on this day."""
    moments = [moment for moment in (membership.user.date_joined, membership.user.last_login) if moment]
    seen = max(membership.started_on, *map(timezone.localdate, moments))
    return max(seen + timedelta(days=area.days_idle), day + timedelta(days=area.days_idle_notice))


def check_own_to_change(user, area_id):
    """Raise NotNow for a user who also works in another area: neither town changes the account under the other."""
    if works_elsewhere(user, area_id):
        raise NotNow(_("This person also works in another area, so these details can't be changed from here."))
