"""What goes with a follow-up that has ended long ago, or whose young person asks to be erased."""

import uuid

from django.db import transaction

from coordination.activity.commands import forget_events
from coordination.cards.commands import forget_uses
from coordination.erasures.commands import count, note
from coordination.erasures.models import Tally
from coordination.follow_ups import notices, rules
from coordination.meetings.queries import of_source
from coordination.outbox.commands import tell
from coordination.people import access
from coordination.people.erasing import erase_rows
from coordination.people.models import Ground
from coordination.services.commands import count_unmet


@transaction.atomic
def erase_follow_up(*, follow_up):
    """Erase the follow-up with everything in it and every sight that came from it; a count without anybody stays.

    The caller holds the young person.
    """
    person = follow_up.young_person
    access.erase_grounds(young_person=person, source=follow_up.public_id)
    forget_events(about=follow_up.public_id)
    forget_uses(about=follow_up.public_id)
    erase_rows(*of_source(follow_up.public_id))
    counted = {
        "area": follow_up.area,
        "at": follow_up.opened_at,
        "origin": follow_up.origin,
        "contacted": rules.contacted(follow_up),
        "outcome": follow_up.outcome,
    }
    note("follow_up", follow_up=follow_up.public_id)
    erase_rows(follow_up)
    count(Tally.Kind.FOLLOW_UP, **counted)
    count_unmet(source=follow_up.public_id)


def tell_parts_end(*, young_person, by):
    """Tell whoever takes part that their part ends, before all of it is erased; the notice is about nothing that is
    left."""
    parts = young_person.grounds.open().filter(kind=Ground.Kind.PARTICIPATION).select_related("membership__user")
    tell(notices.YOUR_PART_ENDED, to=[one.membership for one in parts], link="/", dedupe=uuid.uuid4(), except_for=by)
