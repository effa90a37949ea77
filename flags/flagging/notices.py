"""What a flag tells its own flagger, matched or not."""

from coordination.outbox.notices import Notice

FLAG_ENDS_SOON = Notice(code="flag_ends_soon", kind=Notice.WAITS, at_once=False)
