"""What the young person forbids an adult, and allows again."""

from django.db import transaction
from django.utils import timezone

from coordination.activity.commands import record
from coordination.activity.models import Event
from coordination.follow_ups import rules
from coordination.follow_ups.commands.opening import Asked, ask_also
from coordination.follow_ups.commands.parts import TakesPart, end_part
from coordination.follow_ups.commands.rows import locked, save
from coordination.follow_ups.models import FollowUp
from coordination.follow_ups.states import OPEN_STATES
from coordination.outbox.commands import done
from coordination.people import refusing


@transaction.atomic
def refuse_adult(*, follow_up, adult, said_by, by):
    """The young person forbids this adult's flag: it lies inert, and the adult leaves the sheet.

    An adult who takes part is told that their part ended. Nobody else is told, and nothing tells whether there was a
    flag at all.
    """
    follow_up = locked(follow_up)
    rules.check_begun(follow_up)
    refusal, is_new = refusing.refuse(
        young_person=follow_up.young_person, membership=adult.membership, said_by=said_by, by=by
    )
    _leave_sheet(follow_up, follow_up.asked.filter(membership__user=adult.membership.user), by=by)
    if is_new:
        record(Event.Kind.REFUSED, young_person_id=follow_up.young_person_id, by=by, about=follow_up.public_id)
    save(follow_up)
    return refusal


def _leave_sheet(follow_up, rows, *, by):
    for row in rows.filter(left_at=None).select_related("membership__user", "membership__agency"):
        row.left_at = timezone.now()
        row.save(update_fields=["left_at"])
        if row.takes_part == TakesPart.YES:
            end_part(follow_up, row, by=by)
        done(about=row.public_id)


@transaction.atomic
def drop_refused(*, refusal):
    """Take an adult off the open sheets on which they stood before the young person forbade it: a restored backup has
    them there again."""
    for follow_up in FollowUp.objects.filter(young_person=refusal.young_person, state__in=OPEN_STATES):
        follow_up = locked(follow_up)
        rows = follow_up.asked.filter(membership__user=refusal.user, joined_at__lte=refusal.made_at)
        _leave_sheet(follow_up, rows, by=None)
        save(follow_up)


@transaction.atomic
def lift_refusal(*, follow_up, refusal, by):
    """The young person allows it again: the adult is asked about anew, and their flag counts at once.

    Returns the adult's row; None for one who must not learn of the young person or has left, who is not asked about.
    """
    follow_up = locked(follow_up)
    rules.check_begun(follow_up)
    refusing.lift_refusal(refusal=refusal)
    adult = ask_also(follow_up=follow_up, asked=Asked(refusal.membership), by=by)
    record(Event.Kind.REFUSAL_LIFTED, young_person_id=follow_up.young_person_id, by=by, about=follow_up.public_id)
    return adult
