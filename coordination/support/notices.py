"""What the one adult's support tells; none of it says of whom or why."""

from coordination.outbox.notices import Notice

ADULT_IS_ASKED = Notice(code="adult_is_asked", kind=Notice.WAITS)
ADULT_ANSWERED = Notice(code="adult_answered", kind=Notice.FYI)
ADULT_SAID_NO = Notice(code="adult_said_no", kind=Notice.WAITS)
NAMING_TAKEN_BACK = Notice(code="naming_taken_back", kind=Notice.FYI)
WITHOUT_ADULT = Notice(code="without_adult", kind=Notice.WAITS)
SILENT = Notice(code="support_silent", kind=Notice.WAITS)
YOU_STAND_IN = Notice(code="you_stand_in", kind=Notice.WAITS)
SUPPORT_ENDED = Notice(code="support_ended", kind=Notice.FYI)
TALK_ALLOWED = Notice(code="talk_allowed", kind=Notice.FYI)
TALK_ENDS_SOON = Notice(code="talk_ends_soon", kind=Notice.WAITS)
TALK_ENDED = Notice(code="talk_ended", kind=Notice.FYI)
SUBSTITUTE_NAMED = Notice(code="substitute_named", kind=Notice.FYI)
SUBSTITUTE_ENDED = Notice(code="substitute_ended", kind=Notice.FYI)
STANDING_IN_ENDED = Notice(code="standing_in_ended", kind=Notice.FYI)
YOU_BEGIN = Notice(code="you_begin", kind=Notice.WAITS)
TWO_ADULTS = Notice(code="two_adults", kind=Notice.WAITS)
