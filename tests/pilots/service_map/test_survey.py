"""The coordination group and the rounds of its survey: who does what when, and what is told."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from config import leaving
from coordination.agencies.rules import NotNow
from coordination.clocks.rules import today
from coordination.outbox.models import Notification
from coordination.staffing.commands import end_membership
from pilots.service_map import reference
from pilots.service_map.commands import rounds
from pilots.service_map.commands.group import add_member, end_member
from pilots.service_map.commands.indicators import change_indicator, retire
from pilots.service_map.commands.telling import look_after_surveys
from pilots.service_map.models import GroupMember, SurveyAnswer, SurveyGoal, SurveyIndicator, SurveyRound
from pilots.service_map.queries.rounds import goals_of
from pilots.service_map.states import MOVES, RoundState
from tests.cast import sign_in
from tests.pilots.registry.pages import Browser, is_refused
from tests.pilots.service_map.surveying import answered, approved, begun, indicator, now, opened, summarised


def told(member, code):
    return Notification.objects.waiting().filter(membership=member, code=code).count()


def asked(made, member, lead):
    answer = made.answers.get()
    rounds.ask(survey_round=made, asked={answer.public_id: member}, number=now(made).number, by=lead)
    return SurveyAnswer.objects.get(pk=answer.pk)


def test_the_goals_are_loaded_once(db):
    assert reference.load() == (5, 0)
    assert reference.load() == (0, 0)


@pytest.mark.parametrize("who", ["teacher", "youth_worker", "other_coordinator", "stranger"])
def test_only_administrators_and_leads_name_members(cast, lead, who):
    by = getattr(cast, who)
    with pytest.raises(NotNow):
        add_member(membership=cast.teacher, leads=True, by=by)
    with pytest.raises(NotNow):
        begun(by)


def test_nobody_of_another_area_comes_into_the_group(cast, lead):
    with pytest.raises(NotNow):
        add_member(membership=cast.stranger, leads=False, by=lead)


def test_a_time_in_the_group_ends_once(cast, lead):
    member = GroupMember.objects.get(membership=cast.youth_worker)
    end_member(member=member, by=lead)
    with pytest.raises(NotNow):
        end_member(member=member, by=lead)
    add_member(membership=cast.youth_worker, leads=False, by=lead)
    assert GroupMember.objects.filter(membership=cast.youth_worker).count() == 2


def test_the_administrators_are_told_of_a_group_that_nobody_leads(cast, lead):
    add_member(membership=lead, leads=False, by=lead)
    assert told(cast.administrator, "group_without_lead") == 1
    add_member(membership=cast.nurse, leads=True, by=cast.administrator)
    assert told(cast.administrator, "group_without_lead") == 0
    end_member(member=GroupMember.objects.get(membership=cast.nurse), by=cast.nurse)
    assert told(cast.administrator, "group_without_lead") == 1


def test_a_round_goes_its_way_and_no_other(cast, lead):
    indicator(lead)
    made = begun(lead)
    deeds = {
        RoundState.OPEN: lambda: rounds.open_round(survey_round=made, by=lead),
        RoundState.CLOSED: lambda: summarised(made, lead),
        RoundState.APPROVED: lambda: rounds.approve(survey_round=made, approved_on=today(), by=lead),
    }
    for state in MOVES:
        for to, deed in deeds.items():
            if to not in MOVES[now(made).state]:
                with pytest.raises(NotNow):
                    deed()
        assert now(made).state == state
        if state != RoundState.APPROVED:
            deeds[MOVES[state][0]]()
    with pytest.raises(NotNow):
        answered(made, lead)


def test_nothing_is_approved_without_its_summaries(client, cast, lead):
    indicator(lead)
    indicator(lead, goal="safe")
    made = opened(lead)
    rounds.close_answers(survey_round=made, by=lead)
    said = {"survey_round": made, "words": "Kooste", "by": lead}
    rounds.write_summary(goal=SurveyGoal.objects.get(code="heard"), number=now(made).number, **said)
    with pytest.raises(NotNow):
        rounds.approve(survey_round=made, approved_on=today(), by=lead)
    assert "Write the summary of each goal first." in Browser(client, lead).text(made.get_absolute_url())
    rounds.write_summary(goal=SurveyGoal.objects.get(code="safe"), number=now(made).number, **said)
    rounds.approve(survey_round=made, approved_on=today(), by=lead)


def test_one_round_at_a_time_and_a_form_sent_twice_makes_one(cast, lead):
    indicator(lead)
    token = uuid4()
    assert begun(lead, token=token) == begun(lead, token=token)
    with pytest.raises(NotNow):
        begun(lead)


def test_a_reopened_round_takes_answers_and_says_why(cast, lead):
    indicator(lead)
    made = summarised(opened(lead), lead)
    later = today() + timedelta(days=3)
    with pytest.raises(NotNow):
        rounds.reopen(survey_round=made, why=" ", closes_on=later, by=lead)
    rounds.reopen(survey_round=made, why="Luku puuttui", closes_on=later, by=lead)
    answered(made, lead)
    assert now(made).reopened_why == "Luku puuttui"


def test_an_update_looks_at_what_was_not_in_order_and_compares_by_code(cast, lead):
    ones = [indicator(lead, f"Osoitin {place}") for place in range(4)]
    approved(lead, "in_order", "partly", "not", "unknown")
    changed = change_indicator(
        indicator=ones[1], number=1, name_fi="Uusin sanoin", name_sv="", name_en="", kind="process",
        owner="county", unit="", by=lead,
    )  # fmt: skip
    made = opened(lead, kind="update")
    (goal,) = goals_of(made, lead)
    assert [row.answer.indicator for row in goal.rows] == [changed, ones[2]]
    assert [row.before.stands for row in goal.rows] == ["partly", "not"]
    assert SurveyIndicator.objects.get(pk=ones[1].pk).name_fi == "Osoitin 1"


def test_an_opened_round_keeps_its_words_and_one_being_prepared_takes_the_new_ones(cast, lead):
    one, made = indicator(lead, "Lapsia kuullaan", unit="%"), opened(lead)
    answered(made, lead, value=40)
    said = {"name_fi": "Lapsia ei kuulla", "name_sv": "", "name_en": "", "kind": "process", "owner": "county"}
    newer = change_indicator(indicator=one, number=1, unit="", by=lead, **said)
    assert (made.answers.get().indicator.name_fi, made.answers.get().indicator.unit) == ("Lapsia kuullaan", "%")
    rounds.approve(survey_round=summarised(made, lead), approved_on=today(), by=lead)
    drafted = begun(lead)
    newest = change_indicator(indicator=newer, number=newer.number, unit="", by=lead, **said | {"name_fi": "Kuullaan"})
    assert drafted.answers.get().indicator == newest


def test_what_is_retired_is_asked_no_more(cast, lead):
    one = indicator(lead)
    retire(indicator=one, by=lead)
    with pytest.raises(NotNow):
        begun(lead)


def test_whoever_is_asked_is_told_answers_and_is_reminded_once(cast, lead):
    indicator(lead)
    made = begun(lead, days=5)
    answer = asked(made, cast.teacher, lead)
    assert told(cast.teacher, "survey_asked") == 0
    rounds.open_round(survey_round=made, by=lead)
    assert told(cast.teacher, "survey_asked") == 1
    look_after_surveys()
    look_after_surveys()
    assert told(cast.teacher, "survey_closes") == 1
    with pytest.raises(NotNow):
        answered(made, cast.nurse)
    answered(made, cast.teacher)
    assert told(cast.teacher, "survey_asked") == told(cast.teacher, "survey_closes") == 0
    assert SurveyAnswer.objects.get(pk=answer.pk).answered_by == cast.teacher


def test_of_two_tabs_the_second_is_refused_and_the_same_again_is_no_change(cast, lead):
    indicator(lead)
    made = opened(lead)
    found = made.answers.get()
    said = {"words": "", "evidence": "", "link": "", "value": None}
    rounds.answer(answer=found, number=0, by=lead, stands="partly", **said)
    with pytest.raises(NotNow):
        rounds.answer(answer=found, number=0, by=cast.youth_worker, stands="not", **said)
    assert rounds.answer(answer=found, number=0, by=lead, stands="partly", **said).number == 1


def test_leaving_ends_the_group_and_frees_what_was_asked(cast, lead):
    indicator(lead)
    made = begun(lead)
    rounds.open_round(survey_round=made, by=lead)
    asked(made, cast.teacher, lead)
    end_membership(membership=cast.teacher, by=cast.administrator)
    leaving.sweep()
    assert made.answers.get().asked is None
    assert told(lead, "survey_left") == 1
    end_membership(membership=lead, by=cast.administrator)
    leaving.sweep()
    assert not GroupMember.objects.filter(membership=lead, ended_at=None).exists()
    assert told(cast.administrator, "group_without_lead") == 1


def test_pages_from_an_indicator_to_an_approved_round(client, cast, lead):
    reference.load()
    browser = Browser(client, lead)
    path = reverse("service_map:indicators")
    goal = indicator(lead, "Ensimmäinen").goal
    browser.send(path, goal=str(goal.pk), name_fi="Toinen", kind="outcome", owner="county", unit="children")
    made = begun(lead)
    at = lambda name, *more: reverse(f"service_map:{name}", args=[made.public_id, *more])  # noqa: E731
    answer = made.answers.get(indicator__unit="children")
    asked = {"who": str(cast.teacher.public_id), "answers": [str(answer.public_id)]}
    assert browser.send(at("ask"), **asked).status_code == 302
    assert SurveyAnswer.objects.get(pk=answer.pk).asked == cast.teacher
    client.post(at("open"))
    assert is_refused(browser.send(answer.get_absolute_url(), stands="partly", value="12,55"), "one decimal")
    browser.send(answer.get_absolute_url(), stands="partly", value="12,5", words="Jonoja")
    assert "Jonoja" in browser.text(at("round"))
    browser.send(at("summary", "heard"), words="Parannettavaa on")
    client.post(at("close"))
    day = {f"approved_on_{part}": str(getattr(today(), part)) for part in ("day", "month", "year")}
    assert browser.send(at("approve"), **day).status_code == 302
    assert SurveyRound.objects.get().state == RoundState.APPROVED
    said = browser.text(at("round"))
    assert "Parannettavaa on" in said
    assert "partly in order" in said


def test_who_reads_what(client, cast, lead):
    indicator(lead)
    made = opened(lead)
    path = made.get_absolute_url()
    for who, status in (("youth_worker", 200), ("administrator", 200), ("teacher", 404), ("stranger", 404)):
        assert Browser(client, getattr(cast, who)).status(path) == status
    summarised(made, lead)
    rounds.approve(survey_round=made, approved_on=today(), by=lead)
    for who in ("teacher", "stranger"):
        assert Browser(client, getattr(cast, who)).status(path) == 200
    for name in ("ask", "approve", "reopen"):
        assert Browser(client, cast.teacher).status(reverse(f"service_map:{name}", args=[made.public_id])) == 404


@pytest.mark.parametrize("more", [1, 30])
def test_a_round_costs_the_same_however_long_it_is(cast, lead, more, django_assert_max_num_queries):
    for place in range(more):
        indicator(lead, f"Osoitin {place}")
    approved(lead)
    made = opened(lead)
    with django_assert_max_num_queries(6):
        goals_of(made, lead)
    client = sign_in(Client(), lead)
    for path in (made.get_absolute_url(), "/service-map/", "/service-map/indicators/"):
        with django_assert_max_num_queries(22):
            assert client.get(path).status_code == 200
