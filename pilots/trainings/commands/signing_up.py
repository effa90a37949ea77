"""Signing up and cancelling, in the portal. Nobody is told of anybody else."""

from django.db import transaction

from coordination.agencies.constraints import keeping_constraints
from coordination.erasures.commands import note
from coordination.outbox.commands import done
from pilots.trainings import letters, notices, rules
from pilots.trainings.commands.places import fill
from pilots.trainings.commands.telling import tell_people
from pilots.trainings.models import SignUp
from pilots.trainings.queries.people import came_to
from pilots.trainings.queries.trainings import begins_last, free_places, held, held_by, seen_by
from pilots.trainings.states import OPEN, SignUpState


@transaction.atomic
def sign_up(*, training, token, by):
    """Sign up for a training: a place while there is one, else the end of the waiting list. Whoever has signed up
    already gets what they have, and so does the same `token` again.

    Raises NotNow where nobody can sign up any more.
    """
    training = held(training)
    rules.check_there(seen_by(by).filter(pk=training.pk).exists())
    own = training.sign_ups.filter(membership=by)
    if made := own.filter(token=token).first() or own.filter(state__in=OPEN).first():
        return made
    rules.check_open(training, begins_last=begins_last(training))
    state = rules.first_state(free_places(training))
    with keeping_constraints():
        return SignUp.objects.create(training=training, membership=by, token=token, state=state)


@transaction.atomic
def cancel(*, training, by):
    """Cancel one's own sign-up; whoever waits first moves up. Raises NotNow the second time, and for whoever came."""
    training = held(training)
    found = training.sign_ups.filter(membership=by, state__in=OPEN).first()
    rules.check_there(found)
    return take_back(training, found, by=by)


@transaction.atomic
def remove(*, sign_up, by):
    """Take away somebody's sign-up, on the word of whoever looks after the training; they are told."""
    training = held_by(by, sign_up.training)
    found = training.sign_ups.filter(pk=sign_up.pk).select_related("membership__user", "training__area").first()
    rules.check_there(found)
    about = found.public_id
    tell_people([found], notices.SIGN_UP_REMOVED, letters.REMOVED, training=training, dedupe=about, about=about, by=by)
    return take_back(training, found, by=by)


def take_back(training, sign_up, *, by=None):
    """Cancel a sign-up of this training, which the caller holds, and let whoever waits first move up. Of somebody
    without an account nothing is kept any more."""
    rules.check_can_cancel(sign_up, came=came_to(sign_up) > 0)
    sign_up.state = SignUpState.CANCELLED
    if sign_up.membership is None:
        note("sign_up", sign_up=sign_up.public_id)
        forget_person(sign_up)
    sign_up.save()
    if sign_up.membership:
        done(about=training, to=[sign_up.membership])
    fill(training, by=by)
    return sign_up


def forget_person(sign_up):
    """Let the row say no more who somebody without an account was; the caller saves it."""
    sign_up.name = sign_up.email = sign_up.agency = sign_up.secret = ""
    sign_up.secret_hash = None
