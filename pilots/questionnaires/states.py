"""Where a part of a filled-in form is, and the moves between."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PartState(models.TextChoices):
    """How far one party is with its part."""

    ASKED = "asked", _("not begun")
    BEGUN = "begun", _("being filled in")
    READY = "ready", _("ready")
    ENDED = "ended", _("left out")


# What is ready can be gone on with until the form is submitted.
PART_MOVES = {
    PartState.ASKED: [PartState.BEGUN, PartState.READY, PartState.ENDED],
    PartState.BEGUN: [PartState.READY, PartState.ENDED],
    PartState.READY: [PartState.BEGUN, PartState.ENDED],
    PartState.ENDED: [],
}
