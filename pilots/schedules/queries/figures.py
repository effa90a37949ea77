"""What schedules come to: facts of half-years with nobody in them, and what may be told of them."""

from datetime import timedelta

from django.db.models import Min, Q
from django.utils.translation import gettext as _

from coordination.clocks.rules import day_of, half_year_after, half_year_of, today
from coordination.interface.halves import Column, counts
from coordination.interface.small_numbers import NOTHING, Told
from pilots.registry.queries.figures import Fact, Figures, bars, own_halves, share
from pilots.schedules.models import DueStep, Enrolment, ScheduleFact

What = ScheduleFact.What
_ALL = Q()
COUNTED = (What.BEGUN, What.IN_TIME, What.LATE, What.LEFT_OUT)


def facts_in(area, half, which=_ALL):
    """[(fact, how many people)] of the half-year with this first day, of the schedules of this area's pilots, or of
    `which` of them. Each young person is counted once for each thing, by the first of their days, but in the share of
    what was done in time each step counts."""
    found, seen = [], set()
    for person, what, value, pilot, agency in _happened(area, half, which):
        is_first = (person, pilot, what) not in seen
        seen.add((person, pilot, what))
        if is_first or what == What.DONE:
            found.append((Fact(what, pilot, (agency,), value), int(is_first)))
    return found


def _happened(area, half, which):
    """(young person, what, value, pilot, agency) of everything in the half-year, in the order of its days."""
    last = half_year_after(half) - timedelta(days=1)
    enrolments = Enrolment.objects.filter(which, pilot__area=area)
    for one in enrolments.select_related("begun_by").order_by("begun_at", "pk"):
        if half <= day_of(one.begun_at) <= last:
            yield one.young_person_id, What.BEGUN, 0, one.pilot_id, one.begun_by.agency_id
    settled = DueStep.objects.filter(enrolment__in=enrolments).select_related("enrolment", "done_by")
    for one in settled.filter(done_on__range=(half, last)).order_by("done_on", "pk"):
        told = one.enrolment.pilot_id, one.done_by.agency_id
        in_time = one.done_on <= one.due_on
        yield one.enrolment.young_person_id, What.IN_TIME if in_time else What.LATE, 0, *told
        yield one.enrolment.young_person_id, What.DONE, int(in_time), *told
    for one in settled.filter(left_out_at__isnull=False).order_by("left_out_at", "pk"):
        if half <= day_of(one.left_out_at) <= last:
            told = one.enrolment.pilot_id, one.done_by.agency_id
            yield one.enrolment.young_person_id, What.LEFT_OUT, 0, *told


def facts_to_keep(enrolment):
    """What figures still need of a schedule that is about to be erased, as [(half-year, fact, how many people)].

    A young person of whom another schedule of the pilot tells the same is counted with that one.
    """
    if not enrolment.pilot:
        return []
    kept, area, own = [], enrolment.pilot.area, Q(pk=enrolment.pk)
    for half in _halves_of(enrolment):
        others = facts_in(area, half, ~own & Q(young_person=enrolment.young_person_id))
        elsewhere = {(fact.what, fact.pilot_id) for fact, _people in others}
        for fact, people in facts_in(area, half, own):
            is_elsewhere = (fact.what, fact.pilot_id) in elsewhere
            if fact.what == What.DONE or not is_elsewhere:
                kept.append((half, fact, 0 if is_elsewhere else people))
    return kept


def _halves_of(enrolment):
    """The half-years in which something of this schedule could be counted."""
    first = enrolment.due_steps.aggregate(day=Min("done_on"))["day"]
    half = half_year_of(min(filter(None, [first, day_of(enrolment.begun_at)])))
    while half <= today():
        yield half
        half = half_year_after(half)


def _share_in_time(half):
    """The share of the steps done in time, where enough young people stand behind both its parts: many late steps can
    be one young person's, and an exact share would tell that somebody was late where "<5" tells nothing."""
    is_told = half.number(What.IN_TIME).is_shown and half.number(What.LATE).is_shown
    return share([half], What.DONE) if is_told else Told(NOTHING)


def figures_of(pilot):
    """The figures of the half-years that have been counted; done in time drawn beside done late."""
    own = own_halves(ScheduleFact, pilot)
    if not own:
        return Figures()
    columns = {what: counts(list(own.values()), what) for what in COUNTED}
    columns[What.DONE] = Column([_share_in_time(one) for one in own.values()])
    heads = [
        _("Came along"),
        _("Something done in time"),
        _("Something done late"),
        _("Something left out"),
        _("Of the steps done, in time"),
    ]
    named = {_("in time"): columns[What.IN_TIME], _("late"): columns[What.LATE]}
    title = _("Young people with whom a step was done")
    desc = _("Young people with whom a step was done in time and late, in each half-year. The table says the same.")
    return Figures(list(own), columns, heads, bars(list(own), named, id="done", title=title, desc=desc))
