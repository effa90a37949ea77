"""Page-ready reads of assessments: the list, the desk, and the room with all its parts."""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from coordination.agencies.rules import shown_adult
from coordination.assessments.models import Assessment, Participant, ReportDeadline
from coordination.assessments.queries import participants, parts, plans, record
from coordination.assessments.queries.reports import due_of
from coordination.assessments.queries.rooms import rooms_of, without_worker
from coordination.assessments.states import MISSING, AssessmentState
from coordination.cards.models import Phase
from coordination.cards.queries import own_card
from coordination.clocks.models import DeadlineRule

AT_ONCE = 50
What = DeadlineRule.What


@dataclass
class Mine:
    """One's own assessments, those one takes part in, those of one's agency that nobody answers for, and the last of
    those that have been handed over. `more` says that more of the latter are kept still."""

    own: list = field(default_factory=list)
    part_of: list = field(default_factory=list)
    untaken: list = field(default_factory=list)
    over: list = field(default_factory=list)
    more: bool = False

    @property
    def assessments(self):
        """All of them."""
        return [*self.own, *self.part_of, *self.untaken, *self.over]


def mine(membership):
    """The assessments of the reader's list, the oldest first, and of those handed over the last; the same statements
    however many there are."""
    rooms = rooms_of(membership)
    over = rooms.filter(state=AssessmentState.HANDED_OVER).order_by("-handed_at", "-pk")
    over = _listed(over[: AT_ONCE + 1], membership)
    untaken = _listed(_oldest_first(without_worker(membership)), membership)
    found = Mine(untaken=untaken, over=over[:AT_ONCE], more=len(over) > AT_ONCE)
    for one in _listed(_oldest_first(rooms.exclude(state=AssessmentState.HANDED_OVER)), membership):
        (found.own if one.is_own else found.part_of).append(one)
    return found


def on_desk(membership):
    """What of assessments waits for this membership: those it answers for, and those in which its part is missing; with
    the last day of each."""
    rooms = rooms_of(membership).exclude(state=AssessmentState.HANDED_OVER)
    asked = Participant.objects.filter(assessment=OuterRef("pk"), membership=membership, state__in=MISSING)
    waiting = rooms.filter(Q(worker=membership) | Q(Exists(asked), state=AssessmentState.OPEN))
    return _listed(_oldest_first(waiting)[:AT_ONCE], membership)


def _oldest_first(assessments):
    return assessments.order_by("began_at", "pk")


def _listed(assessments, membership):
    rows = list(assessments.select_related("young_person", "area", "worker"))
    days = _last_days(rows)
    missing = Participant.objects.filter(assessment__in=rows, state__in=MISSING).values_list("assessment", "membership")
    parts = list(missing)
    for one in rows:
        one.is_own = one.worker_id == membership.pk
        one.due = days.get(one.pk)
        waits = one.state == AssessmentState.OPEN  # Once it is signed no part is waited for.
        one.asks = waits and (one.pk, membership.pk) in parts
        one.missing = waits and sum(assessment == one.pk for assessment, _holder in parts)
    return rows


def _last_days(assessments):
    """The last day for finishing of each assessment, by its key: the earliest of its reports'."""
    running = ReportDeadline.objects.filter(report__assessment__in=assessments, what=What.FINISH, done_at=None)
    found = {}
    for one in running.exclude(last_day=None).select_related("rule", "report").order_by("last_day"):
        found.setdefault(one.report.assessment_id, due_of(one))
    return found


def of(room):
    """What the page of a room shows."""
    assessment = room.assessment
    worker = shown_adult(assessment.worker, room.membership, about=room.young_person, coordinates=True)
    context = {"room": room, "assessment": assessment, "adult": worker, "card": _card(room)}
    for step in (participants, parts, plans, record):
        context |= step.shown_in(room)
    if room.is_worker:
        context |= {"steps": steps(room), "reports": _reports(assessment)}
    return context


def _card(room):
    """The reader's own action card of this step."""
    return own_card(room.membership, Phase.SUMMARISE if room.is_worker else Phase.CONTRIBUTE)


def _reports(assessment):
    """What led to the assessment, each with the days that run."""
    found = assessment.reports.order_by("sent_at").prefetch_related("deadlines__rule")
    return [(report, [(one, due_of(one)) for one in report.deadlines.all()]) for report in found]


@dataclass(frozen=True)
class Step:
    """One step of the worker's way: where it is on the page, how it stands, and whether it is done."""

    title: str
    url: str
    state: str
    done: bool


def steps(room):
    """The worker's way from the beginning to the handing over, each step with where it stands."""
    assessment = room.assessment
    states = list(assessment.participants.exclude(ended_at__isnull=False).values_list("kind", "state"))
    missing = sum(state in MISSING for _kind, state in states)
    heard = assessment.child_views.exists()
    is_signed = assessment.state != AssessmentState.OPEN
    is_over = assessment.state == AssessmentState.HANDED_OVER
    written, planned = assessment.summaries.exists(), assessment.actions.exists()
    return [
        _step(_("Who takes part"), "#participants", bool(states), _("%(number)d invited") % {"number": len(states)}),
        _step(_("The child's own view"), "#child-view", heard, _("written down")),
        _step(
            _("Own parts"),
            "#participants",
            bool(states) and not missing,
            _("all here"),
            _("%(number)d missing") % {"number": missing} if missing else "",
        ),
        _step(_("Summary and outcome"), "#summary", written, _("written")),
        _step(_("Joint plan"), "#plan", planned, _("written")),
        _step(_("Sign-off"), "#plan", is_signed, _("signed")),
        _step(_("Handing over"), "#handing", is_over, _("handed over")),
    ]


def _step(title, url, done, said, missing=""):
    return Step(title, url, said if done else missing or _("to be done"), done)


def room_of(membership, young_person):
    """The assessment of this young person into which the membership comes, for the link on the young person's page;
    None where there is none."""
    return Assessment.objects.filter(pk__in=rooms_of(membership).values("pk"), young_person=young_person).first()
