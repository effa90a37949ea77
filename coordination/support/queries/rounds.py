"""The coordinator's rounds: who is without an adult, where it is silent, and what somebody who left leaves behind."""

from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from coordination.agencies.models import Membership
from coordination.clocks.rules import today
from coordination.people import access
from coordination.people.models import Ground
from coordination.support.models import Substitution, Support
from coordination.support.states import COMING, SupportState

ON_THE_DESK = 25


def overview_link(support):
    """The coordinators' page of a support."""
    return reverse("support:overview", args=[support.public_id])


def gaps():
    """The latest supports of the young people who are without an adult and wait for one: it ended with a reason after
    which somebody waits, and nobody goes on."""
    same = Support.objects.filter(young_person=OuterRef("young_person"))
    later = Q(ended_at__gt=OuterRef("ended_at")) | Q(ended_at=OuterRef("ended_at"), pk__gt=OuterRef("pk"))
    return (
        Support.objects.filter(
            state=SupportState.ENDED, young_person__erase_asked_at=None, young_person__joined_to=None
        )
        .exclude(end_reason__in=Support.FINAL)
        .exclude(Exists(same.filter(state=SupportState.ACTIVE)))
        .exclude(Exists(same.filter(later, state=SupportState.ENDED)))
    )


def adult_is_gone():
    """The supports that go on though their adult sees nothing any more: they have left their work while somebody stands
    in, or must not learn of the young person."""
    sees = Ground.objects.open().filter(
        kind=Ground.Kind.SUPPORT, source=OuterRef("public_id"), membership=OuterRef("adult")
    )
    active = Support.objects.filter(state=SupportState.ACTIVE, young_person__erase_asked_at=None)
    active = active.exclude(Exists(sees), adult__in=Membership.objects.open())
    return active.select_related("young_person", "area")


def silent():
    """The supports in which nothing has been heard for longer than their area lets pass, and of which nobody was told
    since: what `rules.is_silent` says, asked of all of them."""
    days = F("area__days_without_contact") * timedelta(days=1)
    return (
        Support.objects.filter(state=SupportState.ACTIVE, told_silent_at=None, young_person__erase_asked_at=None)
        .annotate(quiet_for=today() - F("heard_on"))
        .filter(quiet_for__gt=days)
        .select_related("young_person", "area")
    )


def without_adult(membership):
    """The young people of this coordinator's area who are without an adult, the longest first: each the support that
    ended or whose adult is gone, with `asked`, whether somebody has been asked."""
    asked = Support.objects.filter(young_person=OuterRef("young_person"), state__in=COMING)
    waiting = Q(pk__in=gaps().values("pk")) | Q(pk__in=adult_is_gone().values("pk"))
    found = _of_coordinator(membership).filter(waiting).annotate(asked=Exists(asked))
    return found.order_by(F("ended_at").asc(nulls_last=True), "pk")[:ON_THE_DESK]


def silent_in_area(membership):
    """The supports of this coordinator's area in which nothing has been heard for too long, the longest first."""
    heard_before = today() - timedelta(days=membership.area.days_without_contact)
    found = _of_coordinator(membership).filter(state=SupportState.ACTIVE, heard_on__lt=heard_before)
    return found.order_by("heard_on", "pk")[:ON_THE_DESK]


def _of_coordinator(membership):
    """The supports of young people whom this coordinator looks after now."""
    seen = access.grounds_for(membership, "coordinate").filter(area=membership.agency.area_id)
    return Support.objects.filter(young_person__in=seen.values("young_person")).select_related("young_person", "area")


def ended_of(young_person):
    """The public ids of a young person's supports that have ended."""
    ended = Support.objects.filter(young_person=young_person, state=SupportState.ENDED)
    return ended.values_list("public_id", flat=True)


def standing_in(support):
    """Whoever stands in for the adult now: nobody, or one."""
    found = support.substitutions.filter(ended_at=None)
    return found.select_related("membership__user", "membership__agency__area")


def working_in(support):
    """The adult, and whoever stands in."""
    return [support.adult, *(one.membership for one in standing_in(support))]


def standing_in_of(membership):
    """Where this membership stands in."""
    found = Substitution.objects.filter(membership=membership, ended_at=None)
    return found.select_related("support__young_person").order_by("pk")


def left_alone_by(membership):
    """The supports of this adult that go on, and in which nobody stands in for them."""
    stood_in = Substitution.objects.filter(support=OuterRef("pk"), ended_at=None)
    return going_on_of(membership).exclude(Exists(stood_in))


def going_on_of(membership):
    """The supports of this adult that go on."""
    found = Support.objects.filter(adult=membership, state=SupportState.ACTIVE)
    return found.select_related("young_person").order_by("pk")
