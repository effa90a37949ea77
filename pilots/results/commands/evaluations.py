"""Writing an evaluation summary, throwing the draft away, finishing it, and showing it to everybody. Only whoever may
change the pilot does."""

from django.db import transaction
from django.utils import timezone

from coordination.agencies.constraints import keeping_constraints
from pilots.registry.queries.editing import held_by
from pilots.registry.rules import check_number, check_there
from pilots.results import rules
from pilots.results.models import Evaluation, EvaluationText
from pilots.results.queries.evaluations import COLUMNS, FACTS, draft_of, finished_of, texts_of
from pilots.results.queries.following import results_of


@transaction.atomic
def save_draft(*, pilot, language, words, facts, number, by):
    """Write the pilot's draft: `facts` are FACTS of Evaluation, `words` the COLUMNS of its text in this language; a
    text without any word goes.

    The same again is no change. Raises NotNow where something else was saved since the page was opened (`number`, 0
    where there was no draft).
    """
    pilot = held_by(by, pilot)
    draft = draft_of(pilot)
    text = texts_of(draft).get(language)
    stands = {name: getattr(draft, name) for name in FACTS}, {name: getattr(text, name, "") for name in COLUMNS}
    if (facts, words) == stands:
        return draft
    check_number(number, draft)
    for name, value in facts.items():
        setattr(draft, name, value)
    draft.number += 1
    with keeping_constraints():
        draft.save()
    text = text or EvaluationText(evaluation=draft, language=language)
    for name, value in words.items():
        setattr(text, name, value)
    if any(words.values()):
        text.save()
    elif text.pk:
        text.delete()
    return draft


@transaction.atomic
def throw_away(*, pilot, number, by):
    """Erase the draft in every language. Raises NotNow where there is none, and where it was changed since the page was
    opened (`number`)."""
    draft = draft_of(held_by(by, pilot))
    check_there(draft.pk)
    check_number(number, draft)
    draft.delete()


@transaction.atomic
def finish(*, pilot, number, by):
    """Finish the draft: nobody changes it any more, and the indicators stay with it as they stand now. Raises NotNow
    where something is missing, where there is no draft, and where it was changed since the page was opened (`number`);
    finished twice, the second time is no change."""
    pilot = held_by(by, pilot)
    draft, finished = draft_of(pilot), finished_of(pilot).first()
    if draft.pk is None and finished and finished.number == number:
        return finished
    check_there(draft.pk)
    check_number(number, draft)
    rules.check_whole(rules.missing(draft, texts_of(draft).values()))
    for one in results_of(pilot).followed:
        one.row.evaluation = draft
        one.row.save()
    draft.finished_at, draft.finished_by = timezone.now(), by
    draft.save(update_fields=["finished_at", "finished_by"])
    return draft


@transaction.atomic
def publish(*, evaluation, by):
    """Show a finished evaluation to everybody, signed in or not; published twice, the second time is no change."""
    found = _finished(evaluation, by)
    if found.published_at is None:
        found.published_at, found.published_by = timezone.now(), by
        found.save(update_fields=["published_at", "published_by"])
    return found


@transaction.atomic
def withdraw(*, evaluation, by):
    """Show it to those who are signed in only, as before."""
    found = _finished(evaluation, by)
    found.published_at = found.published_by = None
    found.save(update_fields=["published_at", "published_by"])
    return found


def _finished(evaluation, by):
    pilot = held_by(by, evaluation.pilot)
    return Evaluation.objects.get(pk=evaluation.pk, pilot=pilot, finished_at__isnull=False)
