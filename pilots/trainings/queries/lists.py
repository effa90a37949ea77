"""The list of trainings, and one's own."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, Max, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from coordination.interface.pages import one_page
from pilots.trainings.models import Occasion, SignUp
from pilots.trainings.queries.trainings import seen_by
from pilots.trainings.states import OPEN, SignUpState

A_PAGE = 25


@dataclass(frozen=True)
class Filters:
    """What of the list is asked for; empty is everything to come. `whose` is "", "own" (signed up for) or "led", and
    `pilot` the public id of one."""

    kind: str = ""
    when: str = ""
    whose: str = ""
    with_room: bool = False
    pilot: UUID | None = None


@dataclass(frozen=True)
class Listed:
    """One training of a list: when it is next held (else when it last was), how often still, how many places are free
    (None: no limit) and where the reader's own sign-up stands."""

    training: object
    when: object
    more: int
    free: int | None
    own_state: str

    @property
    def own(self):
        """The state of the reader's sign-up in words; empty where there is none."""
        return SignUpState(self.own_state).label if self.own_state else ""

    @property
    def is_full(self):
        """Whether whoever signs up now comes on the waiting list."""
        return self.free == 0


def matching(filters, membership):
    """The trainings that these filters leave, of those that this membership may see."""
    now = timezone.now()
    found = seen_by(membership).annotate(
        next_at=_of_occasions(Min("starts_at"), ends_at__gt=now),
        last_at=_of_occasions(Max("starts_at")),
        to_come=Coalesce(_of_occasions(Count("pk"), ends_at__gt=now), 0),
        taken=Coalesce(_of_sign_ups(Count("pk"), state=SignUpState.IN), 0),
        own_state=Subquery(
            SignUp.objects.filter(training=OuterRef("pk"), membership=membership, state__in=OPEN).values("state")[:1]
        ),
    )
    if filters.kind:
        found = found.filter(kind=filters.kind)
    if filters.pilot:
        found = found.filter(pilot__public_id=filters.pilot)
    if filters.whose == "own":
        found = found.exclude(own_state=None)
    if filters.whose == "led":
        found = found.filter(leader=membership)
    if filters.with_room:
        found = found.filter(Q(places=None) | Q(places__gt=F("taken")))
    if filters.when == "past":
        return found.filter(next_at=None).order_by(F("last_at").desc(nulls_last=True), "-pk")
    return found.filter(next_at__isnull=False, called_off_at=None).order_by("next_at", "pk")


def _of_occasions(what, **which):
    return _grouped(Occasion.objects.filter(training=OuterRef("pk"), called_off_at=None, **which), what)


def _of_sign_ups(what, **which):
    return _grouped(SignUp.objects.filter(training=OuterRef("pk"), **which), what)


def _grouped(rows, what):
    return Subquery(rows.order_by().values("training").annotate(found=what).values("found"))


def listed(filters, membership, *, page=1):
    """(the trainings of one page of the list, whether there are more); the same statements however many there are."""
    rows, has_more = one_page(matching(filters, membership).select_related("area"), page, A_PAGE)
    return [_row(one) for one in rows], has_more


def _row(training):
    free = None if training.places is None else max(training.places - training.taken, 0)
    more = max(training.to_come - 1, 0)
    return Listed(training, training.next_at or training.last_at, more, free, training.own_state or "")
