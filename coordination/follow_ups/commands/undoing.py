"""Taking back a choice that was saved by mistake, while nobody can have been told of it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from coordination.activity.commands import forget_latest, record
from coordination.activity.models import Event
from coordination.agencies.models import Membership
from coordination.agencies.rules import NotNow
from coordination.follow_ups import queries, rules
from coordination.follow_ups.commands.parts import (
    MayKnow,
    TakesPart,
    give_part,
    invite_again,
    leave_the_others,
    note_decision,
    tell_wanted,
)
from coordination.follow_ups.commands.rows import locked, save
from coordination.follow_ups.models import AskedAdult
from coordination.meetings.commands import leave_meetings
from coordination.meetings.queries import planned_of
from coordination.outbox.commands import forget_held, wait_again
from coordination.people import access
from coordination.people.models import Ground
from coordination.use_log.commands import wait_for_lookers


@transaction.atomic
def undo_decision(*, follow_up, adult, by):
    """Make what was chosen of this adult what it was before the latest change, as if that had never been saved.

    Raises NotNow once the area's minutes have passed, and where somebody who may see it has looked meanwhile.
    """
    follow_up = locked(follow_up)
    rules.check_begun(follow_up)
    adult = AskedAdult.objects.select_related("membership__user", "membership__agency").get(
        pk=adult.pk, follow_up=follow_up
    )
    if not rules.can_be_undone(adult, follow_up.area):
        raise NotNow(_("It is too late to undo this. Save what the young person says now."))
    if not wait_for_lookers():
        raise NotNow(_("Somebody was looking in this moment. Try again."))
    if queries.has_been_seen(follow_up, adult):
        raise NotNow(_("This can't be undone: somebody has seen it already. Save what the young person says now."))
    was, knew, since = adult.takes_part, adult.may_know, adult.decided_at
    was_apart, left = adult.apart, adult.undo_to.get("left", {})
    _restore(adult)
    if was == TakesPart.YES or knew == MayKnow.YES:
        note_decision(adult)
    forget_held(about=adult.public_id, to=[adult.membership])
    if TakesPart.YES in (was, adult.takes_part) and was != adult.takes_part:
        forget_latest(about=follow_up.public_id, adult=adult.public_id, since=since)
        if was == TakesPart.YES:
            access.end_grounds(
                young_person=follow_up.young_person,
                source=follow_up.public_id,
                kind=Ground.Kind.PARTICIPATION,
                membership=adult.membership,
            )
            # An invitation that was sent meanwhile left at once, so its cancelling does, too.
            own = planned_of(adult.membership).filter(meeting__source=follow_up.public_id)
            leave_meetings(invitations=own, told=True)
            access.pass_on(
                young_person=follow_up.young_person, by=by, agency=adult.membership.agency, what=["taken_back"]
            )
        else:
            give_part(follow_up, adult)
            wait_again(about=adult.public_id, since=since)
            tell_wanted(follow_up, adult)
    invite_again(follow_up, adult, left)
    if adult.apart and not was_apart:
        leave_the_others(follow_up, adult)
    record(Event.Kind.DECISION_UNDONE, young_person_id=follow_up.young_person_id, by=by, about=follow_up.public_id)
    save(follow_up)
    return adult


def _restore(adult):
    before = adult.undo_to
    adult.takes_part, adult.may_know, adult.apart = before["takes_part"], before["may_know"], before["apart"]
    adult.said_by = before["said_by"]
    adult.decided_at = before["decided_at"] and datetime.fromisoformat(before["decided_at"])
    adult.decided_by = Membership.objects.filter(pk=before["decided_by"]).first()
    adult.undo_to = None
    adult.save()
