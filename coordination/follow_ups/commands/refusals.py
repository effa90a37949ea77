"""What the young person forbids an adult, and allows again."""

from django.db import transaction
from django.utils import timezone

from coordination.activity.commands import record
from coordination.activity.models import Event
from coordination.follow_ups import rules
from coordination.follow_ups.commands.opening import Asked, ask_also
from coordination.follow_ups.commands.parts import TakesPart, end_part
from coordination.follow_ups.commands.rows import locked, save
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
    for row in follow_up.asked.filter(membership__user=adult.membership.user, left_at=None):
        row.left_at = timezone.now()
        row.save(update_fields=["left_at"])
        if row.takes_part == TakesPart.YES:
            end_part(follow_up, row, by=by)
        done(about=row.public_id)
    if is_new:
        record(Event.Kind.REFUSED, young_person_id=follow_up.young_person_id, by=by, about=follow_up.public_id)
    save(follow_up)
    return refusal


@transaction.atomic
def lift_refusal(*, follow_up, refusal, by):
    """The young person allows it again: the adult is asked about anew, and their flag counts at once."""
    follow_up = locked(follow_up)
    rules.check_begun(follow_up)
    refusing.lift_refusal(refusal=refusal)
    ask_also(follow_up=follow_up, asked=Asked(refusal.membership), by=by)
    record(Event.Kind.REFUSAL_LIFTED, young_person_id=follow_up.young_person_id, by=by, about=follow_up.public_id)
