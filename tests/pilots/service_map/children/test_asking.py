"""What children are asked, by which codes, and who may say so."""

from datetime import timedelta
from uuid import uuid4

import pytest
from auditlog.models import LogEntry

from coordination.agencies.rules import NotNow
from coordination.clocks.rules import today
from pilots.service_map import child_rules
from pilots.service_map.commands import children, rounds
from pilots.service_map.models import ChildCode, ChildQuestion, SurveyRound
from pilots.service_map.queries.children import by_typed, standard_questions
from tests.pilots.service_map.children.asking import answered, code, now, question, questions
from tests.pilots.service_map.surveying import begun, group, indicator, opened, summarised


@pytest.fixture
def lead(cast):
    group(cast)
    indicator(cast.coordinator)
    return cast.coordinator


@pytest.fixture
def made(lead):
    """An open round."""
    return opened(lead)


def test_the_standard_questions_are_whole_in_three_languages():
    found = standard_questions()
    assert len(found) <= child_rules.MOST_QUESTIONS
    for one in found:
        assert all(one[f"name_{language}"] for language in ("fi", "sv", "en"))
        numbers = {len(one[f"choices_{language}"].splitlines()) for language in ("fi", "sv", "en")}
        assert numbers == ({6} if one["kind"] == "choice" else {0})


def test_the_standard_questions_are_taken_once(made, lead):
    assert len(questions(made, lead)) == len(questions(made, lead)) == 10


def test_a_form_sent_twice_makes_one(made, lead):
    token = uuid4()
    assert question(made, lead, token=token) == question(made, lead, token=token)
    assert code(made, lead, token=token) == code(made, lead, token=token)


def test_so_many_questions_one_of_them_in_words_and_no_more(made, lead):
    questions(made, lead, words=True)
    with pytest.raises(NotNow):
        question(made, lead, kind="words")
    question(made, lead)
    with pytest.raises(NotNow):
        question(made, lead)


def test_questions_stay_once_there_is_a_code(made, lead):
    first, *_rest = questions(made, lead)
    there = code(made, lead)
    for deed in (
        lambda: question(made, lead),
        lambda: children.remove_question(question=first, by=lead),
    ):
        with pytest.raises(NotNow):
            deed()
    children.stop_code(code=there, by=lead)
    children.remove_question(question=first, by=lead)
    with pytest.raises(NotNow):
        children.remove_question(question=first, by=lead)
    assert ChildQuestion.objects.count() == 9


def test_a_code_that_nobody_used_goes_and_another_is_stopped(made, lead):
    questions(made, lead)
    unused, used = code(made, lead), code(made, lead)
    answered(used, 0)
    for one in (unused, used):
        children.stop_code(code=one, by=lead)
        with pytest.raises(NotNow):
            children.stop_code(code=one, by=lead)
    assert ChildCode.objects.get() == used
    with pytest.raises(NotNow):
        answered(used, 0)


@pytest.mark.parametrize("who", ["teacher", "youth_worker", "administrator", "other_coordinator", "stranger"])
def test_only_who_leads_the_group_asks(cast, made, lead, who):
    first, *_rest = questions(made, lead)
    there, by = code(made, lead), getattr(cast, who)
    for deed in (
        lambda: questions(made, by),
        lambda: question(made, by),
        lambda: code(made, by),
        lambda: children.stop_code(code=there, by=by),
        lambda: children.remove_question(question=first, by=by),
    ):
        with pytest.raises(NotNow):
            deed()


def test_a_code_needs_questions_and_days_within_the_round(made, lead):
    with pytest.raises(NotNow):
        code(made, lead)
    questions(made, lead)
    day = timedelta(days=1)
    for opens_on, closes_on in (
        (today(), today() - day),
        (today() - 9 * day, today() - day),
        (today(), made.closes_on + day),
    ):
        with pytest.raises(NotNow):
            code(made, lead, opens_on=opens_on, closes_on=closes_on)


def test_children_answer_only_on_its_days_while_the_round_is_open_for_the_first_time(lead):
    made = begun(lead)
    questions(made, lead)
    early, right = code(made, lead, opens_on=today() + timedelta(days=1)), code(made, lead)
    with pytest.raises(NotNow):
        answered(right, 0)
    rounds.open_round(survey_round=made, by=lead)
    answered(right, 0)
    with pytest.raises(NotNow):
        answered(early, 0)
    ChildCode.objects.filter(pk=early.pk).update(opens_on=today(), closes_on=today())
    answered(early, 0)
    summarised(made, lead)
    with pytest.raises(NotNow):
        answered(right, 0)
    rounds.reopen(survey_round=made, why="Luku puuttui", closes_on=today(), by=lead)
    for deed in (lambda: answered(right, 0), lambda: code(made, lead), lambda: question(made, lead)):
        with pytest.raises(NotNow):
            deed()


def test_a_round_that_closes_earlier_closes_its_codes(made, lead):
    questions(made, lead)
    there = code(made, lead)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(child_rules, "today", lambda: made.closes_on)
        assert child_rules.works(now(there))
        SurveyRound.objects.update(closes_on=made.closes_on - timedelta(days=1))
        assert not child_rules.works(now(there))


def test_a_code_is_found_however_it_is_typed(made, lead):
    questions(made, lead)
    there = code(made, lead)
    for typed in (there.code, there.code.upper(), there.code.replace("-", " "), f" {there.code.replace('-', '')}\0"):
        assert by_typed(typed) == there
    assert by_typed("") is by_typed("kettu") is None


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_codes_are_plain_words_and_too_many_to_guess(language):
    words = child_rules._words()[language]
    assert len(set(words)) == 128
    assert all(word.isascii() and word.isalpha() and word.islower() for word in words)
    assert len({child_rules.new_code(language) for _ in range(200)}) == 200


def test_answers_leave_no_trace_of_who_when_and_in_which_order(made, lead):
    questions(made, lead, words=True)
    there = code(made, lead)
    history = LogEntry.objects.count()
    answered(there, 0, 4, band="10")
    answered(there, 3, None, band="", words="Lisää puita")
    row = now(there)
    first, second, *_rest = made.child_questions.all()
    assert row.counts == {
        str(first.pk): {"10": [1, 0, 0, 0, 0], "": [0, 0, 0, 1, 0]},
        str(second.pk): {"10": [0, 0, 0, 0, 1]},
    }
    assert row.came == 2
    answered(there, times=8)
    assert now(there).tokens == sorted(now(there).tokens)
    assert LogEntry.objects.count() == history
    moments = {field.name for field in ChildCode._meta.fields if field.get_internal_type() == "DateTimeField"}
    assert moments == set()


def test_the_same_form_twice_counts_once_and_a_full_code_takes_no_more(made, lead):
    first, *_rest = questions(made, lead)
    there, token = code(made, lead, most=5), uuid4()
    for _time in range(2):
        children.vote(code=there, token=token, band="", chosen={first: 0})
    assert now(there).came == 1
    answered(there, 0, times=4)
    with pytest.raises(NotNow):
        answered(there, 0)
    children.vote(code=there, token=token, band="", chosen={first: 0})
    assert now(there).came == 5
