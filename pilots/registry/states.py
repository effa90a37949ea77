"""The states of a pilot, and the moves between them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PilotState(models.TextChoices):
    """Where a pilot is."""

    PLANNED = "planned", pgettext_lazy("a pilot", "planned")
    RUNNING = "running", _("running")
    EVALUATED = "evaluated", _("evaluated")
    SPREAD = "spread", _("spread")
    ADAPTED = "adapted", _("adapted")
    STOPPED = "stopped", _("stopped")


MOVES = {
    PilotState.PLANNED: [PilotState.RUNNING, PilotState.STOPPED],
    PilotState.RUNNING: [PilotState.EVALUATED, PilotState.STOPPED],
    PilotState.EVALUATED: [PilotState.SPREAD, PilotState.ADAPTED, PilotState.STOPPED],
    PilotState.ADAPTED: [PilotState.SPREAD, PilotState.STOPPED],
    PilotState.SPREAD: [PilotState.STOPPED],
    PilotState.STOPPED: [],
}
# Decided on what is known by then.
ON_EVIDENCE = [PilotState.EVALUATED, PilotState.SPREAD, PilotState.ADAPTED]
# Others may begin the same from these.
SPREADING = [PilotState.SPREAD, PilotState.ADAPTED]
