"""Reads of files that were brought in."""

from dataclasses import dataclass

from django.http import Http404
from django.utils import timezone

from coordination.agencies.models import Membership, User
from coordination.rosters.models import Roster
from coordination.staffing.models import Invitation
from coordination.staffing.queries import waiting


@dataclass(frozen=True)
class Known:
    """Who has come or been invited to one agency already, to ask about many addresses without asking many times."""

    accounts: dict
    members: set
    invited: set


def known_of(agency, emails):
    """What is known of these addresses, in three statements however many they are."""
    accounts = {user.email: user for user in User.objects.filter(email__in=emails)}
    members = Membership.objects.open().filter(agency=agency, user__in=accounts.values())
    invitations = waiting(Invitation.objects.filter(agency=agency))
    # Addresses are encrypted, so they are compared here.
    invited = {(invitation.email, invitation.role) for invitation in invitations.only("email", "role").iterator()}
    return Known(accounts, set(members.values_list("user__email", "role")), invited)


def agencies_for(membership):
    """The agencies whose people this membership may bring in: those of its own area."""
    return membership.agency.area.agencies.all()


def own_or_404(membership, public_id):
    """A file that this membership brought in, while it can still be read; somebody else's isn't there."""
    roster = Roster.objects.filter(public_id=public_id, made_by=membership).select_related("agency__area").first()
    if roster is None or (roster.confirmed_at is None and roster.expires_at <= timezone.now()):
        raise Http404
    return roster


def to_bring_in():
    """The files that were confirmed and aren't finished, oldest first."""
    return Roster.objects.filter(confirmed_at__isnull=False, finished_at=None).order_by("confirmed_at")
