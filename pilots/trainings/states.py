"""The life of a sign-up."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SignUpState(models.TextChoices):
    """Where a sign-up stands. It isn't needed any more once the training was called off, or held before its turn."""

    WAITING = "waiting", _("on the waiting list")
    IN = "in", _("has a place")
    CANCELLED = "cancelled", pgettext_lazy("a sign-up", "cancelled")
    NOT_NEEDED = "not_needed", _("not needed any more")


MOVES = {
    SignUpState.WAITING: [SignUpState.IN, SignUpState.CANCELLED, SignUpState.NOT_NEEDED],
    SignUpState.IN: [SignUpState.CANCELLED, SignUpState.NOT_NEEDED],
    SignUpState.CANCELLED: [],
    SignUpState.NOT_NEEDED: [],
}
# Those who come, or would if they could.
OPEN = [SignUpState.WAITING, SignUpState.IN]
