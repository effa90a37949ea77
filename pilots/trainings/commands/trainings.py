"""Making a training and changing what it says, opening it to people without an account, and calling it off."""

import secrets

from django.db import transaction
from django.utils import timezone

from coordination.agencies.constraints import keeping_constraints
from coordination.agencies.models import Area
from coordination.interface.secret_words import hash_of
from coordination.outbox.commands import done
from pilots.trainings import letters, notices, rules
from pilots.trainings.commands.places import fill
from pilots.trainings.commands.telling import tell_people, with_people
from pilots.trainings.models import Occasion, TrainingEvent
from pilots.trainings.queries.trainings import has_ended, held_by
from pilots.trainings.states import OPEN, SignUpState


@transaction.atomic
def make_training(*, times, token, by, leader=None, **facts):
    """A new training of the own area with its occasions, (begins, ends) each; the same `token` again gives back the one
    made.

    `facts` are columns of TrainingEvent. Without a `leader` whoever makes it leads it. Raises NotNow for facts that
    don't do, times in the past, and for what only administrators and coordinators may say.
    """
    rules.check_may_make(by)
    # Two equal posts see each other.
    area = Area.objects.select_for_update(no_key=True).get(pk=by.agency.area_id)
    if made := TrainingEvent.objects.filter(token=token, area=area).first():
        return made
    training = TrainingEvent(area=area, token=token, leader=leader or by)
    rules.check_times(times)
    rules.check_room_for_occasions(len(times))
    _set(training, facts, by)
    with keeping_constraints():
        training.save()
    for starts_at, ends_at in times:
        Occasion.objects.create(training=training, token=token, starts_at=starts_at, ends_at=ends_at)
    return training


@transaction.atomic
def change_training(*, training, number, by, **facts):
    """Change what is said of a training; `facts` are columns of it, `leader` among them.

    `number` is the training's when the page was opened: raises NotNow where it has been changed since. Where there are
    more places than before, the first of those who wait move up; with fewer nobody loses theirs. Where the place has
    changed, everybody is told.
    """
    training = held_by(by, training)
    rules.check_number(number, training.number)
    rules.check_not_called_off(training)
    before = (training.place, training.video_link)
    _set(training, facts, by)
    training.number += 1
    with keeping_constraints():
        training.save()
    if training.leader:
        done(about=training, codes=[notices.TRAINING_WITHOUT_LEADER])
    if before != (training.place, training.video_link):
        for occasion in training.occasions.filter(called_off_at=None, ends_at__gt=timezone.now()):
            occasion.sequence += 1
            occasion.save(update_fields=["sequence"])
        tell_of_change(training, by=by)
    fill(training, by=by)
    return training


def _set(training, facts, by):
    """Put these columns into the training, where they do."""
    texts = {name: text for name, text in facts.items() if name.startswith(("title_", "about_"))}
    if texts:
        rules.check_written(texts)
    changes_right = facts.get("gives_right", training.gives_right) != training.gives_right
    leader = facts.get("leader", training.leader)
    if training.pk is None or changes_right or leader != training.leader:
        rules.check_may_set(by, gives_right=changes_right, leader=leader)
        rules.check_can_lead(leader, training.area_id)
    rules.check_pilot(facts.get("pilot"), training.area_id)
    for name, value in facts.items():
        setattr(training, name, value)


def tell_of_change(training, *, by):
    """Everybody who comes or waits learns that they must look at it again."""
    people = with_people(training.sign_ups.filter(state__in=OPEN))
    # Each change is news.
    dedupe = f"{training.number}:{secrets.token_hex(4)}"
    tell_people(people, notices.TRAINING_CHANGED, letters.CHANGED, training=training, dedupe=dedupe, by=by)


@transaction.atomic
def open_address(*, training, by):
    """Make the address at which people without an account sign up, or a new one in place of the old, which works no
    more from now on."""
    training = held_by(by, training)
    rules.check_not_called_off(training)
    training.secret = secrets.token_urlsafe(24)
    training.secret_hash = hash_of(training.secret)
    training.save(update_fields=["secret", "secret_hash"])
    return training


@transaction.atomic
def close_address(*, training, by):
    """Nobody without an account signs up any more; those who did keep their places. Twice does nothing more."""
    training = held_by(by, training)
    training.secret, training.secret_hash = "", None
    training.save(update_fields=["secret", "secret_hash"])
    return training


@transaction.atomic
def call_off(*, training, by):
    """Call the whole training off: everybody who signed up is told. Raises NotNow the second time, and once it is
    over."""
    training = held_by(by, training)
    rules.check_not_called_off(training)
    rules.check_not_over(has_ended(training))
    people = with_people(training.sign_ups.filter(state__in=OPEN))
    training.called_off_at = timezone.now()
    training.number += 1
    training.secret, training.secret_hash = "", None
    training.save()
    for occasion in training.occasions.filter(called_off_at=None):
        occasion.called_off_at = training.called_off_at
        occasion.sequence += 1
        occasion.save(update_fields=["called_off_at", "sequence"])
    for one in people:
        one.state = SignUpState.NOT_NEEDED
        one.save(update_fields=["state"])
    done(about=training)
    tell_people(people, notices.TRAINING_CALLED_OFF, letters.CALLED_OFF, training=training, dedupe="all", by=by)
    return training
