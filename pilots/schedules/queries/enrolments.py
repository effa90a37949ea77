"""The door of a schedule that is followed with a young person: its owner, and whoever coordinates that young person."""

from dataclasses import dataclass, field

from django.db.models import F, Q
from django.http import Http404
from django.urls import reverse

from coordination.agencies.models import Area
from coordination.agencies.rules import shown_adult
from coordination.follow_ups import queries as follow_ups
from coordination.people import access
from coordination.people.models import Ground
from coordination.people.queries import sights
from coordination.support.queries.network import beside, merged
from pilots.measures.models import Course
from pilots.measures.queries.courses import works_no_more
from pilots.schedules import rules
from pilots.schedules.models import Enrolment, ScheduleStep
from pilots.schedules.queries.steps import steps

Kind, State = ScheduleStep.Kind, rules.State
COORDINATION = Ground.Kind.COORDINATION
_COLOURS = {
    State.LATE: "red",
    State.NOW: "yellow",
    State.IN_TIME: "green",
    State.DONE_LATE: "orange",
}


@dataclass
class Opened:
    """A schedule of a young person as one membership comes into it: as its owner, as whoever coordinates, or both."""

    enrolment: Enrolment
    membership: object
    is_owner: bool
    coordinates: bool
    rows: list = field(default_factory=list)

    @property
    def young_person(self):
        return self.enrolment.young_person

    @property
    def all_is_settled(self):
        """Whether nothing more is to be done in it."""
        return not any(row.state in (State.LATE, State.NOW, State.COMING) for row in self.rows)

    @property
    def is_untouched(self):
        """Whether nothing was done yet, so that the first day can be changed."""
        return rules.is_untouched(self.rows)

    @property
    def owner_name(self):
        """Who does what is due."""
        return self.named(self.enrolment.owner)

    def named(self, membership):
        """A professional in one line, as the reader may know them beside the young person."""
        shown = shown_adult(membership, self.membership, about=self.young_person, coordinates=self.coordinates)
        return ", ".join(filter(None, [shown.name, shown.agency]))


def _found():
    return Enrolment.objects.select_related("young_person", "schedule", "pilot", "owner__user", "owner__agency__area")


def enrolment_or_404(request, public_id):
    """The schedule, for its owner and for whoever coordinates the young person; the look at it is written. For
    everybody else, whatever they see of the young person, there is no such schedule."""
    enrolment = _found().filter(public_id=public_id).first()
    if enrolment is None:
        raise Http404
    ground = access.ground_or_404(request, enrolment.young_person.public_id, to="view_network")
    opened = _opened(enrolment, request.membership, {one.kind for one in ground.beside})
    if opened is None:
        raise Http404
    enrolment.young_person = ground.young_person
    return opened


def _opened(enrolment, membership, kinds):
    is_owner = enrolment.owner_id == membership.pk and not access.WORKING.isdisjoint(kinds)
    coordinates = membership.is_coordinator and COORDINATION in kinds
    return Opened(enrolment, membership, is_owner, coordinates) if is_owner or coordinates else None


def held_for(membership, enrolment, *, as_owner=False):
    """The schedule as it stands, with everybody else waiting who would change it. Raises NotNow for whoever neither
    owns it nor coordinates, or with `as_owner` for anybody but its owner, and once it has ended."""
    found = held(enrolment)
    person = found.young_person
    coordinates = membership.is_coordinator and access.may(membership, "coordinate", person) and not as_owner
    if not coordinates and (found.owner_id != membership.pk or not access.works_with(membership, person)):
        raise rules.not_yours()
    rules.check_open(found)
    return found


def held(enrolment):
    """The schedule as it stands, with everybody else waiting who would change it."""
    return _found().select_for_update(of=["self"], no_key=True).get(pk=enrolment.pk)


def due_or_404(opened, public_id):
    """One step of this very schedule."""
    found = steps().filter(enrolment=opened.enrolment, public_id=public_id).first()
    if found is None:
        raise Http404
    found.enrolment = opened.enrolment
    return found


