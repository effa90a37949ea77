"""Whether now: what a support allows where it stands."""

from django.utils.translation import gettext as _

from coordination.agencies.rules import NotNow
from coordination.support.states import MOVES, SupportState


def check_move(support, to):
    """Raise NotNow unless the support may go to this state from where it is."""
    if to not in MOVES[support.state]:
        raise NotNow(_("Somebody has answered or ended this meanwhile. Look at it again."))


def check_goes_on(support):
    """Raise NotNow unless the support goes on: only then is anything written down in it."""
    if support.state != SupportState.ACTIVE:
        raise NotNow(_("This support has ended, so nothing more is written down in it."))
