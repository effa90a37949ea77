"""What the directory tells. None of it says which service it is: the page does."""

from coordination.outbox.notices import Notice

SUGGESTION_WAITS = Notice(code="service_suggested", kind=Notice.WAITS, at_once=False)
SUGGESTION_DECIDED = Notice(code="service_suggestion_decided", kind=Notice.FYI)
SERVICES_STALE = Notice(code="services_stale", kind=Notice.WAITS, at_once=False)
