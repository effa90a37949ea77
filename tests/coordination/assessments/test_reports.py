"""A contact or notification: it finds nobody, asks nobody, is received by name, judged, decided, and forgotten."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from coordination.agencies.models import Agency, Municipality
from coordination.agencies.rules import NotNow
from coordination.assessments.commands import deadlines, reports
from coordination.assessments.models import Report
from coordination.assessments.queries import reports as queries
from coordination.assessments.states import REPORT_MOVES, ReportState
from coordination.clocks.rules import today
from coordination.outbox.models import Notification
from coordination.people.commands import exclude, find_or_make
from coordination.people.models import YoungPerson
from coordination.use_log.models import Look
from tests.coordination.assessments.reporting import TYPED, fresh, mailed, open_intake, sent, waits

pytestmark = pytest.mark.django_db


# --- Sending --------------------------------------------------------------------------------------------------------


def test_everybody_at_the_intake_is_told_at_once_whatever_their_rhythm(cast):
    cast.colleague.user.rhythm = "daily"
    cast.colleague.user.save()
    report = sent(cast.teacher)
    assert (report.state, report.to_agency) == ("sent", cast.social)
    for member in (cast.social_worker, cast.colleague):
        assert waits(member, "report_waits") == 1
        assert mailed(member) == 1
    assert waits(cast.nurse, "report_waits") == waits(cast.coordinator, "report_waits") == 0


def test_it_finds_and_makes_nobody(cast):
    """What is sent stands apart: whether others work with the child changes nothing, and it tells them nothing."""
    cast.flag(cast.nurse, birth_date=TYPED["birth_date"], guardian_allowed=True)
    before = YoungPerson.objects.count(), Notification.objects.exclude(code="report_waits").count()
    sent(cast.teacher)
    assert (YoungPerson.objects.count(), Notification.objects.exclude(code="report_waits").count()) == before
    assert "young_person" not in {field.name for field in Report._meta.get_fields()}


def test_the_same_form_sent_twice_is_one(cast):
    first = sent(cast.teacher)
    said = TYPED | {"kind": "notification", "token": first.token, "by": cast.teacher}
    assert reports.send(**said) == first
    assert waits(cast.social_worker, "report_waits") == 1


def test_what_was_passed_on_stands_in_the_use_log_under_a_key_of_its_own(cast):
    report = sent(cast.teacher)
    look = Look.objects.get(purpose="disclosure")
    assert (look.passed_on, look.passed_to_agency, look.person_keys) == (["report"], cast.social.pk, [report.log_key])


@pytest.mark.parametrize("where", ["an area without an intake", "a municipality in no area"])
def test_where_nobody_receives_it_here_it_goes_outside_with_its_sending_recorded(cast, where):
    if where == "an area without an intake":
        Agency.objects.update(takes_reports=False)
        report = sent(cast.teacher)
    else:
        county = cast.mikkeli.municipalities.first().county
        far = Municipality.objects.create(
            code="999", name_fi="Kaukala", county=county, region_code="10", language_relation=0
        )
        report = sent(cast.teacher, municipality=far)
    assert (report.state, report.to_agency) == ("outside", None)
    assert [one.what for one in report.deadlines.all()] == ["receipt"]
    reports.send_outside(report=report, how="phone", to="Kriisipäivystys, Maija M.", by=cast.teacher)
    report = fresh(report)
    assert (report.sent_how, report.sent_to) == ("phone", "Kriisipäivystys, Maija M.")
    at = report.sent_at
    reports.send_outside(report=report, how="phone", to="Kriisipäivystys, Maija Mäki", by=cast.teacher)
    assert (fresh(report).sent_at, fresh(report).sent_to) == (at, "Kriisipäivystys, Maija Mäki")
    assert Look.objects.filter(purpose="disclosure", passed_to="outside").count() == 1


def test_what_the_portal_sent_is_not_sent_outside(cast):
    with pytest.raises(NotNow):
        reports.send_outside(report=sent(cast.teacher), how="phone", to="Joku", by=cast.teacher)


def test_it_goes_to_the_intake_of_the_municipality_that_was_typed(cast):
    kerava = cast.agency("Keravan sosiaalipalvelut", Agency.Kind.SOCIAL, area=cast.kerava)
    cast.member("Kerttu", "Keravalainen", kerava)
    open_intake(kerava)
    assert sent(cast.teacher, municipality=cast.kerava.municipalities.first()).to_agency == kerava
    assert sent(cast.stranger).to_agency == kerava


def test_not_yet_has_its_ground_in_the_database_too(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        sent(cast.teacher, family_told="not_yet")


def test_only_one_public_agency_of_social_welfare_receives_in_an_area(cast):
    for wrong in ({"pk": cast.school.pk}, {"pk": cast.health.pk}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Agency.objects.filter(**wrong).update(takes_reports=True)
    second = cast.agency("Lastensuojelu", Agency.Kind.CHILD_WELFARE)
    with pytest.raises(IntegrityError), transaction.atomic():
        Agency.objects.filter(pk=second.pk).update(takes_reports=True)


# --- Who reads it ---------------------------------------------------------------------------------------------------


def test_whoever_must_not_learn_of_the_child_is_not_told_and_finds_nothing(cast):
    pk = find_or_make(area=cast.mikkeli, **{name: TYPED[name] for name in ("first_name", "last_name", "birth_date")})
    person = YoungPerson.objects.get(pk=pk)
    exclude(young_person=person, by=cast.coordinator, user=cast.social_worker.user)
    report = sent(cast.teacher)
    assert waits(cast.social_worker, "report_waits") == 0
    assert waits(cast.colleague, "report_waits") == 1
    assert report not in queries.received_by(cast.social_worker)
    assert report in queries.received_by(cast.colleague)


def test_an_exclusion_that_comes_later_acts_at_once(cast):
    report = sent(cast.teacher)
    pk = find_or_make(area=cast.mikkeli, **{name: TYPED[name] for name in ("first_name", "last_name", "birth_date")})
    exclude(young_person=YoungPerson.objects.get(pk=pk), by=cast.coordinator, user=cast.social_worker.user)
    assert report not in queries.received_by(cast.social_worker)
    with pytest.raises(Report.DoesNotExist):
        reports.receive(report=report, by=cast.social_worker)


def test_what_an_agency_has_in_hand_stays_its_own_when_it_receives_no_more(cast):
    report = sent(cast.teacher)
    Agency.objects.update(takes_reports=False)
    cast.social.refresh_from_db()
    assert report in queries.received_by(cast.social_worker)
    assert sent(cast.teacher).to_agency is None


@pytest.mark.parametrize("how", ["with a hetu", "in another area", "in other letters"])
def test_an_exclusion_reaches_a_report_that_names_the_child_otherwise(cast, how):
    typed = {name: TYPED[name] for name in ("first_name", "last_name", "birth_date")}
    area = cast.kerava if how == "in another area" else cast.mikkeli
    hetu = "010112A900W" if how == "with a hetu" else None
    person = YoungPerson.objects.get(pk=find_or_make(area=area, hetu=hetu, **typed))
    exclude(young_person=person, by=cast.coordinator, user=cast.social_worker.user)
    names = {"first_name": "AINO", "last_name": "virtanen"} if how == "in other letters" else {}
    report = sent(cast.teacher, **names)
    assert waits(cast.social_worker, "report_waits") == 0
    assert report not in queries.received_by(cast.social_worker)
    assert report in queries.received_by(cast.colleague)


def test_an_exclusion_from_another_child_keeps_nobody_away(cast):
    """Also where that child's row was the first of all."""
    other = find_or_make(area=cast.mikkeli, first_name="Muu", last_name="Lapsi", birth_date=TYPED["birth_date"])
    exclude(young_person=YoungPerson.objects.get(pk=other), by=cast.coordinator, agency=cast.social)
    report = sent(cast.teacher)
    assert waits(cast.social_worker, "report_waits") == 1
    assert report in queries.received_by(cast.social_worker)


