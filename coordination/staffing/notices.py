"""What is told of people who come, accounts that change hands or gain power, and settings that widen sight."""

from coordination.outbox.notices import Notice

INVITATION_ACCEPTED = Notice(code="invitation_accepted", kind=Notice.FYI)
ADDRESS_CHANGED = Notice(code="address_changed", kind=Notice.FYI)
CHANGE_PROPOSED = Notice(code="change_proposed", kind=Notice.WAITS)
CHANGE_CONFIRMED = Notice(code="change_confirmed", kind=Notice.FYI)
CHANGE_NOT_MADE = Notice(code="change_not_made", kind=Notice.FYI)
RIGHTS_END_SOON = Notice(code="rights_end_soon", kind=Notice.WAITS)
RIGHTS_ENDED = Notice(code="rights_ended", kind=Notice.FYI)
ROLE_GIVEN = Notice(code="role_given", kind=Notice.FYI)
