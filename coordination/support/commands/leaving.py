"""What somebody who no longer works here leaves behind in the one adult's support."""

from coordination.support.commands.ending import end_support
from coordination.support.commands.naming import leave_namings
from coordination.support.commands.overlaps import leave_overlaps
from coordination.support.commands.own_page import end_links_of
from coordination.support.commands.substitutes import end_substitute
from coordination.support.models import Support
from coordination.support.queries import rounds


def leave_supports(*, leaver):
    """Nobody stays with somebody who has left. Their standing in ends, what they are asked is taken back, and the
    support that is theirs ends, unless somebody stands in: then it goes on with them until their last day, and the
    coordinators see on their desk that the adult has left; links to own pages that the leaver gave end then. The
    coordinators are told of the rest."""
    for substitution in rounds.standing_in_of(leaver):
        end_substitute(substitution=substitution)
    leave_namings(leaver=leaver)
    leave_overlaps(leaver=leaver)
    for support in rounds.left_alone_by(leaver):
        end_support(support=support, reason=Support.EndReason.ADULT_LEFT, by=None)
    for support in rounds.going_on_of(leaver):
        end_links_of(giver=leaver, support=support)
