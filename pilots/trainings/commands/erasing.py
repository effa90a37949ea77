"""What goes by its date: what waited for a training that is over, and who people without an account were."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from coordination.interface.each import each
from coordination.outbox.commands import done
from pilots.trainings import notices
from pilots.trainings.commands.signing_up import forget_person
from pilots.trainings.models import SignUp, TrainingEvent
from pilots.trainings.queries.trainings import going_on, held
from pilots.trainings.states import SignUpState


def look_after_trainings():
    """Settle the trainings that are over, and erase who people without an account were so many days after the last
    time."""
    over = TrainingEvent.objects.exclude(pk__in=going_on().values("pk")).filter(settled_at=None)
    each(over, _settle, otherwise="training %s could not be settled")
    each(_kept_long_enough(), _erase_person, otherwise="sign-up %s could not be erased")


@transaction.atomic
def _settle(training):
    """Nobody waits for it any more, and nothing is to be done about it."""
    training = held(training)
    for one in training.sign_ups.filter(state=SignUpState.WAITING):
        one.state = SignUpState.NOT_NEEDED
        one.save(update_fields=["state"])
    done(about=training, codes=notices.WHILE_TO_COME)
    training.settled_at = timezone.now()
    training.save(update_fields=["settled_at"])


def _kept_long_enough():
    """The sign-ups of people without an account whose training was over, or called off, so long ago."""
    before = timezone.now() - timedelta(days=settings.TRAINING_OUTSIDERS_DAYS)
    found = SignUp.objects.filter(membership=None).exclude(name="", email="", agency="", secret="")
    found = found.annotate(last=Max("training__occasions__ends_at", filter=Q(training__occasions__called_off_at=None)))
    return found.filter(Q(last__lt=before) | Q(last=None, training__called_off_at__lt=before)).order_by("pk")


@transaction.atomic
def _erase_person(sign_up):
    forget_person(sign_up)
    sign_up.save()
