"""Trainings for tests."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from pilots.trainings.commands.attendance import mark_attendance
from pilots.trainings.commands.outside import sign_up_outside
from pilots.trainings.commands.signing_up import sign_up
from pilots.trainings.commands.trainings import make_training, open_address
from pilots.trainings.models import Occasion, SignUp, TrainingEvent

TEXTS = {"title_fi": "Työpaja", "about_fi": "Harjoitellaan yhdessä."}


def in_days(*days, hours=2):
    """(begins, ends) so many days from now, each lasting so many hours."""
    now = timezone.now().replace(microsecond=0)
    return [(now + timedelta(days=day), now + timedelta(days=day, hours=hours)) for day in days]


def made(by, *days, token=None, **facts):
    """A workshop of this member's area that they lead, tomorrow unless told otherwise."""
    facts = {"kind": "workshop", "language": "fi"} | TEXTS | facts
    return make_training(times=in_days(*(days or [1])), token=token or uuid4(), by=by, **facts)


def signed_up(training, member, **how):
    """The member's sign-up, as it stands."""
    return now(sign_up(training=training, token=how.pop("token", None) or uuid4(), by=member))


def joined(training, email="ulla@example.test", *, name="Ulla Ulkopuolinen", token=None, agency="Kylätoimikunta"):
    """Somebody without an account signs up; gives their row, or None where there is none new."""
    training = now(training)
    if not training.secret:
        training = open_address(training=training, by=training.leader)
    said = {"name": name, "email": email, "agency": agency, "language": "fi"}
    sign_up_outside(training=training, token=token or uuid4(), **said)
    return SignUp.objects.filter(membership=None).last()


def held(training, *came, days_ago=1):
    """Move every occasion of the training into the past, and write down that these members came each time."""
    for occasion in training.occasions.all():
        length, begins = occasion.ends_at - occasion.starts_at, timezone.now() - timedelta(days=days_ago)
        Occasion.objects.filter(pk=occasion.pk).update(starts_at=begins - length, ends_at=begins)
    attended(training, *came)
    return now(training)


def attended(training, *came):
    """Write down that these members, or sign-ups, came every time."""
    rows = training.sign_ups.all()
    keys = {one.pk for one in rows if one in came or one.membership in came}
    for occasion in training.occasions.filter(called_off_at=None):
        mark_attendance(occasion=occasion, came=keys, by=training.leader)


def now(row):
    """The row as it stands."""
    return type(row).objects.get(pk=row.pk)


def states(training):
    """The states of its sign-ups, in their order."""
    return [one.state for one in SignUp.objects.filter(training=training)]


def only():
    """The only training there is."""
    return TrainingEvent.objects.get()
