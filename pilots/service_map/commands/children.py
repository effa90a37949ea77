"""What children are asked and by which codes, for whoever leads the group; what they answer; and what is hidden."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language

from coordination.clocks.rules import today
from coordination.erasures.commands import note
from pilots.registry.rules import check_there
from pilots.service_map import child_rules
from pilots.service_map.models import ChildCode, ChildQuestion, ChildWords, SurveyRound
from pilots.service_map.queries.group import held_round


@transaction.atomic
def take_standard_questions(*, survey_round, questions, by):
    """Begin with the `questions` that come with the portal (columns of ChildQuestion); a second press does nothing."""
    survey_round = _editable(survey_round, by)
    if not survey_round.child_questions.exists():
        for order, columns in enumerate(questions, 1):
            ChildQuestion.objects.create(round=survey_round, order=order, **columns)


@transaction.atomic
def add_question(*, survey_round, token, by, **columns):
    """One more question; the same `token` again gives back what it made. `columns` are kind, names and choices."""
    survey_round = _editable(survey_round, by)
    own = survey_round.child_questions
    if made := own.filter(token=token).first():
        return made
    child_rules.check_room_for_question(own.count())
    if columns["kind"] == ChildQuestion.Kind.WORDS:
        child_rules.check_one_in_words(own.filter(kind=ChildQuestion.Kind.WORDS).exists())
    last = own.values_list("order", flat=True).last() or 0
    return ChildQuestion.objects.create(round=survey_round, token=token, order=last + 1, **columns)


@transaction.atomic
def remove_question(*, question, by):
    """Ask it no more. Raises NotNow the second time."""
    survey_round = _editable(question.round, by)
    found = survey_round.child_questions.filter(pk=question.pk).first()
    check_there(found)
    found.delete()


@transaction.atomic
def make_code(*, survey_round, label, most, opens_on, closes_on, token, by):
    """A code for a class or a group, in words of the language in which it is asked for; the same `token` again gives
    back the one made."""
    survey_round = held_round(survey_round, by)
    if made := survey_round.child_codes.filter(token=token).first():
        return made
    child_rules.check_answers_to_come(survey_round)
    child_rules.check_codes(survey_round.child_codes.count(), survey_round.child_questions.exists())
    child_rules.check_days_of_code(opens_on, closes_on, survey_round)
    code = child_rules.new_code(get_language()[:2])
    while ChildCode.objects.filter(code=code).exists():
        code = child_rules.new_code(get_language()[:2])
    columns = {"label": label, "most": most, "opens_on": opens_on, "closes_on": closes_on}
    return ChildCode.objects.create(round=survey_round, code=code, token=token, **columns)


@transaction.atomic
def stop_code(*, code, by):
    """Nobody answers by this code any more; one by which nobody did is gone. Raises NotNow the second time."""
    survey_round = held_round(code.round, by)
    found = survey_round.child_codes.filter(pk=code.pk, is_stopped=False).first()
    check_there(found)
    note("child_code", code=found.public_id)
    if found.came:
        stop_again(found)
    else:
        found.delete()


def stop_again(code):
    """Let nobody answer by this code any more, in a restored backup, too; tells whether somebody could."""
    if code.is_stopped:
        return False
    code.is_stopped = True
    code.save(update_fields=["is_stopped"])
    return True


@transaction.atomic
def vote(*, code, token, band, chosen, words=""):
    """One child's answers by a code: `chosen` is {question: number of the choice}; the same `token` again does nothing.

    The round is held, so that nobody answers while it is being closed. Raises NotNow where the code doesn't work, or
    as many have answered as it is for.
    """
    survey_round = SurveyRound.objects.select_for_update(no_key=True).get(pk=code.round_id)
    code = survey_round.child_codes.filter(pk=code.pk).first()
    if code and str(token) in code.tokens:
        return
    child_rules.check_works(code)
    child_rules.check_room(code)
    for question, choice in chosen.items():
        counted = code.counts.setdefault(str(question.pk), {}).setdefault(band, [0] * len(question.choices))
        counted[choice] += 1
    if words:
        question = survey_round.child_questions.get(kind=ChildQuestion.Kind.WORDS)
        ChildWords.objects.create(question=question, text=words)
    code.came += 1
    # Sorted: which form came first is not to be seen.
    code.tokens = sorted([*code.tokens, str(token)])
    code.save(update_fields=["came", "counts", "tokens"])


@transaction.atomic
def hide_words(*, words, by):
    """Erase what a child wrote that names somebody; also after the approval. That something was hidden stays to be
    seen. Raises NotNow the second time."""
    survey_round = held_round(words.question.round, by)
    found = ChildWords.objects.filter(pk=words.pk, question__round=survey_round).first()
    check_there(found and found.text)
    note("child_words", words=found.pk)
    hide_again(found)


def hide_again(words):
    """Erase what a child wrote, in a restored backup, too; tells whether it was there."""
    if not words.text:
        return False
    words.text = ""
    words.save(update_fields=["text"])
    return True


def forget_children():
    """Erase what children wrote a year after a round was approved, or should have closed where it never was; and which
    forms were sent, at its approval."""
    kept = timedelta(days=child_rules.DAYS_WORDS_ARE_KEPT)
    never = Q(question__round__approved_at=None, question__round__closes_on__lt=today() - kept)
    ChildWords.objects.filter(never | Q(question__round__approved_at__lt=timezone.now() - kept)).delete()
    # unaudited: random numbers, of which no history is kept
    ChildCode.objects.filter(round__approved_at__isnull=False).exclude(tokens=[]).update(tokens=[])


def _editable(survey_round, by):
    """The round, where children can't have its questions yet."""
    survey_round = held_round(survey_round, by)
    child_rules.check_answers_to_come(survey_round)
    child_rules.check_not_asked_yet(survey_round.child_codes.exists())
    return survey_round
