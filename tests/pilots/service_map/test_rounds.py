"""A round before it opens, and what becomes of those who are asked."""

from datetime import timedelta

import pytest
from django.urls import reverse

from coordination.agencies.rules import NotNow
from coordination.clocks.rules import today
from coordination.outbox.models import Notification
from pilots.service_map.commands import rounds
from pilots.service_map.models import SurveyAnswer, SurveyIndicator, SurveyRound
from tests.pilots.registry.pages import Browser, day, is_refused
from tests.pilots.service_map.surveying import answered, begun, indicator, now, opened, summarised


def told(member, code="survey_asked"):
    return Notification.objects.waiting().filter(membership=member, code=code).count()


def ask(made, member, lead, *, place=0):
    answer = list(made.answers.all())[place]
    rounds.ask(survey_round=made, asked={answer.public_id: member}, number=now(made).number, by=lead)


def at(name, made):
    return reverse(f"service_map:{name}", args=[made.public_id])


def test_what_a_round_asks_is_chosen_until_it_opens(cast, lead):
    first, second, third = (indicator(lead, name) for name in ("Yksi", "Kaksi", "Kolme"))
    made = begun(lead)
    ask(made, cast.teacher, lead)
    rounds.choose(survey_round=made, indicators=[first, third], number=now(made).number, by=lead)
    assert [one.indicator for one in made.answers.all()] == [first, third]
    assert made.answers.first().asked == cast.teacher
    with pytest.raises(NotNow):
        rounds.choose(survey_round=made, indicators=[], number=now(made).number, by=lead)
    with pytest.raises(NotNow):
        rounds.choose(survey_round=made, indicators=[second], number=1, by=lead)
    rounds.open_round(survey_round=made, by=lead)
    with pytest.raises(NotNow):
        rounds.choose(survey_round=made, indicators=[second], number=now(made).number, by=lead)


def test_indicators_of_another_area_are_never_asked(cast, lead):
    indicator(lead)
    made = begun(lead)
    SurveyIndicator.objects.update(area=cast.kerava)
    foreign = SurveyIndicator.objects.get()
    with pytest.raises(NotNow):
        rounds.choose(survey_round=made, indicators=[foreign], number=now(made).number, by=lead)


def test_a_round_is_thrown_away_only_before_it_opens(cast, lead):
    indicator(lead)
    made = begun(lead)
    with pytest.raises(NotNow):
        rounds.throw_away(survey_round=made, number=now(made).number + 1, by=lead)
    rounds.throw_away(survey_round=made, number=now(made).number, by=lead)
    assert not SurveyAnswer.objects.exists()
    open_one = opened(lead)
    with pytest.raises(NotNow):
        rounds.throw_away(survey_round=open_one, number=open_one.number, by=lead)


def test_the_last_day_is_moved_until_it_is_closed(cast, lead):
    indicator(lead)
    made = opened(lead)
    later = today() + timedelta(days=60)
    rounds.change_round(survey_round=made, name="Uusi nimi", closes_on=later, number=made.number, by=lead)
    assert (now(made).name, now(made).closes_on) == ("Uusi nimi", later)
    with pytest.raises(NotNow):
        rounds.change_round(survey_round=made, name="Vanha", closes_on=later, number=made.number, by=lead)
    summarised(made, lead)
    with pytest.raises(NotNow):
        rounds.change_round(survey_round=made, name="Vanha", closes_on=later, number=now(made).number, by=lead)


def test_whoever_is_asked_no_more_waits_no_more_and_an_answer_more_is_told(cast, lead):
    indicator(lead, "Yksi")
    indicator(lead, "Kaksi")
    made = opened(lead)
    ask(made, cast.teacher, lead)
    assert told(cast.teacher) == 1
    answered(made, cast.teacher)
    assert told(cast.teacher) == 0
    ask(made, cast.teacher, lead, place=1)
    assert told(cast.teacher) == 1
    ask(made, cast.nurse, lead, place=1)
    assert (told(cast.teacher), told(cast.nurse)) == (0, 1)


def test_a_reopened_round_asks_again_whoever_has_not_answered(cast, lead):
    indicator(lead)
    made = begun(lead)
    ask(made, cast.teacher, lead)
    rounds.open_round(survey_round=made, by=lead)
    summarised(made, lead)
    assert told(cast.teacher) == 0
    rounds.reopen(survey_round=made, why="Puuttui", closes_on=today() + timedelta(days=3), by=lead)
    assert told(cast.teacher) == 1


def test_a_member_of_the_group_answers_for_whoever_is_asked(cast, lead):
    indicator(lead)
    made = opened(lead)
    ask(made, cast.teacher, lead)
    answered(made, cast.youth_worker)
    assert made.answers.get().answered_by == cast.youth_worker
    assert told(cast.teacher) == 0


def test_somebody_of_another_area_is_never_asked(cast, lead):
    indicator(lead)
    made = begun(lead)
    with pytest.raises(NotNow):
        ask(made, cast.stranger, lead)


def test_pages_from_the_first_thought_to_throwing_it_away(client, cast, lead):
    one, two = indicator(lead, "Yksi"), indicator(lead, "Kaksi")
    browser = Browser(client, lead)
    first = browser.send(
        reverse("service_map:new"), kind="full", name="Kartoitus", **day("closes_on", today() + timedelta(days=30))
    )
    made = SurveyRound.objects.get()
    assert first["Location"] == at("ask", made)
    assert browser.send(at("choose", made), asked=[str(two.public_id)])["Location"] == at("ask", made)
    assert [answer.indicator for answer in made.answers.all()] == [two]
    assert str(one) not in browser.text(at("ask", made))
    stale = browser.form(at("change", made))
    browser.send(at("change", made), name="Kevään kartoitus")
    answer = client.post(at("change", made), stale | {"name": "Toinen nimi"})
    assert is_refused(answer, "changed meanwhile")
    assert "Toinen nimi" in answer.content.decode()
    assert "Kevään kartoitus" in answer.content.decode()
    assert at("throw_away", made) in browser.text(at("change", made))
    assert browser.send(at("throw_away", made))["Location"] == reverse("service_map:home")
    assert not SurveyRound.objects.exists()


def test_a_round_says_who_has_not_answered_to_the_group_alone(client, cast, lead):
    indicator(lead, "Yksi")
    indicator(lead, "Kaksi")
    made = opened(lead)
    ask(made, cast.teacher, lead)
    said = Browser(client, cast.youth_worker).text(made.get_absolute_url())
    assert "Tiina Opettaja, Päämajakoulu" in said
    assert "nobody in particular is asked" in said
    summarised(made, lead)
    rounds.approve(survey_round=made, approved_on=today(), by=lead)
    assert "Tiina Opettaja" not in Browser(client, cast.nurse).text(made.get_absolute_url())


def test_somebody_of_a_sensitive_agency_is_not_named_to_the_group(client, cast, lead):
    indicator(lead)
    made = opened(lead)
    ask(made, cast.therapist, lead)
    said = Browser(client, cast.youth_worker).text(made.get_absolute_url())
    assert "a professional" in said
    assert "Päihde" not in said
