"""Who gets the places that are free, in the order in which they signed up. The caller holds the training."""

from pilots.trainings import letters, notices
from pilots.trainings.commands.telling import tell_people, with_people
from pilots.trainings.queries.trainings import free_places, has_ended
from pilots.trainings.states import SignUpState


def fill(training, *, by=None):
    """Let the first of those who wait have the places that are free, and tell them. Nobody moves once it is over."""
    if training.called_off_at or has_ended(training):
        return []
    free = free_places(training)
    waiting = training.sign_ups.filter(state=SignUpState.WAITING).order_by("pk")
    moved = with_people(waiting if free is None else waiting[:free])
    for one in moved:
        one.state = SignUpState.IN
        one.save(update_fields=["state"])
        tell_people([one], notices.PLACE_FREED, letters.FREED, training=training, dedupe=one.public_id, by=by)
    return moved
