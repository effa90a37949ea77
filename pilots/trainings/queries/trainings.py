"""One training, for whoever may see it."""

from django.db.models import Exists, Max, OuterRef, Q
from django.http import Http404
from django.utils import timezone

from coordination.agencies.models import Membership
from coordination.interface.secret_words import hash_of
from pilots.registry.models import Pilot
from pilots.trainings import rules
from pilots.trainings.models import Occasion, SignUp, TrainingEvent
from pilots.trainings.states import OPEN, SignUpState

_WITH = ("area", "leader__user", "leader__agency__area", "pilot")


def seen_by(membership):
    """The trainings that this membership may see: of its own area, open to all areas, or its own to come to or lead."""
    own = SignUp.objects.filter(training=OuterRef("pk"), membership=membership)
    area = Q(area=membership.agency.area_id)
    return TrainingEvent.objects.filter(area | Q(open_to_all=True) | Q(leader=membership) | Q(Exists(own)))


def training_or_404(membership, public_id):
    """A training, for whoever may see it."""
    return _or_404(seen_by(membership), public_id=public_id)


def managed_or_404(membership, public_id):
    """A training for whoever may change it; for everybody else there is none."""
    found = _or_404(TrainingEvent.objects.all(), public_id=public_id)
    if not rules.may_manage(membership, found):
        raise Http404
    return found


def by_secret_or_404(secret):
    """The training that people without an account sign up for at the address with this secret."""
    return _or_404(TrainingEvent.objects.all(), secret_hash=hash_of(secret))


def _or_404(found, **which):
    one = found.select_related(*_WITH).filter(**which).first()
    if one is None:
        raise Http404
    return one


def held(training):
    """The training, with everybody else waiting who would change it or sign up. Raises NotNow where it is gone."""
    found = TrainingEvent.objects.select_for_update(no_key=True).filter(pk=training.pk).first()
    rules.check_there(found)
    return found


def held_by(membership, training):
    """The same, for whoever may change it. Raises NotNow for everybody else."""
    found = held(training)
    if not rules.may_manage(membership, found):
        raise rules.not_yours()
    return found


def occasions_of(training):
    """Those of its occasions that haven't been called off."""
    return training.occasions.filter(called_off_at=None)


def begins_last(training):
    """When its last occasion begins; None where there is none."""
    return occasions_of(training).aggregate(last=Max("starts_at"))["last"]


def ended_at(training):
    """When its last occasion ends or ended; None where there is none."""
    return occasions_of(training).aggregate(last=Max("ends_at"))["last"]


def has_ended(training):
    """Whether every occasion is over, and there was one."""
    last = ended_at(training)
    return last is not None and last <= timezone.now()


def free_places(training):
    """How many places are free; None where there is no limit."""
    if training.places is None:
        return None
    return max(training.places - training.sign_ups.filter(state=SignUpState.IN).count(), 0)


def going_on():
    """The trainings that haven't been called off and have an occasion that isn't over."""
    to_come = Occasion.objects.filter(training=OuterRef("pk"), called_off_at=None, ends_at__gt=timezone.now())
    return TrainingEvent.objects.filter(Exists(to_come), called_off_at=None)


def led_by(membership):
    """The trainings to come that this membership (a row, or a reference to one) leads."""
    return going_on().filter(leader=membership)


def open_sign_ups_of(membership):
    """The open sign-ups of this membership (a row, or a reference to one) for trainings to come."""
    return SignUp.objects.filter(membership=membership, state__in=OPEN, training__in=going_on())


def able_to_lead(area):
    """The memberships that can lead a training of this area."""
    found = Membership.objects.open().filter(agency__area=area).select_related("user", "agency__area")
    return found.order_by("user__last_name", "user__first_name", "pk")


def pilots_for(area):
    """The pilots to which a training of this area can belong."""
    return Pilot.objects.filter(Q(area=area) | Q(area=None)).prefetch_related("texts")
