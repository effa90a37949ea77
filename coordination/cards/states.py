"""The states of an area's trial of action cards, and the moves between them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TrialState(models.TextChoices):
    """Where a town is with the cards of one role."""

    TRIAL = "trial", _("on trial")
    IN_USE = "in_use", _("in use")
    STOPPED = "stopped", _("not taken into use")


TRIAL_MOVES = {
    TrialState.TRIAL: [TrialState.IN_USE, TrialState.STOPPED],
    TrialState.IN_USE: [TrialState.STOPPED],
    TrialState.STOPPED: [TrialState.TRIAL],
}
