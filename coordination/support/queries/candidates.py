"""Who could be a young person's one adult, side by side, and why somebody can't be."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q

from coordination.agencies.models import Membership, Training, User
from coordination.agencies.rules import shown_adult
from coordination.clocks.rules import today
from coordination.people.exclusions import kept_away
from coordination.people.models import Ground
from coordination.support import rules
from coordination.support.models import Support
from coordination.support.queries.texts import agencies_that_accepted
from coordination.support.states import SupportState

# Administrators keep reference data and see no young people; who acts for one role may act for another, too.
ROLES = [Membership.Role.PROFESSIONAL, Membership.Role.COORDINATOR]
PAGE = 20
_SPOKEN = dict(User.Spoken.choices)


@dataclass(frozen=True)
class Candidate:
    """One professional for the comparison, as the reader may see them; `problem` says why they can't be asked.

    What they share with the young person: `since` when they take part, `earlier` they were the one adult until then,
    `declined` they were asked and said no then.
    """

    membership: Membership
    name: str
    agency: str
    job_title: str
    languages: list
    caseload: int
    since: datetime | None = None
    earlier: datetime | None = None
    declined: datetime | None = None
    problem: str = ""


def network(young_person):
    """The memberships that take part with the young person now, and since when each."""
    grounds = young_person.grounds.open().filter(kind=Ground.Kind.PARTICIPATION, membership__isnull=False)
    since = dict(grounds.values_list("membership", "from_at"))
    open_ones = Membership.objects.open().filter(pk__in=since)
    return [*open_ones.select_related("user", "agency__area").order_by("user__last_name", "user__first_name")], since


def others(area, *, search, besides):
    """The area's other professionals by a part of the name, one more than are shown; all of them without a search."""
    found = Membership.objects.open().filter(agency__area=area, role__in=ROLES).exclude(pk__in=besides)
    for word in search.split():
        found = found.filter(Q(user__first_name__icontains=word) | Q(user__last_name__icontains=word))
    found = found.select_related("user", "agency__area").order_by("user__last_name", "user__first_name", "pk")
    return [*found[: PAGE + 1]]


def by_public_id(area, public_id):
    """The area's open membership with this public id, as it was sent; None for anything else."""
    try:
        wanted = UUID(public_id)
    except ValueError:
        return None
    found = Membership.objects.open().filter(public_id=wanted, agency__area=area)
    return found.select_related("user", "agency__area").first()


@dataclass(frozen=True)
class Found:
    """A professional who was found by name, as the reader may see them."""

    membership: Membership
    name: str
    detail: str


def found_by_name(area, *, viewer, young_person, search, chosen, not_these, coordinates=True):
    """(found, whether there are more): the area's professionals by a part of the name, where there is a `search` (None:
    none), and whoever was `chosen` (a public id as it was sent). None of the users with the ids `not_these`, and nobody
    whom the viewer may not know of where they don't coordinate: whoever can't be asked simply isn't there."""
    found, has_more = [], False
    if search is not None:
        besides = Membership.objects.filter(user__in=not_these).values("pk")
        found = others(area, search=search, besides=besides)
        found, has_more = found[:PAGE], len(found) > PAGE
    one = by_public_id(area, chosen)
    if one and one not in found and one.role in ROLES and one.user_id not in not_these:
        found.append(one)
    shown = [_found(one, viewer, young_person, coordinates=coordinates) for one in found]
    return [one for one in shown if coordinates or one.detail], has_more


def _found(membership, viewer, young_person, *, coordinates):
    shown = shown_adult(membership, viewer, about=young_person, coordinates=coordinates)
    detail = ", ".join(text for text in (shown.agency, shown.job_title) if text and text != shown.name)
    return Found(membership, shown.name or shown.agency, detail if shown.name else "")


def compared(memberships, young_person, *, area, viewer, since):
    """These memberships as candidates for whoever coordinates the young person; as many queries for one as for many."""
    problems = why_not(memberships, young_person, area=area)
    load = _caseloads(memberships, area)
    before = _before(memberships, young_person)
    rows = []
    for one in memberships:
        shown = shown_adult(one, viewer, about=young_person, coordinates=True)
        spoken = set(one.user.speaks) | {one.user.language}
        rows.append(
            Candidate(
                membership=one,
                name=shown.name or shown.agency,
                agency=shown.agency if shown.name else "",
                job_title=shown.job_title,
                languages=[label for value, label in _SPOKEN.items() if value in spoken],
                caseload=load.get(one.user_id, 0),
                since=since.get(one.pk),
                problem=problems.get(one.pk, ""),
                **before.get(one.user_id, {}),
            )
        )
    return rows


def why_not(memberships, young_person, *, area):
    """Why each of these can't be asked to be the one adult, by the membership's key; nothing for who can."""
    users = {one.user_id for one in memberships}
    day = today()
    facts = rules.Facts(
        area_id=area.pk,
        roles=set(ROLES),
        kept_away=kept_away(young_person),
        refused=set(young_person.refusals.filter(ended_at=None, user__in=users).values_list("user", flat=True)),
        trained=set(
            Training.objects.filter(user__in=users, held_on__lte=day)
            .exclude(ended_on__lte=day)
            .values_list("user", flat=True)
        ),
        accepted=agencies_that_accepted(area),
        adult=set(
            Support.objects.filter(young_person=young_person, state=SupportState.ACTIVE).values_list(
                "adult__user", flat=True
            )
        ),
    )
    found = {one.pk: rules.why_not_asked(one, facts) for one in memberships}
    return {pk: sentence for pk, sentence in found.items() if sentence}


def _caseloads(memberships, area):
    """For how many young people of the area each user is the one adult now, whatever they act for."""
    users = [one.user_id for one in memberships]
    counted = Support.objects.filter(adult__user__in=users, area=area, state=SupportState.ACTIVE)
    return dict(counted.values_list("adult__user").annotate(Count("pk")).order_by())


def _before(memberships, young_person):
    """What became of earlier namings of these users for this young person."""
    users = [one.user_id for one in memberships]
    earlier = Support.objects.filter(
        young_person=young_person,
        adult__user__in=users,
        state__in=[SupportState.ENDED, SupportState.DECLINED],
    ).select_related("adult")
    found = {}
    for one in earlier.order_by("named_at", "pk"):
        ended = one.state == SupportState.ENDED
        found.setdefault(one.adult.user_id, {})["earlier" if ended else "declined"] = (
            one.ended_at if ended else one.answered_at
        )
    return found
