"""Handing one message after another to the mail server, and what each failure means."""

import logging
import re
import smtplib
from dataclasses import dataclass

from django.core.mail import get_connection

from coordination.outbox.states import MailState

log = logging.getLogger(__name__)

# Servers quote the address in their refusals; it has no business in our tables.
_ADDRESS = re.compile(r"\S+@\S+")
_LONGEST_ERROR = 300


@dataclass(frozen=True)
class Outcome:
    """Where a mail goes after a try: `WAITING` means that the server put it off, and nothing has left.

    `server_away` tells that no other mail would get through now.
    """

    state: MailState
    error: str = ""
    server_away: bool = False


class Delivery:
    """One connection, kept open from message to message; a context manager that closes it."""

    def __init__(self):
        self.connection = get_connection()

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self._close()

    def send(self, message):
        """Send one message to its one receiver and say what came of it. Raises nothing that a mail server can cause."""
        try:
            self.connection.open()
        except (OSError, smtplib.SMTPException) as error:
            self._close()
            return Outcome(MailState.WAITING, _said(error), server_away=True)
        try:
            sent = self.connection.send_messages([message])
        except Exception as error:  # A message that can't be built raises a class of its own for each reason.
            outcome = self._meaning(error)
            self._close()
            return outcome
        return Outcome(MailState.SENT) if sent else Outcome(MailState.FAILED, "no receiver")

    def _meaning(self, error):
        if isinstance(error, smtplib.SMTPRecipientsRefused):
            codes = [code for code, _ in error.recipients.values()]
            return _answered(min(codes, default=550), error)
        if isinstance(error, smtplib.SMTPResponseException) and error.smtp_code >= 400:
            return _answered(error.smtp_code, error)
        if isinstance(error, smtplib.SMTPNotSupportedError):
            return Outcome(MailState.FAILED, _said(error))
        if isinstance(error, OSError):  # smtplib's own errors are among them.
            line = getattr(self.connection, "connection", None)
            may_have_left = getattr(line, "data_begun", True)
            return Outcome(MailState.STUCK if may_have_left else MailState.WAITING, _said(error))
        log.error("A message could not be built: %s.", type(error).__name__)
        return Outcome(MailState.FAILED, type(error).__name__)

    def _close(self):
        try:
            self.connection.close()
        except (OSError, smtplib.SMTPException) as error:
            log.info("The mail connection did not end politely: %s.", type(error).__name__)


def _answered(code, error):
    """The server has spoken: 4xx is "not now", 5xx is "never" (RFC 5321, 4.2.1); in neither case has it taken it."""
    return Outcome(MailState.WAITING if code < 500 else MailState.FAILED, _said(error))


def _said(error):
    """The error in one line without addresses: for the list of those who look after failed mails."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        replies = [_reply(code, text) for code, text in error.recipients.values()]
        said = "; ".join(replies)
    elif isinstance(error, smtplib.SMTPResponseException):
        said = _reply(error.smtp_code, error.smtp_error)
    else:
        said = f"{type(error).__name__}: {error}"
    said = "".join(sign if sign.isprintable() else " " for sign in said)
    return _ADDRESS.sub("…", said)[:_LONGEST_ERROR]


def _reply(code, text):
    return f"{code} {text.decode('utf-8', 'replace') if isinstance(text, bytes) else text}"
