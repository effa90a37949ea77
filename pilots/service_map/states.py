"""The states of a round of the current-state survey, and how one indicator stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RoundState(models.TextChoices):
    """Where a round is."""

    DRAFTED = "drafted", pgettext_lazy("a round of the survey", "being prepared")
    OPEN = "open", pgettext_lazy("a round of the survey", "open")
    CLOSED = "closed", pgettext_lazy("a round of the survey", "answers closed")
    APPROVED = "approved", pgettext_lazy("a round of the survey", "approved")


MOVES = {
    RoundState.DRAFTED: [RoundState.OPEN],
    RoundState.OPEN: [RoundState.CLOSED],
    RoundState.CLOSED: [RoundState.APPROVED, RoundState.OPEN],
    RoundState.APPROVED: [],
}


class Stands(models.TextChoices):
    """How an indicator stands, by whoever answered."""

    IN_ORDER = "in_order", _("in order")
    PARTLY = "partly", _("partly in order")
    NOT = "not", _("not in order")
    UNKNOWN = "unknown", _("can't say")


# What an update looks at again.
TO_LOOK_AT = [Stands.PARTLY, Stands.NOT]


class Change(models.TextChoices):
    """What became of an indicator since it was last approved."""

    BETTER = "better", pgettext_lazy("an indicator of the survey", "better")
    WORSE = "worse", pgettext_lazy("an indicator of the survey", "worse")
    SAME = "same", pgettext_lazy("an indicator of the survey", "as before")
    FIRST = "first", _("answered for the first time")


_BEST_FIRST = [Stands.IN_ORDER, Stands.PARTLY, Stands.NOT]


def change_of(before, now):
    """What became of an indicator that stood like this, and now like that; None where that can't be said."""
    if now not in _BEST_FIRST:
        return None
    if before not in _BEST_FIRST:
        return Change.FIRST
    steps = _BEST_FIRST.index(before) - _BEST_FIRST.index(now)
    return Change.BETTER if steps > 0 else Change.WORSE if steps < 0 else Change.SAME
