"""What the registry of pilots tells."""

from coordination.outbox.notices import Notice

PILOT_WITHOUT_LEAD = Notice(code="pilot_without_lead", kind=Notice.WAITS, at_once=False)