def test_a_known_child_and_an_unknown_one_cost_the_same_statements(cast):
    typed = {name: TYPED[name] for name in ("first_name", "last_name", "birth_date")}
    person = YoungPerson.objects.get(pk=find_or_make(area=cast.mikkeli, **typed))
    exclude(young_person=person, by=cast.coordinator, user=cast.colleague.user)
    sent(cast.teacher, first_name="Lämmin", last_name="Aloitus")
    costs = []
    for names in ({}, {"first_name": "Tuntematon", "last_name": "Lapsi"}):
        with CaptureQueriesContext(connection) as asked:
            sent(cast.teacher, **names)
        costs.append(len(asked))
    assert costs[0] == costs[1]


def test_what_was_told_before_an_exclusion_is_taken_back(cast):
    report = sent(cast.teacher)
    typed = {name: TYPED[name] for name in ("first_name", "last_name", "birth_date")}
    person = YoungPerson.objects.get(pk=find_or_make(area=cast.mikkeli, **typed))
    exclude(young_person=person, by=cast.coordinator, user=cast.social_worker.user)
    deadlines.look_after_deadlines()
    assert not Notification.objects.filter(membership=cast.social_worker, about=report.public_id).exists()
    assert waits(cast.colleague, "report_waits") == 1


def test_an_agency_in_which_nobody_works_receives_nothing(cast):
    for member in (cast.social_worker, cast.colleague):
        member.ended_on = today()
        member.save()
    assert sent(cast.teacher).state == "outside"


