"""Reads of files that were brought in."""

import json
from dataclasses import dataclass

from django.http import Http404

from coordination.agencies.models import Membership, User
from coordination.rosters import rules
from coordination.rosters.models import Roster
from coordination.rosters.rules import Line, Person
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
    if roster is None or rules.is_over(roster):
        raise Http404
    return roster


def preview(roster):
    """The lines of a file that was kept and isn't done yet."""
    kept = json.loads(roster.rows)
    people = [Person.of(data) for data in kept["people"]]
    return [
        *(Line(person.row, person) for person in people),
        *(Line(row, sentence=sentence, is_member=is_member) for row, sentence, is_member in kept["others"]),
    ]


def to_bring_in():
    """The files that were confirmed and aren't finished, oldest first."""
    return Roster.objects.filter(confirmed_at__isnull=False, finished_at=None).order_by("confirmed_at")
