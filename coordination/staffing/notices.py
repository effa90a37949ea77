"""What is told about people who come, and about accounts that change hands or gain power."""

from coordination.outbox.notices import Notice

INVITATION_ACCEPTED = Notice(code="invitation_accepted", kind=Notice.FYI)
ADDRESS_CHANGED = Notice(code="address_changed", kind=Notice.FYI)
ROLE_GIVEN = Notice(code="role_given", kind=Notice.FYI)
