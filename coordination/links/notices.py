"""What is told of one-time links."""

from coordination.outbox.notices import Notice

LINK_READ = Notice(code="link_read", kind=Notice.FYI)
