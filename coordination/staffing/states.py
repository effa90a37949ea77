"""The life of a change of settings that takes two people."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ChangeState(models.TextChoices):
    """Where a change of a setting is."""

    WAITING = "waiting", _("waits for a second person")
    CONFIRMED = "confirmed", _("confirmed")
    DECLINED = "declined", _("turned down")
    WITHDRAWN = "withdrawn", _("withdrawn")
    EXPIRED = "expired", _("nobody decided in time")
    VOID = "void", _("no longer possible")


CHANGE_MOVES = {
    ChangeState.WAITING: {
        ChangeState.CONFIRMED,
        ChangeState.DECLINED,
        ChangeState.WITHDRAWN,
        ChangeState.EXPIRED,
        ChangeState.VOID,
    },
    ChangeState.CONFIRMED: set(),
    ChangeState.DECLINED: set(),
    ChangeState.WITHDRAWN: set(),
    ChangeState.EXPIRED: set(),
    ChangeState.VOID: set(),
}
