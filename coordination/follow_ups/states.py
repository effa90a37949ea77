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


MOVES = {
    FollowUpState.WAITING: {FollowUpState.TAKEN_UP, FollowUpState.NOT_NEEDED},
    FollowUpState.TAKEN_UP: {FollowUpState.PAUSED, FollowUpState.CLOSED},
    FollowUpState.PAUSED: {FollowUpState.TAKEN_UP, FollowUpState.CLOSED},
    FollowUpState.CLOSED: set(),
    FollowUpState.NOT_NEEDED: set(),
}
OPEN_STATES = [FollowUpState.WAITING, FollowUpState.TAKEN_UP, FollowUpState.PAUSED]
