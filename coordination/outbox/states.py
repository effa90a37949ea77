"""The life of a mail."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MailState(models.TextChoices):
    """Where a mail is."""

    WAITING = "waiting", _("waiting")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("refused by the server")
    STUCK = "stuck", _("unclear whether it left")
    EMPTY = "empty", _("nothing left to tell")
    HANDLED = "handled", _("handled by a person")


MOVES = {
    # Stuck at once only after a restore: whether it left since the backup, nobody knows.
    MailState.WAITING: {MailState.SENDING, MailState.STUCK},
    MailState.SENDING: {MailState.SENT, MailState.WAITING, MailState.FAILED, MailState.STUCK, MailState.EMPTY},
    MailState.SENT: set(),
    MailState.FAILED: {MailState.WAITING, MailState.HANDLED},
    MailState.STUCK: {MailState.WAITING, MailState.HANDLED},
    MailState.EMPTY: set(),
    MailState.HANDLED: set(),
}
