"""What a match tells; none of it says of whom."""

from coordination.outbox.notices import Notice

FLAGGED_TOO = Notice(code="flagged_too", kind=Notice.WAITS)
