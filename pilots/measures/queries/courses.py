"""Courses as their owner reads them: who answered what, and what it says."""

from dataclasses import dataclass, field

from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.http import Http404

from coordination.agencies.models import Membership
from coordination.clocks.rules import today
from coordination.people import access
from coordination.people.exclusions import keeps_away
from coordination.people.models import Ground
from coordination.people.rules import age_on
from pilots.measures import rules
from pilots.measures.models import Course, Instrument, Respondent, Response, Session

Role = Membership.Role
_INSTRUMENTS = ("outcome", "alliance")


@dataclass
class Told:
    """A course with all that has been answered in it: {instrument: {respondent: readings}}."""

    course: Course
    sessions: list[Session]
    readings: dict = field(default_factory=dict)

    @property
    def standing(self):
        """How the course stands, by its outcome."""
        return rules.standing_of(self.readings.get(self.course.outcome, {}))

    @property
    def is_alert(self):
        """Whether the last score of anybody's alliance is to be talked about."""
        return any(found[-1].is_alert for found in self.readings.get(self.course.alliance, {}).values())


def _found():
    responses = Prefetch("responses", Response.objects.filter(replaced_at=None), to_attr="counting")
    sessions = Prefetch("sessions", Session.objects.order_by("number").prefetch_related(responses), to_attr="in_order")
    parts = [f"{name}__{part}" for name in _INSTRUMENTS for part in ("cutoffs", "scales")]
    found = Course.objects.select_related("young_person", "membership", "pilot", *_INSTRUMENTS)
    return found.prefetch_related(sessions, *parts)


def told(course):
    """What one course says; it comes from `open_of` or `with_all`."""
    readings = {}
    for instrument in course.instruments:
        cutoffs, scores = list(instrument.cutoffs.all()), {}
        for session in course.in_order:
            age = age_on(course.young_person.birth_date, session.held_on)
            for response in session.counting:
                if response.instrument_id == instrument.pk:
                    cutoff = rules.cutoff_of(cutoffs, response.respondent, age)
                    score = rules.Score(session.number, session.held_on, sum(response.numbers), cutoff)
                    scores.setdefault(response.respondent, []).append(score)
        in_order = {one: scores[one] for one in Respondent.values if one in scores}
        readings[instrument] = {one: rules.readings(instrument, found) for one, found in in_order.items()}
    return Told(course, course.in_order, readings)


def with_all(which):
    """These courses with all that was answered in them, in a few statements however many there are."""
    return [told(course) for course in _found().filter(**which)]


def course_or_404(request, public_id):
    """The acting membership's own course, while it works with the young person by a ground of its own; the look at it
    is written. For everybody else there is no such course."""
    course = _found().filter(public_id=public_id, membership=request.membership).first()
    if course is None:
        raise Http404
    course.young_person = person_or_404(request, course.young_person.public_id)
    return course


def person_or_404(request, public_id):
    """The young person with whom the acting membership works; the look is written."""
    ground = access.ground_or_404(request, public_id, to="view_network")
    if access.WORKING.isdisjoint(one.kind for one in ground.beside):
        raise Http404
    return ground.young_person


def may_go_on(course):
    """Whether the course's membership still works with its young person."""
    return access.works_with(course.membership, course.young_person)


def open_of(membership):
    """The membership's own open courses with young people whom it works with, the latest begun first."""
    seen = Exists(access.working(membership).filter(young_person=OuterRef("young_person")))
    return [told(course) for course in _found().filter(seen, membership=membership, ended_on=None)]


def measures_of(membership, young_person, kinds):
    """The membership's own courses with this young person, and whether one can be begun; None for whoever doesn't work
    with them by one of these `kinds` of grounds, by which the page has come to be seen."""
    if access.WORKING.isdisjoint(kinds):
        return None
    found = Course.objects.filter(membership=membership, young_person=young_person)
    courses = list(found.select_related(*_INSTRUMENTS).order_by(F("ended_at").desc(nulls_first=True), "-pk")[:20])
    return {"courses": courses, "may_begin": not courses or courses[0].ended_on is not None}


def offered(young_person, area, kind):
    """The instruments of this kind that fit the young person's age today, the portal's and the area's own."""
    found = Instrument.objects.filter(Q(area=area) | Q(area=None), kind=kind, in_use=True)
    age = age_on(young_person.birth_date, today())
    return [one for one in found.order_by("name_fi", "pk") if rules.fits_age(one, age)]


def works_no_more(member):
    """The condition for rows whose `member` (the name of the column) works with their young person no more, though it
    goes on working."""
    own = Ground.objects.open().filter(young_person=OuterRef("young_person"), kind__in=access.WORKING)
    by_itself = Exists(own.filter(membership=OuterRef(member)))
    by_area = Exists(own.filter(area=OuterRef(f"{member}__agency__area"))) & Q(**{f"{member}__role": Role.COORDINATOR})
    return ~(by_itself | by_area) | Exists(keeps_away(member, young_person="young_person"))


def unseen():
    """Open courses that nobody could go on with, or end."""
    return Course.objects.filter(works_no_more("membership"), ended_on=None)


def left_open_by(membership):
    """The open courses of this membership, an OuterRef or a row."""
    return Course.objects.filter(membership=membership, ended_on=None)
