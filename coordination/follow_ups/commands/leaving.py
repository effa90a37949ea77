"""What somebody who no longer works here leaves behind in follow-ups."""

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
    """Give each open follow-up of a coordinator who has left to the successor that was named; where there is none, or
    the successor may not coordinate this young person, it waits for a coordinator again. Nobody's clock starts anew.
    Says how many."""
    found = list(queries.owned_by(leaver))
    for follow_up in found:
        _reassign(follow_up, leaver=leaver)
    return len(found)


@transaction.atomic
def _reassign(follow_up, *, leaver):
    follow_up = locked(follow_up)
    if follow_up.owner_id != leaver.pk or follow_up.state not in (FollowUpState.TAKEN_UP, FollowUpState.PAUSED):
        return  # somebody took it over in the same moment
    person, successor = follow_up.young_person, leaver.successor
    done(about=follow_up.public_id, to=[leaver])
    if successor and access.may(successor, "coordinate", person):
        follow_up.owner = successor
        save(follow_up, "owner")
        told, notice = [successor], notices.FOLLOW_UP_IS_YOURS
    else:
        follow_up.owner, follow_up.state = None, FollowUpState.WAITING
        save(follow_up, "owner", "state")
        told, notice = access.coordinators(follow_up.area, person), notices.FOLLOW_UP_WAITS
    record(Event.Kind.OWNER_LEFT, young_person_id=person.pk, by=None, about=follow_up.public_id)
    tell(
        notice,
        to=told,
        about=follow_up.public_id,
        link=follow_up.get_absolute_url(),
        due_on=queries.due_on(follow_up),
        dedupe=f"{follow_up.public_id}:{follow_up.version}",
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
        person = follow_up.young_person
        owner = [follow_up.owner] if follow_up.owner else []
        tell(
            notices.ADULT_HAS_LEFT,
            to=access.audience(owner, "coordinate", person) or access.coordinators(follow_up.area, person),
            about=follow_up.public_id,
            link=follow_up.get_absolute_url(),
            due_on=queries.due_on(follow_up),
            dedupe=f"{adult.public_id}:{follow_up.version}",
        )
