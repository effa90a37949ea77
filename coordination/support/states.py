"""The life of the one adult's support, and of one matter in it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SupportState(models.TextChoices):
    """Where a naming or a support stands."""

    ASKED = "asked", _("asked, waits for an answer")
    READY = "ready", _("has said yes, begins with the handover")
    ACTIVE = "active", _("goes on")
    ENDED = "ended", _("ended")
    DECLINED = "declined", _("said no")
    WITHDRAWN = "withdrawn", _("taken back")


# Only a successor is ready before they begin: until the handover the former adult goes on.
MOVES = {
    SupportState.ASKED: {
        SupportState.READY,
        SupportState.ACTIVE,
        SupportState.DECLINED,
        SupportState.WITHDRAWN,
    },
    SupportState.READY: {SupportState.ACTIVE, SupportState.WITHDRAWN},
    SupportState.ACTIVE: {SupportState.ENDED},
    SupportState.ENDED: set(),
    SupportState.DECLINED: set(),
    SupportState.WITHDRAWN: set(),
}
COMING = [SupportState.ASKED, SupportState.READY]


class MatterState(models.TextChoices):
    """Where a matter stands."""

    OPENED = "opened", _("opened")
    IN_PROGRESS = "in_progress", _("in progress")
    SOLVED = "solved", _("solved")


MATTER_MOVES = {
    MatterState.OPENED: {MatterState.IN_PROGRESS, MatterState.SOLVED},
    MatterState.IN_PROGRESS: {MatterState.OPENED, MatterState.SOLVED},
    MatterState.SOLVED: {MatterState.IN_PROGRESS},
}
