"""What a form tells; none of it says of whom or why."""

from coordination.outbox.notices import Notice

FORM_ASKED = Notice(code="form_asked", kind=Notice.WAITS)
FORM_PART_READY = Notice(code="form_part_ready", kind=Notice.FYI)
FORM_RECEIVED = Notice(code="form_received", kind=Notice.WAITS)
FORM_PART_LEFT = Notice(code="form_part_left", kind=Notice.WAITS)
FORM_WITHOUT_OWNER = Notice(code="form_without_owner", kind=Notice.WAITS)
