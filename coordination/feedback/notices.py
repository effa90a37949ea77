"""What administrators are told of feedback."""

from coordination.outbox.notices import Notice

FEEDBACK_WAITS = Notice(code="feedback_waits", kind=Notice.WAITS)
