"""What colleagues of one agency talk over: the courses that their owners have put up, and nothing of any other.

No number here counts a course that wasn't put up: with a handful of courses each, even a sum would tell of somebody.
"""

from dataclasses import dataclass, field

from django.http import Http404

from coordination.agencies.models import Membership
from coordination.people.exclusions import excluded
from pilots.measures.models import Course
from pilots.measures.queries.courses import Told, open_of, unseen, with_all
from pilots.measures.rules import Standing


@dataclass(frozen=True)
class PutUp:
    """One course that is talked over, by its number among its owner's."""

    number: int
    told: Told


@dataclass
class Colleague:
    """Somebody of the agency, with what they have put up."""

    membership: Membership
    courses: list[PutUp] = field(default_factory=list)

    @property
    def name(self):
        """Their name."""
        return self.membership.user.get_full_name()

    @property
    def counts(self):
        """How many of these courses stand how, and of how many the alliance is to be talked about."""
        return _counts([one.told for one in self.courses])


@dataclass(frozen=True)
class Team:
    """The reader's own courses as numbers, and what the whole team has put up."""

    own: dict
    colleagues: list[Colleague]


def team_of(membership):
    """The team's page as this member reads it: a course about whose young person they must not learn isn't there, and
    nothing tells that one is missing."""
    colleagues = {}
    for told in with_all(_put_up(membership)):
        owner = told.course.membership
        colleagues.setdefault(owner.pk, Colleague(owner)).courses.append(told)
    for one in colleagues.values():
        in_order = sorted(one.courses, key=lambda told: (told.course.put_up_at, told.course.pk))
        one.courses = [PutUp(number, told) for number, told in enumerate(in_order, start=1)]
    in_order = sorted(colleagues.values(), key=lambda one: (one.name, one.membership.pk))
    return Team(_counts(open_of(membership)), in_order)


def put_up_or_404(membership, public_id):
    """(the colleague, the course) of one that is put up; for anybody who isn't of that team there is none."""
    for colleague in team_of(membership).colleagues:
        for one in colleague.courses:
            if one.told.course.public_id == public_id:
                return colleague, one
    raise Http404


def _put_up(membership):
    """The condition for courses that the member's colleagues have put up and still work on."""
    found = Course.objects.filter(~excluded(membership), membership__in=_colleagues(membership), ended_on=None)
    return {"pk__in": found.exclude(put_up_at=None).exclude(pk__in=unseen().values("pk"))}


def _colleagues(membership):
    return Membership.objects.open().filter(agency=membership.agency_id)


def _counts(found):
    counts = {standing: sum(one.standing == standing for one in found) for standing in Standing}
    return {"all": len(found), "alert": sum(one.is_alert for one in found)} | {
        standing.value: number for standing, number in counts.items()
    }
