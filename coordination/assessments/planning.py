"""What a summary and a joint plan must say, and what can be done about them when."""

from hashlib import sha256

from django.utils.translation import gettext as _

from coordination.agencies.rules import NotNow
from coordination.assessments.models import PlanAction, Summary
from coordination.assessments.rules import check_said
from coordination.clocks.rules import today

Kind = PlanAction.Kind


def mark_of(*shown):
    """A mark of what a page showed, by which it is known later whether it is still so."""
    return sha256(repr(shown).encode()).hexdigest()[:32]


def check_outcome(*, conclusions, outcome, outcome_why, child_protection, child_protection_why):
    """Raise NotNow for an outcome without its reasons, or one that contradicts them."""
    for words in (conclusions, outcome_why, child_protection_why):
        check_said(words.strip())
    check_agrees(outcome, child_protection=child_protection)


def check_agrees(outcome, *, child_protection):
    """Raise NotNow for child protection as the outcome where it isn't the need."""
    if outcome == Summary.Outcome.CHILD_PROTECTION and not child_protection:
        raise NotNow(_("A client of child protection needs child protection (LSL 27 §). Change one of the two."))


def check_answer_of_service(kind, *, service, unmet):
    """Raise NotNow unless a beginning service is either chosen or missing, and nothing else has either."""
    answers = [one for one in (service, unmet) if one]
    if len(answers) != (1 if kind == Kind.SERVICE else 0):
        raise NotNow(_("Choose which service begins, or which need no service answers."))


def check_one_responsible(responsible, responsible_name):
    """Raise NotNow unless there is exactly one responsible."""
    if bool(responsible) == bool(responsible_name.strip()):
        raise NotNow(_("Choose one who is responsible."))


def check_due(day, *, was=None):
    """Raise NotNow for a last day that has passed, unless it stands there already."""
    if day < today() and day != was:
        raise NotNow(_("The day has already passed."))


def check_there(found):
    """Raise NotNow for a goal or an action that was taken away meanwhile."""
    if not found:
        raise NotNow(_("This has been taken away meanwhile."))


def check_goal_empty(actions):
    """Raise NotNow for a goal that is taken away with what is done for it."""
    if actions:
        raise NotNow(_("Take away what is done for this goal first, or move it to another goal."))


def check_not_done(action):
    """Raise NotNow where it has been done already."""
    if action.done_at:
        raise NotNow(_("This has been done already."))


def check_is_done(action):
    """Raise NotNow where it hasn't been done (any more)."""
    if action.done_at is None:
        raise NotNow(_("This has not been done yet."))


def check_can_be_signed(*, summary, is_heard, gone):
    """Raise NotNow while something is missing without which nobody may sign. `gone`: somebody responsible takes part no
    more."""
    if summary is None:
        raise NotNow(_("Write the summary first."))
    if summary.rights_told_on is None:
        raise NotNow(_("Write into the summary when rights and alternatives were explained."))
    if not is_heard:
        raise NotNow(_("Write down the child's own view first, and how it was heard."))
    if gone:
        raise NotNow(_("Somebody who is responsible for something takes part no more. Choose who does it instead."))


def check_seen(seen, now):
    """Raise NotNow where something was changed since the page was read that is signed."""
    if seen != now:
        raise NotNow(_("Something was changed meanwhile. Read it once more, and then sign."))


def check_can_ask_for_adult(action):
    """Raise NotNow where the coordinators needn't be asked (any more) to name one adult."""
    if action.kind != Kind.ONE_ADULT or action.done_at:
        raise NotNow(_("Nobody needs to be asked for one adult here."))
    if action.agreed_on:
        raise NotNow(_("The coordinators have been asked already."))


def check_still_for_one_adult(action):
    """Raise NotNow where the coordinators were asked for one adult, and the action would be for something else."""
    if action.agreed_on and action.kind != Kind.ONE_ADULT:
        raise NotNow(_("The coordinators have been asked already."))
