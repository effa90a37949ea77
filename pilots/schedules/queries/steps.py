"""The steps that came of schedules, each with the day on which it was done, by whichever way."""

from django.db.models import DateField, Exists, ExpressionWrapper, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest, TruncDate

from coordination.clocks.rules import HELSINKI, ONE_DAY, months_after, today
from coordination.interface.pages import one_page
from coordination.people import access
from pilots.measures.models import Response
from pilots.schedules import rules
from pilots.schedules.models import DueStep

PAGE = 30
ON_DESK = 10
_SHOWS_FROM = ExpressionWrapper(F("due_on") - F("step__days_before"), output_field=DateField())
_WITH = ("enrolment__young_person", "enrolment__schedule", "step")


def _measured():
    """The day of the first session of the owner's, from the day on which the step showed, in which the instrument was
    answered."""
    found = Response.objects.filter(
        session__course__membership=OuterRef("enrolment__owner"),
        session__course__young_person=OuterRef("enrolment__young_person"),
        instrument=OuterRef("step__instrument"),
        replaced_at=None,
        session__held_on__gte=OuterRef("earliest"),
    )
    return Subquery(found.order_by("session__held_on").values("session__held_on")[:1])


def steps():
    """Every step with `elsewhere`: the day on which what does it was submitted or answered elsewhere, None where it
    wasn't; a step is done by that without a press."""
    found = DueStep.objects.annotate(earliest=Greatest(_SHOWS_FROM, "enrolment__first_day"))
    submitted = TruncDate("sheet__submitted_at", tzinfo=HELSINKI)
    return found.annotate(elsewhere=Coalesce(submitted, _measured())).select_related("step")


def waiting():
    """The steps of open schedules that are still to be done."""
    return steps().filter(done_on=None, left_out_at=None, enrolment__ended_on=None, elsewhere=None)


def done_elsewhere():
    """The steps of open schedules that were done elsewhere, and don't say so yet."""
    return steps().filter(done_on=None, left_out_at=None, enrolment__ended_on=None, elsewhere__isnull=False)


def showing():
    """The steps that wait and show on the desk by now."""
    return waiting().filter(earliest__lte=today()).order_by("due_on", "pk")


def _of(membership, found):
    """Those of these that the membership itself is to do, with young people whom it works with."""
    knows = Exists(access.working(membership).filter(young_person=OuterRef("enrolment__young_person")))
    return found.filter(knows, enrolment__owner=membership).select_related(*_WITH).order_by("due_on", "pk")


def on_desk(membership):
    """(what is late or due now of this membership's, the longest waiting first; whether there is more), in one
    statement."""
    found = _with_state(_of(membership, waiting()).filter(earliest__lte=today())[: ON_DESK + 1])
    return found[:ON_DESK], len(found) > ON_DESK


def mine(membership, *, page):
    """One page of what this membership is to do, the longest waiting first, and whether more follow; each with its
    `part` of the list: what is late, what shows on the desk or is due this month, and what comes later."""
    comes_later = Q(due_on__gt=_last_of_month(today()), earliest__gt=today())
    in_order = _of(membership, waiting()).annotate(comes_later=comes_later).order_by("comes_later", "due_on", "pk")
    rows, has_more = one_page(in_order, page, PAGE)
    found = _with_state(rows)
    for one in found:
        one.part = "late" if one.state == rules.State.LATE else "later" if one.comes_later else "now"
    return found, has_more


def _last_of_month(day):
    return months_after(day.replace(day=1), 1) - ONE_DAY


def _with_state(found):
    rows = list(found)
    for one in rows:
        one.young_person = one.enrolment.young_person
        one.state = rules.state_of(one, done_on=None, is_open=True)
    return rows
