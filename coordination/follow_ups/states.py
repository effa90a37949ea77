"""The life of a follow-up."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FollowUpState(models.TextChoices):
    """Where a follow-up stands."""

    WAITING = "waiting", _("waiting")
    TAKEN_UP = "taken_up", _("taken up")
    PAUSED = "paused", _("paused")
    CLOSED = "closed", _("closed")
    NOT_NEEDED = "not_needed", _("not needed")


# Back to waiting goes what its coordinator left behind when they left their work without a successor.
MOVES = {
    FollowUpState.WAITING: {FollowUpState.TAKEN_UP, FollowUpState.NOT_NEEDED},
    FollowUpState.TAKEN_UP: {FollowUpState.PAUSED, FollowUpState.CLOSED, FollowUpState.WAITING},
    FollowUpState.PAUSED: {FollowUpState.TAKEN_UP, FollowUpState.CLOSED, FollowUpState.WAITING},
    FollowUpState.CLOSED: set(),
    FollowUpState.NOT_NEEDED: set(),
}
OPEN_STATES = [FollowUpState.WAITING, FollowUpState.TAKEN_UP, FollowUpState.PAUSED]


class TakeoverState(models.TextChoices):
    """Where the asking of another area stands."""

    WAITING = "waiting", _("waiting for an answer")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")


TAKEOVER_MOVES = {
    TakeoverState.WAITING: {TakeoverState.ACCEPTED, TakeoverState.DECLINED, TakeoverState.WITHDRAWN},
    TakeoverState.ACCEPTED: set(),
    TakeoverState.DECLINED: set(),
    TakeoverState.WITHDRAWN: set(),
}
