"""What somebody who no longer works here, or may go on no more, leaves behind in follow-ups."""

from django.db import transaction
from django.utils import timezone

from coordination.activity.commands import record
from coordination.activity.models import Event
from coordination.follow_ups import notices, queries
from coordination.follow_ups.commands.parts import end_part
from coordination.follow_ups.commands.rows import locked, save
from coordination.follow_ups.models import AskedAdult
from coordination.follow_ups.states import FollowUpState
from coordination.outbox.commands import done, tell
from coordination.people import access


def reassign_follow_ups(*, leaver):
    """Give each open follow-up of somebody who has left, or coordinates no more, to the successor that was named; where
    there is none, or the successor may not coordinate this young person, it waits for a coordinator again. Nobody's
    clock starts anew. Says how many."""
    found = list(queries.owned_by(leaver))
    for follow_up in found:
        _reassign(follow_up, leaver=leaver)
    return len(found)


@transaction.atomic
def _reassign(follow_up, *, leaver):
    follow_up = locked(follow_up)
    if follow_up.owner_id != leaver.pk or follow_up.state not in (FollowUpState.TAKEN_UP, FollowUpState.PAUSED):
        return  # somebody took it over in the same moment
    hand_on(follow_up, to=leaver.successor)


def hand_on(follow_up, *, to, by=None):
    """The owner may not go on: `to` does, where they may coordinate this young person; else the follow-up, which the
    caller holds, waits again. Whoever handed it to themselves (`by`) need not be told."""
    person = follow_up.young_person
    done(about=follow_up.public_id, to=[follow_up.owner])
    if to and access.may(to, "coordinate", person):
        follow_up.owner = to
        save(follow_up, "owner")
        told, notice = [to], notices.FOLLOW_UP_IS_YOURS
    else:
        follow_up.owner, follow_up.state = None, FollowUpState.WAITING
        save(follow_up, "owner", "state")
        told, notice = access.coordinators(follow_up.area, person), notices.FOLLOW_UP_WAITS
    kind = Event.Kind.HANDED_ON if by and follow_up.owner == by else Event.Kind.OWNER_LEFT
    record(kind, young_person_id=person.pk, by=by, about=follow_up.public_id)
    tell(
        notice,
        to=told,
        about=follow_up.public_id,
        link=follow_up.get_absolute_url(),
        due_on=queries.due_on(follow_up),
        dedupe=f"{follow_up.public_id}:{follow_up.version}",
        except_for=by,
    )


def leave_sheets(*, leaver):
    """Take somebody who has left off the open sheets. Their part ends, and the coordinator is told: the young person
    chose that adult, so somebody must ask whom they want instead. Says how many."""
    found = list(queries.asked_of(leaver))
    for adult in found:
        _leave_sheet(adult)
    return len(found)


@transaction.atomic
def _leave_sheet(adult):
    follow_up = locked(adult.follow_up)
    adult = AskedAdult.objects.select_related("membership__agency", "membership__user").get(pk=adult.pk)
    if adult.left_at is not None:
        return
    adult.left_at = timezone.now()
    adult.save(update_fields=["left_at"])
    took_part = adult.takes_part == AskedAdult.TakesPart.YES
    if took_part:
        end_part(follow_up, adult, by=None)
    done(about=adult.public_id)
    save(follow_up)
    if took_part:
        tell(
            notices.ADULT_HAS_LEFT,
            to=queries.coordinating(follow_up),
            about=follow_up.public_id,
            link=follow_up.get_absolute_url(),
            due_on=queries.due_on(follow_up),
            dedupe=f"{adult.public_id}:{follow_up.version}",
        )
