"""Page-ready reads of the joint plan: who reads what of it, and what is one's own to do."""

from dataclasses import dataclass, field

from django.db.models import Q

from coordination.assessments import planning, rules
from coordination.assessments.models import Goal, PlanAction
from coordination.assessments.queries import summaries
from coordination.assessments.states import AssessmentState
from coordination.clocks.rules import today
from coordination.people.access import CHOSEN, grounds_for
from coordination.people.exclusions import excluded
from coordination.people.models import Ground
from coordination.people.rules import age_on
from coordination.services.rules import page_beside, shown_service

Kind = Ground.Kind
AT_ONCE = 50
_ADULTS = [f"{one}__{more}" for one in ("responsible", "done_by") for more in ("user", "agency__area")]
READ = ["goal", "unmet", "service__service_class", "service__owner__area", *_ADULTS]


@dataclass
class ShownAction:
    """One action as its reader may see it."""

    action: PlanAction
    responsible: str
    service: str = ""
    page: str = ""
    age: int | None = None
    done_by: str = ""
    is_own: bool = False


@dataclass
class ShownGoal:
    """A goal with what is done for it; without a goal what is done beside them all."""

    goal: Goal | None
    actions: list = field(default_factory=list)


def shown_in(room):
    """What the page of a room shows of summary and plan: all of it to the worker; once it is signed, the whole of it to
    the summary's readers, and to others who take part what they are responsible for, with its goal."""
    assessment, is_open = room.assessment, room.assessment.state == AssessmentState.OPEN
    summary = summaries.read_in(room)
    reads_all = room.is_worker or summary is not None and not is_open
    found = {
        "summary": summary,
        "summary_readers": summaries.readers_of(summary, room) if summary else [],
        "plan": [],
        "plan_can_change": room.is_worker and is_open,
        "plan_can_be_done": not is_open,
        "reopening": assessment.reopenings.last() if room.is_worker else None,
    }
    if reads_all or not is_open:
        actions = assessment.actions.select_related(*READ)
        actions = list(actions if reads_all else actions.filter(responsible=room.membership))
        goals = assessment.goals.all() if reads_all else _goals_of(actions)
        found["plan"] = _laid_out(goals, actions, room)
    return found


def _goals_of(actions):
    """The goals of these actions, each once."""
    found = {action.goal_id: action.goal for action in actions if action.goal_id}
    return [found[key] for key in sorted(found)]


def _laid_out(goals, actions, room):
    rows = [shown(one, room) for one in actions]
    plan = [ShownGoal(goal, [one for one in rows if one.action.goal_id == goal.pk]) for goal in goals]
    beside = [one for one in rows if one.action.goal_id is None]
    return [*plan, ShownGoal(None, beside)] if beside else plan


def shown(action, room):
    """One action as whoever came into this room sees it."""
    found = ShownAction(action, action.responsible_name, is_own=action.responsible_id == room.membership.pk)
    if action.responsible:
        found.responsible = room.named(action.responsible)
    if action.done_by:
        found.done_by = room.named(action.done_by)
    if action.service:
        about, coordinates = room.young_person, room.is_worker
        found.service = shown_service(action.service, room.membership, about=about, coordinates=coordinates)
        found.page = page_beside(action.service, room.membership, about=about)
    if action.unmet:
        found.age = age_on(room.young_person.birth_date, today())
    return found


def mark(assessment):
    """A mark of the summary and the plan as they stand, by which whoever signs signs what they have read."""
    goals = [(one.pk, one.words) for one in assessment.goals.all()]
    number = rules.number_of(summaries.latest(assessment))
    return planning.mark_of(number, goals, [mark_of_action(one) for one in assessment.actions.all()])


def mark_of_goal(goal):
    """A mark of the goal as it stands."""
    return planning.mark_of(goal.words)


def mark_of_action(action):
    """A mark of the action as it stands."""
    keys = (action.goal_id, action.service_id, action.unmet_id, action.responsible_id)
    return planning.mark_of(action.pk, action.kind, action.what, keys, action.responsible_name, action.due_on)


def held_by(membership):
    """The actions that this membership may call done, as a query: what it is responsible for, as long as it sees the
    child for the assessment or by the young person's own choice, and all in the assessments that it answers for. What
    isn't signed isn't to be done yet, and nothing of a child of whom it must not learn."""
    answers_for = _sources(membership, Kind.ASSESSMENT)
    sees = _in_room(membership) | Q(young_person__in=by_own_choice(membership).values("young_person"))
    found = PlanAction.objects.filter(~excluded(membership)).exclude(assessment__state=AssessmentState.OPEN)
    return found.filter(Q(responsible=membership) & sees | Q(assessment__public_id__in=answers_for))


def by_own_choice(membership):
    """The grounds by which this membership sees young people who chose or permitted that themselves; a coordinator
    coordinates unasked."""
    return grounds_for(membership, "view_network").filter(kind__in=[*CHOSEN, Kind.TALK])


def _sources(membership, *kinds):
    return Ground.objects.open().filter(membership=membership, kind__in=kinds).values("source")


def _in_room(membership):
    """Whether this membership comes into the action's assessment. By the young person's choice alone somebody sees what
    they are to do themselves; the goal is the child's own words there."""
    return Q(assessment__public_id__in=_sources(membership, Kind.ASSESSMENT, Kind.CONTRIBUTION))


def actions_of(membership):
    """What this membership is responsible for and hasn't done yet, by the last day; the same statements however many
    there are."""
    return list(_own(membership).filter(done_at=None)[:AT_ONCE])


def done_of(membership):
    """What this membership was responsible for and is done, the latest first."""
    return list(_own(membership).exclude(done_at=None).order_by("-done_at", "-pk")[:AT_ONCE])


def _own(membership):
    found = held_by(membership).filter(responsible=membership).annotate(is_in_room=_in_room(membership))
    return found.select_related("young_person", "assessment", "goal").order_by("due_on", "pk")


def about(action):
    """By what the use log knows whom the action is about: the assessment, as long as there is one."""
    return action.assessment or action.young_person


def ground_of(membership, action):
    """Why this membership sees the action: a kind of ground."""
    if action.assessment and PlanAction.objects.filter(_in_room(membership), pk=action.pk).exists():
        return Kind.ASSESSMENT if action.assessment.worker_id == membership.pk else Kind.CONTRIBUTION
    grounds = by_own_choice(membership).filter(young_person=action.young_person)
    return grounds.values_list("kind", flat=True).first()
