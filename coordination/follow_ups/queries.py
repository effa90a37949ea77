"""Page-ready reads of follow-ups."""

from django.db.models import BooleanField, Case, ExpressionWrapper, F, Q, When
from django.db.models.functions import Coalesce, Least
from django.http import Http404
from django.urls import reverse

from coordination.agencies.models import Membership
from coordination.agencies.rules import is_hidden, shown_name
from coordination.clocks.rules import today
from coordination.follow_ups.models import AskedAdult, FollowUp
from coordination.follow_ups.states import OPEN_STATES, FollowUpState
from coordination.people import access

PAGE = 50

AGREED = Coalesce(F("next_step_on"), F("contact_by"))
# Until somebody was reached only a pause moves the day of the first contact: the clock can't be talked away.
DUE = Case(When(~Q(state=FollowUpState.PAUSED), reached_at=None, then=Least(AGREED, F("contact_by"))), default=AGREED)


def person_link(young_person):
    """Where those who take part read about the young person."""
    return reverse("pages:person", args=[young_person.public_id])


def is_excluded(membership, young_person):
    """Whether this membership must not learn of the young person."""
    return access.exclusions_of(membership).filter(young_person=young_person).exists()


def follow_up_or_404(request, public_id, *, to="coordinate"):
    """The follow-up, for its area's coordinators; else the 404 of one that doesn't exist. Writes the look."""
    follow_up = (
        FollowUp.objects.filter(public_id=public_id, area=request.membership.area)
        .select_related("young_person__municipality", "area", "owner__user", "owner__agency")
        .first()
    )
    if follow_up is None:
        raise Http404
    access.hold_the_door(request, follow_up.young_person, to=to)
    return follow_up


def due_on(follow_up):
    """The day on which something is due, as DUE has it for many: the next step's where one is agreed, else the first
    contact's, which stays due until somebody was reached or the follow-up was paused."""
    agreed = follow_up.next_step_on or follow_up.contact_by
    if follow_up.reached_at is None and follow_up.state != FollowUpState.PAUSED:
        return min(agreed, follow_up.contact_by)
    return agreed


def late():
    """Open follow-ups that stand still: the day of the next step or the first contact has passed, or somebody was
    reached and no next step was agreed."""
    return _open_by_due().filter(late=True).select_related("area", "young_person")


def _open_by_due():
    stands_still = Q(due__lt=today()) | Q(reached_at__isnull=False, next_step="")
    return (
        FollowUp.objects.filter(state__in=OPEN_STATES)
        .annotate(due=DUE)
        .annotate(late=ExpressionWrapper(stands_still, output_field=BooleanField()))
        .order_by("-late", "due", "pk")
    )


def desk(membership, *, page=1):
    """One page of the area's open follow-ups, those that stand still first, then by what is due; and whether more
    follow. Each row has `late` and `due`."""
    rows = list(
        _open_by_due()
        .filter(~access.excluded(membership), area=membership.area)
        .select_related("young_person", "owner__user")[(page - 1) * PAGE : page * PAGE + 1]
    )
    return rows[:PAGE], len(rows) > PAGE


def closed(membership, *, limit=25):
    """The follow-ups of the area that were closed lately and can still be seen."""
    return (
        FollowUp.objects.filter(
            area=membership.area,
            state=FollowUpState.CLOSED,
            young_person__in=access.grounds_for(membership, "coordinate").values("young_person"),
        )
        .select_related("young_person", "owner__user")
        .order_by("-closed_at")[:limit]
    )


def asked_adults(follow_up):
    """The adults on the sheet who are still asked about."""
    return (
        follow_up.asked.filter(left_at=None)
        .select_related("membership__user", "membership__agency__area", "legal_ground")
        .order_by("joined_at", "pk")
    )


def seen_follow_up(young_person, viewer, *, coordinates):
    """The follow-up that this viewer reads about: for coordinators the latest, for somebody who takes part the one in
    which the young person chose them. What others begin later is not theirs to see."""
    found = FollowUp.objects.filter(young_person=young_person).exclude(state=FollowUpState.NOT_NEEDED)
    if not coordinates:
        found = found.filter(public_id__in=access.chosen_in(viewer, young_person))
    return found.select_related("owner__user", "owner__agency__area", "young_person").order_by("-opened_at").first()


def network(follow_up, viewer):
    """The network card's rows: the coordinator who owns the follow-up, then every adult who takes part in it.

    Somebody of a sensitive agency shows as "a professional" without name or number: the coordinator reaches them.
    With non-disclosure agencies appear by kind, since a name would tell the municipality.
    """
    person = follow_up.young_person
    rows = []
    if follow_up.owner:
        rows.append(_row(follow_up.owner, viewer, person, since=follow_up.taken_up_at, coordinates=True))
    parts = person.grounds.open().filter(kind="participation", source=follow_up.public_id)
    taking_part = Membership.objects.open().filter(pk__in=parts.values("membership"))
    adults = follow_up.asked.filter(takes_part=AskedAdult.TakesPart.YES, left_at=None, membership__in=taking_part)
    for adult in adults.select_related("membership__user", "membership__agency__area"):
        rows.append(_row(adult.membership, viewer, person, since=adult.decided_at, coordinates=False))
    return rows


def _row(membership, viewer, young_person, *, since, coordinates):
    agency = membership.agency
    hidden = is_hidden(agency, viewer)
    by_kind = young_person.non_disclosure and membership.pk != viewer.pk
    return {
        "name": "" if hidden else membership.user.get_full_name(),
        "agency": shown_name(agency, viewer) if hidden or not by_kind else agency.get_kind_display(),
        "role": "" if hidden else membership.job_title or membership.get_role_display(),
        "phone": "" if hidden or by_kind else membership.user.phone,
        "email": "" if hidden or by_kind else membership.user.email,
        "since": since,
        "is_me": membership.pk == viewer.pk,
        "coordinates": coordinates,
    }


def feedback(memberships, people):
    """What the young person lets flaggers know, by (membership id, person id): "wanted" or "talked", never a no."""
    found = {}
    adults = AskedAdult.objects.filter(
        membership__in=memberships,
        follow_up__young_person__in=people,
        follow_up__state__in=OPEN_STATES,
        left_at=None,
    ).values_list("membership_id", "follow_up__young_person_id", "takes_part", "may_know")
    for membership, person, takes_part, may_know in adults.order_by("decided_at"):
        if takes_part == AskedAdult.TakesPart.YES:
            found[membership, person] = "wanted"
        elif may_know == AskedAdult.MayKnow.YES:
            found[membership, person] = "talked"
    return found
