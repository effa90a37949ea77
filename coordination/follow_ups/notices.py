"""What follow-ups tell; none of it says of whom or why."""

from coordination.outbox.notices import Notice

FOLLOW_UP_WAITS = Notice(code="follow_up_waits", kind=Notice.WAITS)
FOLLOW_UP_LATE = Notice(code="follow_up_late", kind=Notice.WAITS)
FOLLOW_UP_GREW = Notice(code="follow_up_grew", kind=Notice.WAITS)
FOLLOW_UP_TAKEN_OVER = Notice(code="follow_up_taken_over", kind=Notice.FYI)
YOU_ARE_WANTED = Notice(code="you_are_wanted", kind=Notice.WAITS)
WE_HAVE_TALKED = Notice(code="we_have_talked", kind=Notice.FYI)
YOUR_PART_ENDED = Notice(code="your_part_ended", kind=Notice.FYI)
