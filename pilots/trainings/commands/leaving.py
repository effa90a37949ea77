"""What happens to the trainings and the sign-ups of somebody who has left their work."""

from django.db import transaction

from coordination.agencies.queries import administrators
from coordination.outbox.commands import tell
from pilots.trainings import notices
from pilots.trainings.commands.signing_up import take_back
from pilots.trainings.queries.people import came_to
from pilots.trainings.queries.trainings import held, led_by, open_sign_ups_of
from pilots.trainings.states import SignUpState


def leave_trainings(*, leaver):
    """Cancel what this ended membership signed up for and hasn't come to; the area's administrators are told of each
    training to come that nobody leads any more."""
    for training in led_by(leaver):
        _leave_lead(training, leaver)
    for sign_up in open_sign_ups_of(leaver).select_related("training"):
        _leave_place(sign_up)


@transaction.atomic
def _leave_lead(training, leaver):
    training = held(training)
    training.leader = None
    training.number += 1
    training.save(update_fields=["leader", "number"])
    tell(
        notices.TRAINING_WITHOUT_LEADER,
        to=administrators(training.area_id).select_related("user"),
        link=training.get_absolute_url(),
        about=training,
        # Told anew of each who left: between two of them somebody else may have led.
        dedupe=f"{training.public_id}:{leaver.pk}:{training.number}",
    )


@transaction.atomic
def _leave_place(sign_up):
    training = held(sign_up.training)
    sign_up = training.sign_ups.select_related("membership").get(pk=sign_up.pk)
    if came_to(sign_up):
        # What they came to stays; their place is of no use to anybody at what is still to come.
        sign_up.state = SignUpState.NOT_NEEDED
        sign_up.save(update_fields=["state"])
        return
    take_back(training, sign_up)
