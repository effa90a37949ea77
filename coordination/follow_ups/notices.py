"""What follow-ups tell; none of it says of whom or why."""

from coordination.outbox.notices import Notice

FOLLOW_UP_WAITS = Notice(code="follow_up_waits", kind=Notice.WAITS)
FOLLOW_UP_LATE = Notice(code="follow_up_late", kind=Notice.WAITS)
FOLLOW_UP_GREW = Notice(code="follow_up_grew", kind=Notice.WAITS)
FOLLOW_UP_IS_YOURS = Notice(code="follow_up_is_yours", kind=Notice.WAITS)
ADULT_HAS_LEFT = Notice(code="adult_has_left", kind=Notice.WAITS)
FOLLOW_UP_TAKEN_OVER = Notice(code="follow_up_taken_over", kind=Notice.FYI)
YOU_ARE_WANTED = Notice(code="you_are_wanted", kind=Notice.WAITS)
WE_HAVE_TALKED = Notice(code="we_have_talked", kind=Notice.FYI)
YOUR_PART_ENDED = Notice(code="your_part_ended", kind=Notice.FYI)
NON_DISCLOSURE_ENDED = Notice(code="non_disclosure_ended", kind=Notice.FYI)
DETAILS_REVEALED = Notice(code="details_revealed", kind=Notice.FYI)
TAKEOVER_ASKED = Notice(code="takeover_asked", kind=Notice.WAITS)
TAKEOVER_ACCEPTED = Notice(code="takeover_accepted", kind=Notice.FYI)
TAKEOVER_DECLINED = Notice(code="takeover_declined", kind=Notice.WAITS)
