"""The intake's own lawful "not yet": the family isn't told, by name and with a ground, and the day goes on."""

from datetime import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from coordination.agencies.rules import NotNow
from coordination.assessments.commands import deadlines, reports
from coordination.assessments.models import Report
from coordination.clocks.rules import HELSINKI, today
from coordination.outbox.models import Notification
from tests.cast import sign_in
from tests.coordination.assessments.reporting import at, fresh, sent, waits

pytestmark = pytest.mark.django_db
# Sent on a Tuesday; the family is to be told by Thursday of the next week.
TUESDAY = datetime(2026, 3, 10, 12, tzinfo=HELSINKI)
FRIDAY = datetime(2026, 3, 20, 0, 1, tzinfo=HELSINKI)
WHY = "Isä uhkasi lähteä lapsen kanssa"


@pytest.fixture
def report(cast, time_machine):
    """Judged by the social worker, so that they have it in hand."""
    time_machine.move_to(TUESDAY, tick=False)
    report = sent(cast.teacher)
    reports.judge(report=report, urgency="not_urgent", why="Turvassa", by=cast.social_worker)
    deadlines.met(report, "start")
    return report


def day(report):
    return report.deadlines.get(what="family_told")


def not_yet(report, by, **said):
    return reports.put_off_family(report=report, **({"ground": "danger", "why": WHY} | said), by=by)


def test_it_has_a_ground_a_reason_and_a_name(cast, report):
    for missing in ({"ground": ""}, {"why": ""}):
        with pytest.raises(NotNow):
            not_yet(report, cast.colleague, **missing)
    not_yet(report, cast.colleague)
    report = fresh(report)
    assert (report.intake_not_yet, report.intake_not_yet_why) == ("danger", WHY)
    assert (report.intake_not_yet_by, report.intake_not_yet_at) == (cast.colleague, TUESDAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(intake_not_yet_by=None)


def test_only_the_intake_says_so(cast, report):
    for member in (cast.teacher, cast.nurse, cast.stranger):
        with pytest.raises(Report.DoesNotExist):
            not_yet(report, member)


def test_the_day_is_met_by_telling_alone(cast, report):
    not_yet(report, cast.social_worker)
    assert day(report).done_at is None
    reports.tell_family(report=report, on=today(), by=cast.social_worker)
    assert day(report).done_at
    # It stays written down why they weren't told at once; once they are told, it can't be put off.
    assert fresh(report).intake_not_yet == "danger"
    with pytest.raises(NotNow):
        not_yet(report, cast.social_worker)


def test_once_the_day_is_missed_it_is_the_reason_and_the_owner_still_hears_of_it(cast, report, time_machine):
    not_yet(report, cast.colleague)
    time_machine.move_to(FRIDAY, tick=False)
    for _twice in range(2):
        deadlines.look_after_deadlines()
    missed = day(report)
    assert (missed.missed_why, missed.missed_why_by) == (WHY, cast.colleague)
    assert waits(cast.social_worker, "report_deadline_missed") == 1
    with pytest.raises(NotNow):
        deadlines.say_why_late(report=report, what="family_told", why="Ruuhka", by=cast.social_worker)
    reports.tell_family(report=report, on=today(), by=cast.social_worker)
    assert waits(cast.social_worker, "report_deadline_missed") == 0


def test_said_after_the_day_was_missed_it_is_the_reason_that_was_asked(cast, report, time_machine):
    time_machine.move_to(FRIDAY, tick=False)
    deadlines.look_after_deadlines()
    assert day(report).missed_why == ""
    not_yet(report, cast.social_worker)
    assert day(report).missed_why == WHY
    # The family is still to be told.
    assert waits(cast.social_worker, "report_deadline_missed") == 1


def test_a_reason_that_was_given_stays(cast, report, time_machine):
    time_machine.move_to(FRIDAY, tick=False)
    deadlines.look_after_deadlines()
    deadlines.say_why_late(report=report, what="family_told", why="Ruuhka", by=cast.social_worker)
    not_yet(report, cast.social_worker)
    assert day(report).missed_why == "Ruuhka"


def test_it_is_no_reason_for_another_day(cast, time_machine):
    time_machine.move_to(TUESDAY, tick=False)
    report = sent(cast.teacher)
    reports.judge(report=report, urgency="not_urgent", why="Turvassa", by=cast.social_worker)
    not_yet(report, cast.social_worker)
    time_machine.move_to(FRIDAY, tick=False)
    deadlines.look_after_deadlines()
    assert report.deadlines.get(what="start").missed_why == ""


def test_on_the_page(cast, report, sanna):
    said = {"answer": "not_yet", "ground": "crime", "why": WHY}
    assert sanna.post(at("family", report), said).headers["Location"] == at("report", report)
    page = sanna.get(at("report", report)).content.decode()
    for words in (WHY, "a crime is suspected, and telling could harm", cast.social_worker.user.get_full_name()):
        assert words.casefold() in page.casefold()
    # What was said stands in the form again.
    assert WHY in sanna.get(at("family", report)).content.decode()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({}, "answer"),
        ({"answer": "perhaps"}, "answer"),
        ({"answer": "told"}, "on"),
        ({"answer": "not_yet", "why": WHY}, "ground"),
        ({"answer": "not_yet", "ground": "danger"}, "why"),
        ({"answer": "not_yet", "ground": "busy", "why": WHY}, "ground"),
    ],
)
def test_what_is_missing_is_said_at_its_field(report, sanna, typed, field):
    answer = sanna.post(at("family", report), typed)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert fresh(report).intake_not_yet == ""


def test_the_reporter_reads_nothing_of_it_and_no_table_does(cast, report):
    not_yet(report, cast.social_worker)
    assert WHY not in sign_in(Client(), cast.teacher).get(at("report", report)).content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(r)::text FROM coordination_report r")
        row = cursor.fetchone()[0]
        cursor.execute("SELECT changes::text FROM auditlog_logentry")
        audit = " ".join(str(one[0]) for one in cursor.fetchall())
    assert WHY not in row
    assert WHY not in audit
    assert not Notification.objects.filter(membership=cast.teacher, code="report_deadline_missed").exists()
