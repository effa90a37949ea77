"""What is told about people who come."""

from coordination.outbox.notices import Notice

INVITATION_ACCEPTED = Notice(code="invitation_accepted", kind=Notice.FYI)
