"""The joint plan: goals in the child's own words, and who does what by when."""

from django.db import transaction
from django.utils import timezone

from coordination.agencies.constraints import keeping_constraints
from coordination.assessments import notices, planning, rules
from coordination.assessments.models import Goal, PlanAction
from coordination.assessments.queries import plans as queries
from coordination.assessments.queries import rooms
from coordination.assessments.queries.participants import able_in
from coordination.clocks.rules import today
from coordination.follow_ups.directory import excluded_agencies
from coordination.follow_ups.rules import check_provider_may_learn
from coordination.outbox.commands import done, forget, forget_about
from coordination.people.erasing import erase_rows
from coordination.services.commands import mark_unmet, take_back_unmet
from coordination.services.queries import unmet_in
from coordination.services.rules import check_offered


@transaction.atomic
def add_goal(*, assessment, words, token, by):
    """A goal in the child's own words; the same `token` again gives back the one that it made."""
    held = rooms.held_for_worker(by, assessment)
    if made := held.goals.filter(token=token).first():
        return made
    rules.check_open(held)
    rules.check_said(words.strip())
    return Goal.objects.create(assessment=held, words=words, token=token)


@transaction.atomic
def change_goal(*, goal, words, mark, by):
    """Put a goal into other words. `mark` is that of the goal as it stood when the page was opened; raises NotNow where
    it has been changed since."""
    goal = _held_goal(goal, by)
    rules.check_version(mark, queries.mark_of_goal(goal))
    rules.check_said(words.strip())
    goal.words = words
    goal.save(update_fields=["words"])
    return goal


@transaction.atomic
def remove_goal(*, goal, by):
    """Take a goal away. Raises NotNow while something is to be done for it, and once it has been taken away."""
    goal = _held_goal(goal, by)
    planning.check_goal_empty(goal.actions.exists())
    erase_rows(goal)


def _held_goal(goal, by):
    held = rooms.held_for_worker(by, goal.assessment)
    rules.check_open(held)
    found = held.goals.filter(pk=goal.pk).first()
    planning.check_there(found)
    return found


@transaction.atomic
def add_action(*, assessment, token, by, **columns):
    """Who does what by when; the same `token` again gives back the one that it made.

    `columns` are those of PlanAction: goal, kind, what, service, unmet, responsible, responsible_name and due_on.
    Raises NotNow for somebody who doesn't take part, and for a service that isn't offered or whose provider must not
    learn of the child.
    """
    held = rooms.held_for_worker(by, assessment)
    if made := held.actions.filter(token=token).first():
        return made
    rules.check_open(held)
    action = PlanAction(assessment=held, young_person=held.young_person, token=token)
    return _save(action, held, columns)


@transaction.atomic
def change_action(*, action, mark, by, **columns):
    """Change an action while it is a draft. Raises NotNow as above, where it has been changed since the page was opened
    (`mark`), and where it has been done."""
    held, action = _held_draft(action, by)
    rules.check_version(mark, queries.mark_of_action(action))
    return _save(action, held, columns)


@transaction.atomic
def remove_action(*, action, by):
    """Take an action away, with every trace of it. Raises NotNow once it has been done or taken away."""
    _held, action = _held_draft(action, by)
    erase_rows(action)


def _held_draft(action, by):
    planning.check_there(action.assessment)
    held = rooms.held_for_worker(by, action.assessment)
    rules.check_open(held)
    action = held.actions.filter(pk=action.pk).first()
    planning.check_there(action)
    planning.check_not_done(action)
    return held, action


def _save(action, held, columns):
    was_service, was_due, was_responsible = action.service, action.due_on, action.responsible_id
    for name, value in columns.items():
        setattr(action, name, value)
    rules.check_said(action.what.strip())
    planning.check_answer_of_service(action.kind, service=action.service, unmet=action.unmet)
    planning.check_one_responsible(action.responsible, action.responsible_name)
    rules.check_chosen(filter(None, [action.responsible]), able_in(held))
    planning.check_due(action.due_on, was=was_due)
    planning.check_still_for_one_adult(action)
    if action.goal:
        planning.check_there(held.goals.filter(pk=action.goal_id).exists())
    if action.service and action.service != was_service:
        check_offered(action.service, held.area, today())
        check_provider_may_learn(action.service, excluded_agencies(held.young_person))
    with keeping_constraints():
        action.save()
    if action.responsible_id != was_responsible:
        # That the one before has left is news no more; should this one leave, that is told again.
        forget_about([action.public_id])
    return action


@transaction.atomic
def do_action(*, action, by):
    """It has been done, say the one responsible or the worker. Raises NotNow the second time."""
    action = held_action(action, by)
    planning.check_not_done(action)
    action.done_at, action.done_by = timezone.now(), by
    action.save(update_fields=["done_at", "done_by"])
    _wait_no_more(action)
    return action


@transaction.atomic
def undo_action(*, action, by):
    """It hasn't been done after all. Raises NotNow the second time."""
    action = held_action(action, by)
    planning.check_is_done(action)
    action.done_at = action.done_by = None
    action.save(update_fields=["done_at", "done_by"])
    return action


def held_action(action, by):
    """The action, with everybody else who would change it waiting. Raises NotNow for whoever may not call it done."""
    found = queries.held_by(by).select_for_update(of=["self"]).filter(pk=action.pk).first()
    if found is None:
        raise rules.not_yours()
    return found


def _wait_no_more(action):
    """Once the last of somebody's actions is done, what told of them waits no more."""
    if action.assessment is None or action.responsible is None:
        return
    if not action.assessment.actions.filter(responsible=action.responsible, done_at=None).exists():
        done(about=action.assessment, codes=[notices.PLAN_SIGNED], to=[action.responsible])


def hand_on(assessment, *, former):
    """Another worker answers for the assessment, which the caller holds: what the `former` one still had to do is
    theirs, and nothing of it waits for the former one, unless that one goes on to take part.

    Of whoever left and had promised something the new worker is told anew.
    """
    forget(about=list(assessment.actions.values_list("public_id", flat=True)), to=[former])
    if assessment.participants.filter(membership=former, ended_at=None).exists():
        return
    done(about=assessment, to=[former])
    for action in assessment.actions.filter(responsible=former, done_at=None):
        action.responsible = assessment.worker
        action.save(update_fields=["responsible"])


def mark_needs(assessment, *, by):
    """Mark the needs that no service answers for the map of services, each once; the caller holds the assessment.

    No line in the child's timeline says so: whoever reads that need not know of the assessment.
    """
    source, birth_date = assessment.public_id, assessment.young_person.birth_date
    for action in assessment.actions.exclude(unmet=None).select_related("unmet"):
        mark_unmet(need=action.unmet, source=source, birth_date=birth_date, area=assessment.area, by=by)


def take_back_needs(assessment):
    """Take back every mark that was made of this assessment; the caller holds it."""
    for unmet in unmet_in(assessment.public_id):
        take_back_unmet(unmet=unmet)
