"""Whether now: what a follow-up allows in the state it is in."""

from django.utils.translation import gettext as _

from coordination.agencies.rules import NotNow
from coordination.follow_ups.states import MOVES, FollowUpState


def check_move(follow_up, to):
    """Raise NotNow unless the follow-up may go to this state from where it is."""
    if to not in MOVES[follow_up.state]:
        raise NotNow(
            {
                FollowUpState.TAKEN_UP: _("Somebody has already taken this follow-up up, or it is no longer open."),
                FollowUpState.PAUSED: _("Take the follow-up up before pausing it."),
                FollowUpState.CLOSED: _("Take the follow-up up before closing it."),
            }.get(to, _("The follow-up has moved on."))
        )


def check_begun(follow_up):
    """Raise NotNow unless somebody owns the follow-up and it is open: only then are calls saved."""
    if follow_up.state not in (FollowUpState.TAKEN_UP, FollowUpState.PAUSED):
        raise NotNow(_("Take the follow-up up first; then calls can be saved."))


def check_same_version(follow_up, version):
    """Raise NotNow where somebody saved the sheet after the reader opened it, so that nobody's words are lost."""
    if follow_up.version != version:
        raise NotNow(
            _("Somebody saved this follow-up after you opened it. Look at what changed below, then save again.")
        )


def check_closable(follow_up):
    """Raise NotNow while a follow-up can't be closed."""
    check_move(follow_up, FollowUpState.CLOSED)
