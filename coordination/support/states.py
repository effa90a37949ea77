"""The life of the one adult's support, of one matter in it, and of a question to close a double."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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

    OPENED = "opened", pgettext_lazy("matter", "opened")
    IN_PROGRESS = "in_progress", _("in progress")
    SOLVED = "solved", _("solved")


MATTER_MOVES = {
    MatterState.OPENED: {MatterState.IN_PROGRESS, MatterState.SOLVED},
    MatterState.IN_PROGRESS: {MatterState.OPENED, MatterState.SOLVED},
    MatterState.SOLVED: {MatterState.IN_PROGRESS},
}


class OverlapState(models.TextChoices):
    """Where the question to a professional stands whether their agency closes what another does, too."""

    PROPOSED = "proposed", _("asked, waits for an answer")
    AGREED = "agreed", _("agreed, is to be closed")
    CLOSED = "closed", pgettext_lazy("overlap", "closed")
    DECLINED = "declined", _("goes on with both")
    WITHDRAWN = "withdrawn", _("taken back")


OVERLAP_MOVES = {
    OverlapState.PROPOSED: {OverlapState.AGREED, OverlapState.DECLINED, OverlapState.WITHDRAWN},
    OverlapState.AGREED: {OverlapState.CLOSED, OverlapState.WITHDRAWN},
    OverlapState.CLOSED: set(),
    OverlapState.DECLINED: set(),
    OverlapState.WITHDRAWN: set(),
}
OVERLAP_OPEN = [OverlapState.PROPOSED, OverlapState.AGREED]
