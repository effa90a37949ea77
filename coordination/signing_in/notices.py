"""What is told when a second factor is going to be taken off an account."""

from coordination.outbox.notices import Notice

# For information: the letter about each has left at once, whatever rhythm its reader has chosen.
FACTOR_RESET_BEGUN = Notice(code="factor_reset_begun", kind=Notice.FYI)
FACTOR_RESET_IN_AREA = Notice(code="factor_reset_in_area", kind=Notice.FYI)