# --- Receiving, judging, deciding -----------------------------------------------------------------------------------


def test_a_receipt_has_a_name_and_reaches_the_reporter_at_once(cast):
    report = sent(cast.teacher)
    reports.receive(report=report, by=cast.social_worker)
    report = fresh(report)
    assert (report.state, report.received_by) == ("received", cast.social_worker)
    assert waits(cast.teacher, "report_received") == 1
    assert mailed(cast.teacher) == 1
    assert waits(cast.social_worker, "report_waits") == waits(cast.colleague, "report_waits") == 0
    with pytest.raises(NotNow):
        reports.receive(report=report, by=cast.colleague)


def test_judging_receives_too(cast):
    report = sent(cast.teacher)
    reports.judge(report=report, urgency="urgent", why="Yöpaikka puuttuu", by=cast.social_worker)
    report = fresh(report)
    assert (report.state, report.received_by, report.judged_by) == ("judged", cast.social_worker, cast.social_worker)
    assert waits(cast.teacher, "report_received") == 1


def test_a_decision_not_to_assess_has_a_reason(cast):
    report = sent(cast.teacher)
    reports.judge(report=report, urgency="not_urgent", why="Arki sujuu", by=cast.social_worker)
    with pytest.raises(NotNow):
        reports.decide(report=report, assess=False, why="", by=cast.social_worker)
    reports.decide(report=report, assess=False, why="Tuki jatkuu koulussa", by=cast.social_worker)
    report = fresh(report)
    assert (report.state, report.scope, report.decided_by) == ("not_assessed", "", cast.social_worker)
    assert not report.deadlines.filter(what="start").exists()


def test_a_decision_to_assess_says_for_whom_and_begins(cast):
    report = sent(cast.teacher)
    reports.judge(report=report, urgency="not_urgent", why="Arki sujuu", by=cast.social_worker)
    with pytest.raises(NotNow):
        reports.decide(report=report, assess=True, why="", by=cast.social_worker)
    reports.decide(report=report, assess=True, scope="special_support", why="", by=cast.social_worker)
    reports.begin(report=report, by=cast.social_worker)
    assert fresh(report).state == "begun"
    assert report.deadlines.get(what="start").done_at is not None


@pytest.mark.parametrize("state", ReportState.values)
def test_no_step_is_taken_out_of_its_turn(cast, state):
    report = sent(cast.teacher)
    now, begun = timezone.now(), {}
    if state == "begun":
        begun = {"begun_at": now, "begun_by": cast.colleague, "decided_at": now, "decided_by": cast.colleague}
        begun["scope"] = "others"
    to_agency = None if state == "outside" else cast.social
    Report.objects.filter(pk=report.pk).update(state=state, to_agency=to_agency, **begun)
    steps = {
        ReportState.RECEIVED: lambda: reports.receive(report=report, by=cast.social_worker),
        ReportState.TO_ASSESS: lambda: reports.decide(
            report=report, assess=True, scope="others", why="", by=cast.social_worker
        ),
        ReportState.NOT_ASSESSED: lambda: reports.decide(report=report, assess=False, why="x", by=cast.social_worker),
        ReportState.BEGUN: lambda: reports.begin(report=report, by=cast.social_worker),
    }
    for target, step in steps.items():
        if target not in REPORT_MOVES[state]:
            with pytest.raises((NotNow, Report.DoesNotExist)):
                step()
    assert fresh(report).state == state


def test_the_family_is_told_on_a_day_between_receipt_and_today(cast):
    report = sent(cast.teacher)
    for day in (today() - timedelta(days=1), today() + timedelta(days=1)):
        with pytest.raises(NotNow):
            reports.tell_family(report=report, on=day, by=cast.social_worker)
    reports.tell_family(report=report, on=today(), by=cast.social_worker)
    assert report.deadlines.get(what="family_told").done_at is not None
    with pytest.raises(NotNow):
        reports.tell_family(report=report, on=today(), by=cast.social_worker)
