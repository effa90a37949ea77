"""What schedules tell; none of it says of whom or what."""

from coordination.outbox.notices import Notice

SCHEDULE_DUE = Notice(code="schedule_due", kind=Notice.WAITS, at_once=False)
SCHEDULE_LATE = Notice(code="schedule_late", kind=Notice.WAITS, at_once=False)
SCHEDULE_HANDED = Notice(code="schedule_handed", kind=Notice.WAITS)
SCHEDULE_WITHOUT_OWNER = Notice(code="schedule_no_owner", kind=Notice.WAITS)
