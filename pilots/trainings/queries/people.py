"""Who signed up for a training, and what became of it."""

from dataclasses import dataclass, field

from django.http import Http404
from django.utils import timezone

from coordination.agencies.rules import shown_adult
from coordination.interface.secret_words import hash_of
from coordination.interface.small_numbers import HIDDEN, Count, Told
from pilots.trainings import rules
from pilots.trainings.models import Certificate, SignUp, TrainingFeedback
from pilots.trainings.queries.trainings import ended_at, has_ended, occasions_of
from pilots.trainings.states import OPEN, SignUpState

_WITH = ("membership__user", "membership__agency__area")


@dataclass(frozen=True)
class Person:
    """One sign-up for whoever looks after the training: who it is as far as they may know, in which place of the order,
    and how many times they came."""

    sign_up: SignUp
    name: str
    agency: str
    number: int
    came: int = 0
    certificate: Certificate | None = None

    @property
    def words(self):
        """Name and agency in one line. Of several whose name isn't told each has its number."""
        return ", ".join(filter(None, [self.name, self.agency])) if self.name else f"{self.agency} ({self.number})"


@dataclass
class People:
    """All open sign-ups of a training."""

    coming: list = field(default_factory=list)
    waiting: list = field(default_factory=list)


def own_sign_up(training, membership):
    """The membership's own sign-up: the open one, else the latest; None where there is none."""
    found = list(training.sign_ups.filter(membership=membership))
    return next((one for one in found if one.state in OPEN), found[-1] if found else None)


def open_sign_up_or_404(training, public_id):
    """One of the open sign-ups of a training."""
    found = training.sign_ups.filter(public_id=public_id, state__in=OPEN).select_related(*_WITH).first()
    if found is None:
        raise Http404
    return found


def outsider_or_404(secret):
    """The sign-up of somebody without an account, by the secret of their own page."""
    found = SignUp.objects.filter(secret_hash=hash_of(secret)).select_related("training__area").first()
    if found is None:
        raise Http404
    return found


def place_in_line(sign_up):
    """Which one of those who wait this sign-up is, from 1."""
    return sign_up.training.sign_ups.filter(state=SignUpState.WAITING, pk__lte=sign_up.pk).count()


def people_of(training, viewer):
    """Who comes and who waits, each in the order in which they signed up."""
    rows = training.sign_ups.filter(state__in=OPEN).select_related(*_WITH, "certificate")
    rows = rows.prefetch_related("attendances")
    found = People()
    for number, one in enumerate(rows, 1):
        came = sum(row.came for row in one.attendances.all())
        person = Person(one, *_named(one, viewer), number, came, getattr(one, "certificate", None))
        (found.coming if one.state == SignUpState.IN else found.waiting).append(person)
    return found


def _named(sign_up, viewer):
    if sign_up.membership is None:
        return sign_up.name or "–", sign_up.agency
    shown = shown_adult(sign_up.membership, viewer, about=None)
    return shown.name, shown.agency


def came_to(sign_up):
    """How many occasions of the training the person came to."""
    return sign_up.attendances.filter(came=True).count()


def marked(occasion):
    """Who came to this occasion, {sign-up's key: whether}."""
    return dict(occasion.attendances.values_list("sign_up", "came"))


def complete(training):
    """The sign-ups that came to every occasion that wasn't called off, without a certificate so far; none while an
    occasion is to come."""
    if not has_ended(training):
        return []
    needed = set(occasions_of(training).values_list("pk", flat=True))
    rows = training.sign_ups.filter(state=SignUpState.IN, certificate=None).select_related(*_WITH)
    return [one for one in rows.prefetch_related("attendances") if needed <= _came(one)]


def _came(sign_up):
    return {row.occasion_id for row in sign_up.attendances.all() if row.came}


def may_answer(sign_up):
    """Whether whoever signed up can say how the training was."""
    came = came_to(sign_up) > 0
    return rules.may_answer(sign_up, came=came, ended_at=ended_at(sign_up.training))


def said_of(training):
    """What was said of a training, [(question, [(answer, what may be told)])]; None until it is told all at once."""
    last = ended_at(training)
    if last is None or timezone.now() < rules.feedback_until(last):
        return None
    rows = list(TrainingFeedback.objects.filter(training=training).values("useful", "better", "agency"))
    questions = [TrainingFeedback._meta.get_field(name) for name in ("useful", "better")]
    return [
        (one.verbose_name, [(label, _told(rows, one.name, answer)) for answer, label in one.choices])
        for one in questions
    ]


def _told(rows, name, answer):
    count = sum((Count(1, {str(row["agency"]): 1}) for row in rows if row[name] == answer), Count(0))
    return Told(str(count.number), count.number) if count.is_shown else Told(HIDDEN)