def rows_of(opened):
    """The steps for the page, each with how it stands and what its owner can do."""
    enrolment = opened.enrolment
    is_open = enrolment.ended_on is None
    found = steps().filter(enrolment=enrolment).select_related("sheet", "step__questionnaire")
    rows = list(found.order_by("due_on", "step__order", "pk"))
    measured_at = _measured_at(opened) if any(one.step.kind == Kind.MEASURE for one in rows) else ""
    for one in rows:
        one.done = one.done_on or (one.elsewhere if is_open else None)
        one.state = rules.state_of(one, done_on=one.done, is_open=is_open)
        one.colour = _COLOURS.get(one.state, "grey")
        may = is_open and opened.is_owner
        one.may_do = may and one.state in (State.LATE, State.NOW, State.COMING)
        one.may_reopen = may and not one.elsewhere and not one.may_do
        one.may_begin_form = rules.can_begin_form(one, opened.membership)
        one.own_sheet = one.sheet if one.sheet and not one.may_begin_form else None
        one.measured_at = measured_at if one.may_do and one.step.kind == Kind.MEASURE else ""
    return rows


def changes_of(enrolment, rows):
    """What is otherwise in these rows of it than the schedule says by now."""
    person = enrolment.young_person
    days = rules.days_of(enrolment.schedule.steps.all(), enrolment.first_day, person.birth_date)
    return rules.changes(rows, days)


def _measured_at(opened):
    """Where the reader takes measures with the young person: their open course, or the page that begins one."""
    person = opened.young_person
    course = Course.objects.filter(membership=opened.membership, young_person=person, ended_on=None).first()
    return course.get_absolute_url() if course else reverse("measures:begin", args=[person.public_id])


def schedules_of(membership, young_person, kinds):
    """What this membership sees of the schedules followed with the young person, the open ones first; None for whoever
    doesn't work with them by one of these `kinds` of grounds, and so can't begin one."""
    if access.WORKING.isdisjoint(kinds):
        return None
    seen = Q() if membership.is_coordinator and COORDINATION in kinds else Q(owner=membership)
    found = _found().filter(seen, young_person=young_person)
    rows = list(found.order_by(F("ended_at").desc(nulls_first=True), "-pk")[:20])
    for one in rows:
        one.young_person = young_person
        is_others = one.owner and one.owner_id != membership.pk
        one.who = Opened(one, membership, is_owner=False, coordinates=True).named(one.owner) if is_others else ""
    return rows


def can_take_over(opened):
    """[(membership, its name)] of whoever the schedule can be handed to: those whom the reader's own page of the young
    person names, while they work with them; for whoever coordinates, all coordinators, too."""
    person, viewer = opened.young_person, opened.membership
    known = {"coordinates": opened.coordinates}
    follow_up = follow_ups.seen_follow_up(person, viewer, **known)
    adults = follow_ups.shown_adults(follow_up, viewer, **known) if follow_up else []
    support = beside(person, viewer, sees=sights(viewer, person), follow_up=follow_up, adults=adults, **known)
    network = follow_ups.network(follow_up, viewer, adults, **known) if follow_up else []
    found = [row["membership"] for row in merged(network, support.rows) if row["name"]]
    if opened.coordinates:
        found += [one for one in coordinators_of(person) if one not in found]
    found = [one for one in found if one.pk != opened.enrolment.owner_id and access.works_with(one, person)]
    return [(one, opened.named(one)) for one in found]


def coordinators_of(young_person):
    """Whoever coordinates the young person now, in whichever areas."""
    grounds = Ground.objects.open().filter(young_person=young_person, kind=COORDINATION)
    areas = Area.objects.filter(pk__in=grounds.values("area")).order_by("pk")
    return [one for area in areas for one in access.coordinators(area, young_person)]


def left_open_by(membership):
    """The open schedules that this membership, an OuterRef or a row, follows."""
    return Enrolment.objects.filter(owner=membership, ended_on=None)


def overtaken():
    """Open schedules whose owner works with the young person no more, and those that nobody follows."""
    return Enrolment.objects.filter(Q(owner=None) | works_no_more("owner"), ended_on=None)
