"""The pages of a contact or notification at the intake that receives it, and that nobody else finds them."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coordination.assessments.commands import deadlines, reports
from coordination.assessments.models import ReportDeadline
from coordination.clocks.models import DeadlineRule
from coordination.clocks.rules import today
from coordination.use_log.models import Look
from tests.cast import sign_in
from tests.coordination.assessments.reporting import at, fresh, sent
from tests.coordination.assessments.rooming import begun

pytestmark = pytest.mark.django_db
START = reverse("assessments:start")


def new(kind):
    return reverse("assessments:new", args=[kind])


def test_the_intake_goes_its_way(cast, sanna):
    report = sent(cast.teacher)
    desk = sanna.get(reverse("assessments:intake"))
    assert desk.context["desk"].waiting == [report]
    assert sanna.post(at("receive", report)).status_code == 302
    assert sanna.post(at("judge", report), {"urgency": "not_urgent", "why": "Arki sujuu"}).status_code == 302
    assert sanna.post(at("decide", report), {"answer": "assess", "scope": "special_support"}).status_code == 302
    day = today()
    told = {"answer": "told", "on_day": day.day, "on_month": day.month, "on_year": day.year}
    assert sanna.post(at("family", report), told).status_code == 302
    assert sanna.post(at("begin", report)).status_code == 302
    assert fresh(report).state == "begun"
    page = sanna.get(at("report", report)).content.decode()
    for words in ("Arki sujuu", "a child needing special support", "Poissaoloja ja yksinäisyyttä", "En jaksa enää"):
        assert words in page
    assert sanna.get(reverse("assessments:intake")).context["desk"].done == [report]


def test_what_leads_to_a_colleagues_assessment_leaves_the_reader_at_the_report(cast, sanna):
    """The room is its worker's alone."""
    room = begun(cast.colleague, by=cast.nurse)
    report = sent(cast.teacher)
    reports.judge(report=report, urgency="not_urgent", why="x", by=cast.social_worker)
    reports.decide(report=report, assess=True, scope="special_support", why="", by=cast.social_worker)
    answer = sanna.post(at("begin", report), follow=True)
    assert (answer.status_code, answer.redirect_chain) == (200, [(at("report", report), 302)])
    assert fresh(report).assessment == room


@pytest.mark.parametrize("wrong", [{"answer": "assess"}, {"answer": "not"}, {"answer": "maybe"}, {}])
def test_a_decision_without_its_reason_is_asked_again(cast, sanna, wrong):
    report = sent(cast.teacher)
    reports.judge(report=report, urgency="not_urgent", why="Arki sujuu", by=cast.social_worker)
    answer = sanna.post(at("decide", report), wrong)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert fresh(report).state == "judged"


def test_the_second_of_two_who_receive_reads_that_it_was_done(cast, sanna):
    report = sent(cast.teacher)
    reports.receive(report=report, by=cast.colleague)
    answer = sanna.post(at("receive", report), follow=True)
    assert "done already" in answer.content.decode()
    assert fresh(report).received_by == cast.colleague


def test_a_judgement_that_came_too_late_loses_nothing_typed(cast, sanna):
    report = sent(cast.teacher)
    reports.judge(report=report, urgency="urgent", why="Yöpaikka puuttuu", by=cast.colleague)
    answer = sanna.post(at("judge", report), {"urgency": "not_urgent", "why": "Kirjoitin pitkään"})
    assert answer.status_code == 200
    assert "Kirjoitin pitkään" in answer.content.decode()
    assert fresh(report).urgency == "urgent"


def test_what_waits_is_on_the_desk_however_much_was_done(cast, sanna):
    for _each in range(12):
        done = sent(cast.teacher)
        reports.judge(report=done, urgency="not_urgent", why="Arki sujuu", by=cast.social_worker)
        reports.decide(report=done, assess=False, why="Tuki jatkuu", by=cast.social_worker)
    waiting = sent(cast.teacher)
    desk = sanna.get(reverse("assessments:intake")).context["desk"]
    assert desk.waiting == [waiting]
    assert len(desk.done) == 10


def test_without_any_rule_the_pages_stand(cast, sanna):
    DeadlineRule.objects.all().delete()
    report = sent(cast.teacher)
    for path in (at("report", report), reverse("assessments:intake")):
        assert sanna.get(path).status_code == 200


def test_a_get_does_nothing(cast, sanna):
    report = sent(cast.teacher)
    for word in ("receive", "begin"):
        assert sanna.get(at(word, report)).status_code == 302
    assert fresh(report).state == "sent"


def test_a_missed_day_asks_why_beside_it(cast, sanna):
    report = sent(cast.teacher)
    assert sanna.get(at("late", report, what="start")).status_code == 404
    ReportDeadline.objects.filter(what="start").update(last_day=today().replace(year=2020))
    deadlines.look_after_deadlines()
    assert at("late", report, what="start") in sanna.get(at("report", report)).content.decode()
    assert sanna.post(at("late", report, what="start"), {"why": ""}).status_code == 200
    assert sanna.post(at("late", report, what="start"), {"why": "Ruuhka"}).status_code == 302
    assert "Missed: Ruuhka" in sanna.get(at("report", report)).content.decode()


def test_nobody_else_finds_anything(cast):
    report = sent(cast.teacher)
    for member in (cast.nurse, cast.coordinator, cast.administrator, cast.stranger, cast.other_coordinator):
        client = sign_in(Client(), member)
        for word in ("report", "paper", "outside", "police", "receive", "judge", "decide", "family", "begin"):
            assert client.get(at(word, report)).status_code == 404, (member, word)
            assert client.post(at(word, report)).status_code == 404, (member, word)
        assert client.get(reverse("assessments:intake")).status_code == 404


def test_the_reporter_does_not_do_the_intakes_work_nor_the_intake_the_reporters(cast, tiina, sanna):
    report = sent(cast.teacher, crime_suspected=True)
    for word in ("receive", "judge", "decide", "family", "begin"):
        assert tiina.post(at(word, report)).status_code == 404
    for word in ("outside", "police"):
        assert sanna.post(at(word, report)).status_code == 404


def test_each_look_is_in_the_use_log_under_the_reports_own_key(cast, tiina, sanna):
    report = sent(cast.teacher)
    for client, purpose in ((tiina, "report"), (sanna, "intake")):
        before = Look.objects.count()
        client.get(at("report", report))
        look = Look.objects.order_by("pk").last()
        assert Look.objects.count() == before + 1
        assert (look.purpose, look.person_keys) == (purpose, [report.log_key])


def test_the_lists_cost_the_same_for_one_and_for_thirty(cast, tiina, sanna):
    costs = []
    for many in (1, 29):
        for _each in range(many):
            sent(cast.teacher)
        found = []
        for client, path in ((tiina, START), (sanna, reverse("assessments:intake"))):
            client.get(path)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(path).status_code == 200
            found.append(len(asked))
        costs.append(found)
    assert costs[0] == costs[1]
