"""What measures tell; none of it says of whom."""

from coordination.outbox.notices import Notice

MEASURES_LEFT = Notice(code="measures_left", kind=Notice.FYI)
