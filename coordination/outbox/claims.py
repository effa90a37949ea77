"""Taking mails for sending, one at a time and each in one statement.

Sending waits for nothing but this statement and the mail server, so it is written by hand: made by the ORM it took
longer than the mail server itself.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.utils import timezone

from coordination.outbox.models import Mail, Notification
from coordination.outbox.states import MOVES, MailState

# Rows that other senders hold are passed over, not waited for.
_CLAIM = """
    WITH claimed AS (
        UPDATE coordination_mail SET state = %s, claimed_at = %s, attempts = attempts + 1
        WHERE id = (
            SELECT id FROM coordination_mail WHERE state = %s AND next_try_at <= %s
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


class Claims:
    """The claims of one run of a sender. They must be made outside any transaction: each is committed by itself."""

    def __init__(self):
        rule, self._rule_parameters = (
            Notification.objects.still_to_tell().order_by().values("pk").query.sql_with_params()
        )
        self._statement = _CLAIM.format(still_to_tell=rule)
        self._letter = Mail._meta.get_field("letter")

    def next(self):
        """The mail that has waited longest, committed as being sent by us; None when nothing waits."""
        now = timezone.now()
        parameters = [MailState.SENDING.value, now, MailState.WAITING.value, now, *self._rule_parameters]
        with connection.cursor() as cursor:
            cursor.execute(self._statement, parameters)
            row = cursor.fetchone()
        if row is None:
            return None
        pk, public_id, state, attempts, letter, *said = row
        letter = self._letter.from_db_value(letter, None, connection)
        return Claimed(pk, public_id, MailState(state), attempts, letter, *said)

    def settle(self, mail, to, *, error="", next_try_at=None):
        """Commit what came of it, unless somebody has meanwhile given this sender up for dead.

        A letter is erased when no move leads on from its new state.
        """
        if to not in MOVES[mail.state]:
            raise ValueError(f"A mail can't go from {mail.state} to {to}.")
        sent_at = timezone.now() if to == MailState.SENT else None
        parameters = [to.value, error, sent_at, next_try_at, not MOVES[to], mail.pk, mail.state.value]
        with connection.cursor() as cursor:
            cursor.execute(_SETTLE, parameters)
