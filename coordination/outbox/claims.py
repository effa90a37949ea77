"""Taking mails for sending, one at a time; what came of one is committed together with taking the next.

Sending waits for nothing but this one statement and the mail server, so it is written by hand: made by the ORM it took
longer than the mail server itself.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.utils import timezone
from psycopg import Cursor

from coordination.outbox.models import Mail, Notification
from coordination.outbox.states import MOVES, MailState

# Rows that other senders hold are passed over, not waited for. The states stand in the text, since a plan that is made
# once can use the index of waiting mails only if it knows that it looks for them.
_CLAIM = """
    claimed AS (
        UPDATE coordination_mail SET state = '{sending}', claimed_at = %s, attempts = attempts + 1
        WHERE id = (
            SELECT id FROM coordination_mail WHERE state = '{waiting}' AND next_try_at <= %s
            ORDER BY next_try_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
        )
        RETURNING id, public_id, state, attempts, letter, user_id
    )
    SELECT claimed.id, claimed.public_id, claimed.state, claimed.attempts, claimed.letter,
        reader.email, reader.language, told.waits, told.information, told.due_on
    FROM claimed
    LEFT JOIN coordination_user reader ON reader.id = claimed.user_id
    LEFT JOIN LATERAL (
        SELECT bool_or(notice.kind = 'waits') AS waits, bool_or(notice.kind = 'fyi') AS information,
            min(notice.due_on) FILTER (WHERE notice.kind = 'waits') AS due_on
        FROM coordination_notification notice
        WHERE notice.mail_id = claimed.id AND notice.id IN ({still_to_tell})
    ) told ON true
"""

_SETTLE = """
    UPDATE coordination_mail SET state = %s, error = %s, sent_at = %s, next_try_at = coalesce(%s, next_try_at),
        letter = CASE WHEN %s THEN '' ELSE letter END
    WHERE id = %s AND state = %s
"""


# psycopg's own; Django sets it to "never".
PREPARE_AFTER = 5


@dataclass(frozen=True)
class Claimed:
    """A mail that is ours to send, with what it has to say now: to a user about notices, or a letter."""

    pk: int
    public_id: UUID
    state: MailState
    attempts: int
    letter: str
    address: str | None
    language: str | None
    waits: bool | None
    information: bool | None
    due_on: date | None


@dataclass(frozen=True)
class Settled:
    """What came of a claimed mail: where it goes, why, and when it is tried again."""

    mail: Claimed
    to: MailState
    error: str = ""
    next_try_at: datetime | None = None

    def parameters(self):
        """Those of the statement that commits it. A letter is erased when no move leads on from its new state."""
        if self.to not in MOVES[self.mail.state]:
            raise ValueError(f"A mail can't go from {self.mail.state} to {self.to}.")
        sent_at = timezone.now() if self.to == MailState.SENT else None
        ended = not MOVES[self.to]
        return [self.to.value, self.error, sent_at, self.next_try_at, ended, self.mail.pk, self.mail.state.value]


class Claims:
    """The claims of one run of a sender. They must be made outside any transaction: each is committed by itself."""

    def __init__(self):
        rule, self._rule_parameters = (
            Notification.objects.still_to_tell().order_by().values("pk").query.sql_with_params()
        )
        claim = _CLAIM.format(still_to_tell=rule, sending=MailState.SENDING.value, waiting=MailState.WAITING.value)
        self._claim = f"WITH {claim}"
        self._settle_and_claim = f"WITH settled AS ({_SETTLE}), {claim}"
        self._letter = Mail._meta.get_field("letter")

    def next(self, *, after=None):
        """The mail that has waited longest, committed as being sent by us; None when nothing waits.

        In the same commit goes what came of the mail before (a Settled), if there was one.
        """
        now = timezone.now()
        parameters = [now, now, *self._rule_parameters]
        if after:
            row = _execute(self._settle_and_claim, [*after.parameters(), *parameters])
        else:
            row = _execute(self._claim, parameters)
        if row is None:
            return None
        pk, public_id, state, attempts, letter, *said = row
        letter = self._letter.from_db_value(letter, None, connection)
        return Claimed(pk, public_id, MailState(state), attempts, letter, *said)

    def settle(self, settled):
        """Commit what came of a mail, unless somebody has meanwhile given this sender up for dead."""
        _execute(_SETTLE, settled.parameters())


def _execute(statement, parameters):
    """Run a statement that the server plans once a connection, and give its row, if it answers with one.

    Planning took three times as long as running it. Django's own cursors never prepare, whatever the threshold is.
    """
    connection.ensure_connection()
    connection.connection.prepare_threshold = PREPARE_AFTER
    with connection.wrap_database_errors, Cursor(connection.connection) as cursor:
        cursor.execute(statement, parameters, prepare=True)
        return cursor.fetchone() if cursor.description else None
