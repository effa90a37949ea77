"""What came of asking another area to take a follow-up over."""

from django.utils import timezone

from coordination.agencies.models import Membership
from coordination.follow_ups.states import TakeoverState
from coordination.outbox.commands import done, forget


def keep_answer(takeover, state, *, by):
    """Keep what came of it; what the asked area was told waits no more, and is taken back where it was withdrawn."""
    takeover.state, takeover.answered_by, takeover.answered_at = state, by, timezone.now()
    takeover.save(update_fields=["state", "answered_by", "answered_at"])
    if state == TakeoverState.WITHDRAWN:
        forget(about=[takeover.public_id], to=Membership.objects.filter(agency__area=takeover.to_area))
    done(about=takeover.public_id)


def end_asking(follow_up):
    """A follow-up that has ended is handed over no more; the follow-up is held by the caller."""
    for takeover in follow_up.takeovers.select_for_update().filter(state=TakeoverState.WAITING):
        keep_answer(takeover, TakeoverState.WITHDRAWN, by=None)
