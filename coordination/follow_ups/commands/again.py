"""Doing again in a restored backup what the young person took back or forbade since. Nothing is given by it."""

from django.db import transaction

from coordination.follow_ups.commands.guardians import keep_from_learning
from coordination.follow_ups.commands.non_disclosure import hide
from coordination.follow_ups.commands.opening import drop_excluded
from coordination.follow_ups.commands.parts import Decision, TakesPart, decide
from coordination.follow_ups.commands.refusals import drop_refused
from coordination.follow_ups.commands.rows import locked, save
from coordination.people import commands as people
from coordination.people import refusing
from coordination.people.models import Ground, LegalGuardian


@transaction.atomic
def decide_again(*, adult, takes_part, may_know, apart, at):
    """This was said of an adult at that moment. What lets more be seen than the backup does isn't done again: the young
    person is asked anew. Tells whether anything was done."""
    if adult.decided_at is None or adult.decided_at > at:
        return False
    if takes_part == TakesPart.YES and not (apart and adult.takes_part == TakesPart.YES):
        return False
    if adult.takes_part == TakesPart.YES != takes_part and _given_since(adult, at):
        return False
    follow_up = locked(adult.follow_up)
    said_by = adult.said_by if takes_part or may_know else ""
    if not decide(follow_up, Decision(adult, takes_part, may_know, said_by, apart=apart), by=None, at=at):
        return False
    save(follow_up)
    return True


def _given_since(adult, at):
    """Whether a choice that let them see was undone, and came back after that moment: its own moment is older."""
    return Ground.objects.filter(
        kind=Ground.Kind.PARTICIPATION,
        membership=adult.membership_id,
        source=adult.follow_up.public_id,
        ended_at=None,
        from_at__gt=at,
    ).exists()


@transaction.atomic
def exclude_again(*, young_person, by, **values):
    """Somebody was excluded; the others as in `people.commands.exclude`. Tells whether that was forgotten."""
    _exclusion, is_new = people.exclude(young_person=young_person, by=by, **values)
    if is_new:
        drop_excluded(young_person=young_person)
    return is_new


@transaction.atomic
def refuse_again(**values):
    """The young person forbade what an adult had asked for; all values as in `people.refusing.refuse`. Tells whether
    that was forgotten."""
    refusal, is_new = refusing.refuse(**values)
    if is_new:
        drop_refused(refusal=refusal)
    return is_new


@transaction.atomic
def hide_again(*, young_person, at):
    """Non-disclosure was switched on at that moment. Tells whether that was forgotten and not ended since."""
    if young_person.non_disclosure or young_person.non_disclosure_changes.filter(at__gte=at).exists():
        return False
    hide(young_person, by=None, at=at)
    return True


def keep_from_learning_again(*, legal_guardian, at):
    """At that moment a guardian must not learn. Tells whether that was forgotten and nothing else was said since."""
    if legal_guardian.knows == LegalGuardian.Knows.MUST_NOT or legal_guardian.since >= at:
        return False
    keep_from_learning(legal_guardian=legal_guardian, at=at)
    return True
