"""By when what is to be done about a contact or notification, who is told and asked why; and when it is forgotten."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.utils import timezone

from config import erasing
from coordination.agencies.rules import NotNow
from coordination.assessments.commands import deadlines, reports
from coordination.assessments.models import Report, ReportDeadline
from coordination.assessments.queries import reports as queries
from coordination.clocks.commands import save_rule
from coordination.clocks.models import DeadlineRule
from coordination.clocks.rules import today
from coordination.outbox.models import Notification
from tests.coordination.assessments.reporting import fresh, mailed, sent, waits

pytestmark = pytest.mark.django_db
HELSINKI = ZoneInfo("Europe/Helsinki")
NIGHT = datetime(2026, 3, 10, 23, 30, tzinfo=HELSINKI)  # a Tuesday


# --- Days -----------------------------------------------------------------------------------------------------------


def test_days_worked_by_hand_for_a_tuesday(cast, time_machine):
    """Sent on Tuesday 10.3.2026 at 23.30: an hour, the same day, and the seventh working day, Thursday of next week."""
    time_machine.move_to(NIGHT, tick=False)
    report = sent(cast.teacher)
    days = {one.what: one.last_day for one in report.deadlines.all()}
    assert report.deadlines.get(what="receipt").last_moment == NIGHT + timedelta(minutes=60)
    assert str(days["urgency"]) == "2026-03-10"
    assert str(days["family_told"]) == str(days["start"]) == "2026-03-19"


def test_for_others_the_beginning_has_no_last_day(cast):
    report = sent(cast.teacher)
    reports.judge(report=report, urgency="not_urgent", why="Arki sujuu", by=cast.social_worker)
    assert report.deadlines.get(what="start").last_day is not None
    reports.decide(report=report, assess=True, scope="others", why="", by=cast.social_worker)
    assert report.deadlines.get(what="start").last_day is None


def test_unreceived_at_night_the_reporter_is_told_to_ring_once(cast, time_machine):
    time_machine.move_to(NIGHT, tick=False)
    cast.teacher.user.rhythm = "daily"
    cast.teacher.user.save()
    report = sent(cast.teacher)
    time_machine.move_to(NIGHT + timedelta(minutes=59), tick=False)
    deadlines.look_after_deadlines()
    assert waits(cast.teacher, "ring_them") == 0
    time_machine.move_to(NIGHT + timedelta(minutes=61), tick=False)
    for _twice in range(2):
        deadlines.look_after_deadlines()
    assert waits(cast.teacher, "ring_them") == 1
    assert mailed(cast.teacher) == 1
    assert fresh(report).ring_told_at == timezone.now()
    reports.receive(report=report, by=cast.social_worker)
    assert waits(cast.teacher, "ring_them") == 0


def test_unreceived_the_intake_hears_of_it_again(cast, time_machine):
    time_machine.move_to(NIGHT, tick=False)
    sent(cast.teacher)
    time_machine.move_to(NIGHT + timedelta(minutes=61), tick=False)
    deadlines.look_after_deadlines()
    assert waits(cast.colleague, "report_waits") == 2
    assert waits(cast.administrator, "nobody_at_the_intake") == 0


@pytest.mark.parametrize("who", ["the reporter", "the intake"])
def test_where_nobody_is_left_to_be_told_the_administrators_are(cast, time_machine, who):
    time_machine.move_to(NIGHT, tick=False)
    sent(cast.teacher)
    for member in [cast.teacher] if who == "the reporter" else [cast.social_worker, cast.colleague]:
        member.ended_on = today()
        member.save()
    time_machine.move_to(NIGHT + timedelta(minutes=61), tick=False)
    for _twice in range(2):
        deadlines.look_after_deadlines()
    # The urgency was to be judged before midnight, too.
    assert waits(cast.administrator, "nobody_at_the_intake") == {"the reporter": 1, "the intake": 2}[who]


def test_without_any_rule_the_hour_holds(cast, time_machine):
    ReportDeadline.objects.all().delete()
    DeadlineRule.objects.all().delete()
    time_machine.move_to(NIGHT, tick=False)
    report = sent(cast.teacher)
    time_machine.move_to(NIGHT + timedelta(minutes=61), tick=False)
    deadlines.look_after_deadlines()
    assert waits(cast.teacher, "ring_them") == 1
    assert queries.shown(report).must_ring


def test_no_rule_of_an_area_makes_a_receipt_later_than_an_hour(cast):
    for unit, number in (("minutes", 61), ("days", 1), ("without_delay", None)):
        rule = DeadlineRule(what="receipt", unit=unit, number=number, valid_from=today(), name_fi="x", name_sv="x")
        with pytest.raises(NotNow):
            save_rule(rule=rule, by=cast.administrator)


def test_what_is_sent_outside_is_asked_about_until_it_was_sent(cast, time_machine):
    time_machine.move_to(NIGHT, tick=False)
    cast.social.takes_reports = False
    cast.social.save()
    left, rung = sent(cast.teacher), sent(cast.nurse)
    reports.send_outside(report=rung, how="phone", to="Kriisipäivystys", by=cast.nurse)
    time_machine.move_to(NIGHT + timedelta(minutes=61), tick=False)
    deadlines.look_after_deadlines()
    assert (waits(cast.teacher, "ring_them"), waits(cast.nurse, "ring_them")) == (1, 0)
    assert fresh(left).ring_told_at


def test_a_reason_for_a_receipt_is_asked_of_nobody_so_that_ringing_stays_told(cast, time_machine):
    time_machine.move_to(NIGHT, tick=False)
    report = sent(cast.teacher)
    time_machine.move_to(NIGHT + timedelta(minutes=61), tick=False)
    deadlines.look_after_deadlines()
    with pytest.raises(NotNow):
        deadlines.say_why_late(report=report, what="receipt", why="Ruuhka", by=cast.social_worker)
    assert waits(cast.teacher, "ring_them") == 1


def test_a_day_that_moves_is_asked_about_anew(cast, time_machine):
    DeadlineRule.objects.filter(what="start", scope="others").update(unit="working_days", number=30)
    time_machine.move_to(NIGHT, tick=False)
    report = sent(cast.teacher)
    reports.judge(report=report, urgency="not_urgent", why="Arki sujuu", by=cast.social_worker)
    time_machine.move_to(datetime(2026, 3, 20, 0, 1, tzinfo=HELSINKI), tick=False)
    deadlines.look_after_deadlines()
    reports.decide(report=report, assess=True, scope="others", why="", by=cast.social_worker)
    one = report.deadlines.get(what="start")
    assert (one.missed_told_at, one.warned_at) == (None, None)
    assert one.last_day > datetime(2026, 4, 1, tzinfo=HELSINKI).date()
    assert waits(cast.social_worker, "report_deadline_missed") == 1  # the family's


def test_what_was_missed_stays_written_down_when_nothing_is_assessed(cast, time_machine):
    time_machine.move_to(NIGHT, tick=False)
    report = sent(cast.teacher)
    reports.judge(report=report, urgency="not_urgent", why="Arki sujuu", by=cast.social_worker)
    time_machine.move_to(datetime(2026, 3, 20, 0, 1, tzinfo=HELSINKI), tick=False)
    deadlines.look_after_deadlines()
    reports.decide(report=report, assess=False, why="Tuki jatkuu", by=cast.social_worker)
    assert report.deadlines.get(what="start").missed_told_at
    assert waits(cast.social_worker, "report_deadline_missed") == 1


def test_received_in_time_nobody_rings(cast, time_machine):
    time_machine.move_to(NIGHT, tick=False)
    report = sent(cast.teacher)
    reports.receive(report=report, by=cast.social_worker)
    time_machine.move_to(NIGHT + timedelta(minutes=61), tick=False)
    deadlines.look_after_deadlines()
    assert waits(cast.teacher, "ring_them") == 0


def test_a_near_day_is_told_once_to_its_owner_in_the_digest(cast, time_machine):
    """Nine days from the 10th to the 19th, four fifths of them are 8 days: the 18th."""
    time_machine.move_to(NIGHT, tick=False)
    report = sent(cast.teacher)
    reports.judge(report=report, urgency="not_urgent", why="Arki sujuu", by=cast.social_worker)
    reports.tell_family(report=report, on=today(), by=cast.social_worker)
    time_machine.move_to(datetime(2026, 3, 17, 12, tzinfo=HELSINKI), tick=False)
    deadlines.look_after_deadlines()
    assert waits(cast.social_worker, "report_deadline_near") == 0
    time_machine.move_to(datetime(2026, 3, 18, 12, tzinfo=HELSINKI), tick=False)
    mails = mailed(cast.social_worker)
    for _twice in range(2):
        deadlines.look_after_deadlines()
    assert waits(cast.social_worker, "report_deadline_near") == 1
    assert waits(cast.colleague, "report_deadline_near") == 0
    assert mailed(cast.social_worker) == mails
    assert Notification.objects.get(code="report_deadline_near").due_on.isoformat() == "2026-03-19"


def test_what_is_due_today_is_not_near_in_the_minute_in_which_it_came(cast, time_machine):
    """Sent at 14.00, with the urgency to be judged on the same day: of the ten hours until midnight two pass first."""
    at = NIGHT.replace(hour=14, minute=0)
    time_machine.move_to(at, tick=False)
    report = sent(cast.teacher)

    def near(moment):
        time_machine.move_to(moment, tick=False)
        deadlines.look_after_deadlines()
        return waits(cast.social_worker, "report_deadline_near")

    soon = [
        near(moment) for moment in (at, at + timedelta(minutes=119), at + timedelta(hours=2), at + timedelta(hours=9))
    ]
    assert soon == [0, 0, 1, 1]
    assert Notification.objects.filter(about=report.deadlines.get(what="urgency").public_id).exists()


def test_what_is_judged_at_once_is_never_near(cast, time_machine):
    time_machine.move_to(NIGHT, tick=False)
    report = sent(cast.teacher)
    deadlines.look_after_deadlines()
    reports.judge(report=report, urgency="not_urgent", why="Arki sujuu", by=cast.social_worker)
    time_machine.move_to(NIGHT + timedelta(minutes=20), tick=False)
    deadlines.look_after_deadlines()
    assert not Notification.objects.filter(code="report_deadline_near").exists()


def test_a_missed_day_asks_its_one_owner_why(cast, time_machine):
    time_machine.move_to(NIGHT, tick=False)
    report = sent(cast.teacher)
    reports.judge(report=report, urgency="not_urgent", why="Arki sujuu", by=cast.social_worker)
    with pytest.raises(NotNow):
        deadlines.say_why_late(report=report, what="start", why="Ruuhka", by=cast.social_worker)
    time_machine.move_to(datetime(2026, 3, 20, 0, 1, tzinfo=HELSINKI), tick=False)
    deadlines.look_after_deadlines()
    assert waits(cast.social_worker, "report_deadline_missed") == 2  # begun, and the family
    assert waits(cast.colleague, "report_deadline_missed") == 0
    with pytest.raises(NotNow):
        deadlines.say_why_late(report=report, what="start", why="", by=cast.social_worker)
    deadlines.say_why_late(report=report, what="start", why="Ruuhka", by=cast.social_worker)
    assert waits(cast.social_worker, "report_deadline_missed") == 1
    assert ReportDeadline.objects.get(report=report, what="start").missed_why == "Ruuhka"
    with pytest.raises(NotNow):
        deadlines.say_why_late(report=report, what="start", why="Toinen", by=cast.social_worker)


# --- Forgetting -----------------------------------------------------------------------------------------------------


def test_what_is_done_with_goes_after_the_areas_days_and_what_waits_stays(cast, time_machine):
    waiting, done = sent(cast.teacher), sent(cast.nurse)
    reports.judge(report=done, urgency="not_urgent", why="Arki sujuu", by=cast.social_worker)
    reports.decide(report=done, assess=False, why="Tuki jatkuu", by=cast.social_worker)
    time_machine.move_to(timezone.now() + timedelta(days=cast.mikkeli.days_kept_after_closing - 1))
    erasing.erase_what_ended()
    assert Report.objects.count() == 2
    time_machine.move_to(timezone.now() + timedelta(days=2))
    erasing.erase_what_ended()
    assert Report.objects.get() == waiting
    assert not Notification.objects.filter(about=done.public_id).exists()


def test_nothing_that_was_written_is_readable_in_the_tables(cast):
    report = sent(cast.teacher)
    reports.judge(report=report, urgency="urgent", why="Yöpaikka puuttuu", by=cast.social_worker)
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(r)::text FROM coordination_report r")
        row = cursor.fetchone()[0]
        cursor.execute("SELECT changes::text FROM auditlog_logentry")
        audit = " ".join(str(one[0]) for one in cursor.fetchall())
    for words in ("Poissaoloja", "En jaksa", "040 765", "Yöpaikka"):
        assert words not in row
        assert words not in audit
    assert "Virtanen" not in audit
