"""The day on which something is due in a follow-up: for one, and for the order of lists and their index."""

from django.db.models import Case, F, Q, When
from django.db.models.functions import Coalesce, Least

AGREED = Coalesce(F("next_step_on"), F("contact_by"))
# Until somebody was reached only a pause moves the day of the first contact: the clock can't be talked away.
DUE = Case(When(~Q(state="paused"), reached_at=None, then=Least(AGREED, F("contact_by"))), default=AGREED)
# Somebody was reached, and no next step was agreed: it stands still on whichever day. Its day is `contact_by`.
WITHOUT_NEXT_STEP = Q(reached_at__isnull=False, next_step="")


def due_on(follow_up):
    """The day on which something is due, as DUE has it for many: the next step's where one is agreed, else the first
    contact's, which stays due until somebody was reached or the follow-up was paused."""
    agreed = follow_up.next_step_on or follow_up.contact_by
    if follow_up.reached_at is None and follow_up.state != "paused":
        return min(agreed, follow_up.contact_by)
    return agreed
