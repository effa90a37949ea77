"""What the service map tells."""

from coordination.outbox.notices import Notice

FINDING_IS_YOURS = Notice(code="finding_is_yours", kind=Notice.WAITS, at_once=False)
FINDING_DUE = Notice(code="finding_due", kind=Notice.WAITS, at_once=False)
FINDING_LATE = Notice(code="finding_late", kind=Notice.WAITS, at_once=False)
FINDING_LEFT = Notice(code="finding_left", kind=Notice.WAITS, at_once=False)
