"""Showing once what non-disclosure hides: the doer has a reason, and the coordinators are told."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from coordination.activity.commands import record
from coordination.activity.models import Event
from coordination.agencies.models import User
from coordination.follow_ups.notices import DETAILS_REVEALED
from coordination.follow_ups.queries import seen_follow_up
from coordination.outbox.commands import tell
from coordination.people import access
from coordination.people.rules import check_may_reveal


def reason_to_log(*, young_person, reason, by):
    """The reason as the use log keeps it, if `by` may reveal now; raises NotNow with the sentence why not.

    Two reveals of one user wait for each other, so that together they can't be more than the area allows a day.
    """
    User.objects.select_for_update(no_key=True).get(pk=by.user_id)
    check_may_reveal(young_person, by)
    return f"{reason.name_fi} ({reason.law})"


@transaction.atomic
def tell_of_reveal(*, young_person, by):
    """Tell the coordinators of the young person's follow-up that somebody has just revealed hidden details."""
    follow_up = seen_follow_up(young_person, by, coordinates=access.may(by, "coordinate", young_person))
    about = follow_up.public_id if follow_up else None
    record(Event.Kind.REVEALED, young_person_id=young_person.pk, by=by, about=about)
    if follow_up:
        tell(
            DETAILS_REVEALED,
            to=access.coordinators(follow_up.area, young_person),
            about=about,
            link=reverse("pages:looks", args=[young_person.public_id]),
            dedupe=f"{young_person.public_id}:{timezone.now().timestamp()}",
            except_for=by,
        )
