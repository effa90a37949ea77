"""The group's side: from questions to results; and who reads them when."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from coordination.clocks.rules import today
from pilots.service_map.child_rules import DAYS_WORDS_ARE_KEPT
from pilots.service_map.commands import rounds
from pilots.service_map.commands.children import forget_children
from pilots.service_map.models import ChildCode, ChildWords, SurveyRound
from pilots.service_map.queries.children import answered as told
from pilots.service_map.queries.children import words_of
from tests.pilots.registry.pages import Browser, day, is_refused
from tests.pilots.service_map.children.asking import answered, code, questions
from tests.pilots.service_map.surveying import group, indicator, now, opened, summarised


@pytest.fixture
def lead(cast):
    group(cast)
    indicator(cast.coordinator)
    return cast.coordinator


@pytest.fixture
def made(lead):
    """An open round with the standard questions and one in words."""
    made = opened(lead)
    questions(made, lead, words=True)
    return made


def at(name, made, *more):
    return reverse(f"children:{name}", args=[made.public_id, *more])


def of_two_classes(made, lead):
    """Two classes: of each six are always, and five never treated fairly."""
    for label in ("3 A", "3 B"):
        there = code(made, lead, label)
        answered(there, 0, times=6)
        answered(there, 4, times=5)


def test_from_a_question_to_a_sheet_of_paper(client, cast, lead):
    made = opened(lead)
    browser = Browser(client, lead)
    client.post(at("standard", made))
    assert "I am treated fairly." in browser.text(at("ask", made))
    sent = browser.send(at("new_question", made), kind="choice", name_fi="Missä?", choices_fi="Kotona")
    assert is_refused(sent, "Two to six choices")
    typed = {
        "kind": "choice",
        "name_fi": "Missä?",
        "choices_fi": "Kotona\n\nKoulussa",
        "choices_sv": "Hemma\nI skolan\nUte",
    }
    assert is_refused(browser.send(at("new_question", made), **typed), "as many lines as in Finnish")
    typed["choices_sv"] = "Hemma\nI skolan"
    assert browser.send(at("new_question", made), **typed).status_code == 302
    assert made.child_questions.last().choices == ["Kotona", "Koulussa"]
    assert is_refused(browser.send(at("new_code", made), label="3 B", most="4"), "a number from 5 to 300")
    days = day("opens_on", today()) | day("closes_on", made.closes_on)
    assert browser.send(at("new_code", made), label="3 B", most="20", **days).status_code == 302
    there = ChildCode.objects.get()
    assert "0 of 20 answered" in browser.text(at("ask", made))
    assert there.code in browser.text(at("sheet", made, there.public_id))
    picture = client.get(at("picture", made, there.public_id))
    assert picture.headers["Content-Type"] == "image/svg+xml"
    assert b"<svg" in picture.content
    client.post(at("stop", made, there.public_id))
    assert not ChildCode.objects.exists()
    client.post(at("remove_question", made, made.child_questions.last().public_id))
    assert made.child_questions.count() == 10


def test_nobody_sees_anything_until_the_closing(client, cast, made, lead):
    of_two_classes(made, lead)
    before = Browser(client, lead).text(at("results", made))
    assert "shows once the answers to the round are closed" in before
    assert "Share" not in before
    there = made.child_codes.first()
    answered(there, 0, words="Puita")
    after = client.get(at("results", made)).content.decode()
    # How many came is all that differs.
    assert "<strong>22</strong>" in before
    assert "<strong>23</strong>" in after
    summarised(made, lead)
    shown = client.get(at("results", made)).content.decode()
    assert "Share" in shown
    rounds.reopen(survey_round=made, why="Luku", closes_on=today(), by=lead)
    assert client.get(at("results", made)).content.decode().count("<tr") == shown.count("<tr")


def test_what_is_told_adds_up(made, lead):
    of_two_classes(made, lead)
    with translation.override("fi"):
        first, *others = told(made)
    assert [(line.labels, line.number, line.percent) for line in first.lines] == [
        (["Aina"], 12, 55),
        (["Usein", "Joskus", "Harvoin", "Ei koskaan"], 10, 45),
    ]
    assert first.ages == []
    assert all(one.lines == [] for one in others)


def test_words_show_from_five_on_to_the_group_alone_and_can_be_hidden(client, cast, made, lead):
    there = code(made, lead)
    for number in range(4):
        answered(there, 0, words=f"Toive {number}")
    assert words_of(made) == ([], 0)
    answered(there, 0, words="Pekka kiusaa")
    answered(code(made, lead, "9 C"), 1, times=12)
    summarised(made, lead)
    page = at("results", made)
    for who in ("coordinator", "youth_worker"):
        assert "Pekka kiusaa" in Browser(client, getattr(cast, who)).text(page)
    assert "Pekka" not in Browser(client, cast.administrator).text(page)
    rounds.approve(survey_round=made, approved_on=today(), by=lead)
    for who in ("teacher", "stranger"):
        shown = Browser(client, getattr(cast, who)).text(page)
        assert "Children who answered:" in shown
        assert "Pekka" not in shown
        assert "Toive" not in shown
    naming = next(one for one in ChildWords.objects.all() if "Pekka" in one.text)
    browser = Browser(client, lead)
    for _time in range(2):
        client.post(at("hide", made, naming.pk))
    shown = browser.text(page)
    assert "Pekka" not in shown
    assert "Toive 3" in shown
    assert "1 answer has been hidden." in shown
    assert ChildWords.objects.get(pk=naming.pk).text == ""


def test_a_year_after_the_approval_the_words_are_gone(made, lead):
    there = code(made, lead)
    answered(there, 0, words="Toive")
    summarised(made, lead)
    forget_children()
    assert ChildCode.objects.get().tokens != []
    rounds.approve(survey_round=made, approved_on=today(), by=lead)
    forget_children()
    assert ChildCode.objects.get().tokens == []
    assert ChildWords.objects.count() == 1
    approved = now(made).approved_at
    SurveyRound.objects.update(approved_at=approved.replace(year=approved.year - 2))
    forget_children()
    assert ChildWords.objects.count() == 0
    assert ChildCode.objects.get().came == 1


def test_of_a_round_that_was_never_approved_the_words_go_a_year_after_its_last_day(made, lead):
    answered(code(made, lead), 0, words="Toive")
    year = timedelta(days=DAYS_WORDS_ARE_KEPT)
    for days, left in ((0, 1), (1, 0)):
        closed = today() - year - timedelta(days=days)
        SurveyRound.objects.update(opened_on=closed, closes_on=closed)
        forget_children()
        assert ChildWords.objects.count() == left


@pytest.mark.parametrize("number", [1, 30])
def test_costs_the_same_for_one_code_and_for_thirty(client, made, lead, number, django_assert_num_queries):
    for place in range(number):
        answered(code(made, lead, str(place)), 0, 1, 2)
    with django_assert_num_queries(2):
        told(made)
    browser = Browser(client, lead)
    browser.text(at("ask", made))
    with django_assert_num_queries(8):
        browser.text(at("ask", made))
