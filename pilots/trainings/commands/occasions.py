"""The times at which a training is held: one more, another time, or one called off."""

from django.db import transaction
from django.utils import timezone

from coordination.agencies.constraints import keeping_constraints
from pilots.trainings import letters, notices, rules
from pilots.trainings.commands.telling import tell_people, with_people
from pilots.trainings.commands.trainings import tell_of_change
from pilots.trainings.models import Occasion
from pilots.trainings.queries.trainings import held_by
from pilots.trainings.states import OPEN


@transaction.atomic
def add_occasion(*, training, starts_at, ends_at, token, by, place=""):
    """One time more; the same `token` again gives back the one that it made. Whoever signed up is told."""
    training = held_by(by, training)
    if made := training.occasions.filter(token=token, starts_at=starts_at).first():
        return made
    rules.check_not_called_off(training)
    rules.check_times([(starts_at, ends_at)])
    rules.check_room_for_occasions(training.occasions.count() + 1)
    with keeping_constraints():
        made = Occasion.objects.create(
            training=training, token=token, starts_at=starts_at, ends_at=ends_at, place=place
        )
    # It may have been over before.
    training.settled_at = None
    training.save(update_fields=["settled_at"])
    tell_of_change(training, by=by)
    return made


@transaction.atomic
def change_occasion(*, occasion, starts_at, ends_at, place, sequence, by):
    """Another time or place for an occasion that hasn't begun. `sequence` is the occasion's when the page was opened:
    raises NotNow where it has been changed since. The same as before changes nothing and is told nobody."""
    training = held_by(by, occasion.training)
    occasion = _found(training, occasion)
    rules.check_number(sequence, occasion.sequence)
    rules.check_to_come(occasion)
    rules.check_times([(starts_at, ends_at)])
    if (occasion.starts_at, occasion.ends_at, occasion.place) == (starts_at, ends_at, place):
        return occasion
    occasion.starts_at, occasion.ends_at, occasion.place = starts_at, ends_at, place
    occasion.sequence += 1
    with keeping_constraints():
        occasion.save(update_fields=["starts_at", "ends_at", "place", "sequence"])
    tell_of_change(training, by=by)
    return occasion


@transaction.atomic
def call_off_occasion(*, occasion, by):
    """Call one time off; it leaves the calendars. Raises NotNow the second time, once it has begun, and where it is the
    only one left: then the whole training is called off."""
    training = held_by(by, occasion.training)
    occasion = _found(training, occasion)
    rules.check_to_come(occasion)
    rules.check_not_only(training.occasions.filter(called_off_at=None).exclude(pk=occasion.pk).exists())
    occasion.called_off_at = timezone.now()
    occasion.sequence += 1
    occasion.save(update_fields=["called_off_at", "sequence"])
    people = with_people(training.sign_ups.filter(state__in=OPEN))
    dedupe = occasion.public_id
    tell_people(people, notices.TRAINING_CALLED_OFF, letters.CHANGED, training=training, dedupe=dedupe, by=by)
    return occasion


def _found(training, occasion):
    found = training.occasions.filter(pk=occasion.pk).first()
    rules.check_there(found)
    return found
