"""What becomes of a schedule when its time is over, its young person goes, or two rows are one; and what is told."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from config import erasing, leaving
from coordination.clocks.rules import today
from coordination.outbox.models import Notification
from coordination.people.models import YoungPerson
from pilots.schedules.commands.enrolments import hand_over
from pilots.schedules.commands.leaving import move_schedules
from pilots.schedules.commands.telling import look_after_schedules
from pilots.schedules.models import DueStep, Enrolment, ScheduleFact
from tests.cast import born
from tests.pilots.measures.measuring import let_work, working
from tests.pilots.registry.piloting import in_state
from tests.pilots.schedules.following import begun, done, due, ended, left_out


def kept():
    return [model.objects.count() for model in (Enrolment, DueStep)]


# --- Erasing --------------------------------------------------------------------------------------------------------


def test_some_days_after_the_end_all_of_it_goes_but_its_facts(cast, person):
    enrolment = begun(person, cast.nurse, pilot=in_state("running", cast.coordinator), days_ago=16)
    done(enrolment, days_ago=2)
    ended(enrolment)
    days = cast.mikkeli.days_kept_after_closing
    Enrolment.objects.update(ended_at=timezone.now() - timedelta(days=days - 1), begun_at="2020-01-01T00:00Z")
    erasing.erase_what_ended()
    assert kept() == [1, 3]
    Enrolment.objects.update(ended_at=timezone.now() - timedelta(days=days + 1))
    erasing.erase_what_ended()
    assert kept() == [0, 0]
    assert set(ScheduleFact.objects.values_list("what", flat=True)) == {"begun", "in_time", "done"}
    assert YoungPerson.objects.filter(pk=person.pk).exists()


def test_when_the_young_person_asks_nothing_is_left(cast, enrolment):
    done(enrolment)
    look_after_schedules()
    erasing.ask_to_erase(young_person=enrolment.young_person, by=cast.coordinator)
    erasing.erase_asked()
    assert kept() == [0, 0]
    assert not Notification.objects.filter(code__startswith="schedule").exists()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM auditlog_logentry entry JOIN django_content_type kind ON kind.id = content_type_id"
            " WHERE kind.app_label = 'pilots' AND kind.model IN ('enrolment', 'duestep')"
        )
        assert cursor.fetchone() == (0,)


def test_one_that_nobody_sees_goes_in_time(enrolment):
    enrolment.young_person.grounds.update(ended_at=timezone.now())
    leaving.sweep()
    Enrolment.objects.update(ended_at=timezone.now() - timedelta(days=1), begun_at="2020-01-01T00:00Z")
    Enrolment.objects.update(ended_at=timezone.now() - timedelta(days=400))
    erasing.erase_what_ended()
    assert kept() == [0, 0]


# --- Joining --------------------------------------------------------------------------------------------------------


@pytest.fixture
def two(cast):
    """Two rows, and the nurse's open schedule with each, the first begun later."""
    people = [working(cast, cast.nurse, first_name=name, birth_date=born(18)) for name in ("Aina", "Aino")]
    return [begun(person, cast.nurse, days_ago=days) for person, days in zip(people, (5, 20), strict=True)]


@pytest.mark.parametrize("goes", [0, 1])
def test_of_two_open_ones_the_earlier_goes_on(two, goes):
    gone, stays = two[goes].young_person, two[1 - goes].young_person
    move_schedules(gone=gone, kept=stays)
    later, earlier = (Enrolment.objects.get(pk=one.pk) for one in two)
    assert (later.young_person, earlier.young_person) == (stays, stays)
    assert (later.ending, earlier.ending) == ("stopped", "")


def test_anothers_goes_along_as_it_is(cast, two):
    let_work(two[0].young_person, cast.teacher)
    others = begun(two[0].young_person, cast.teacher)
    move_schedules(gone=two[0].young_person, kept=two[1].young_person)
    others.refresh_from_db()
    assert (others.young_person, others.ended_on) == (two[1].young_person, None)


# --- Telling --------------------------------------------------------------------------------------------------------


def told(member):
    found = Notification.objects.filter(membership=member, code__in=["schedule_due", "schedule_late"])
    return sorted(found.filter(done_at=None).values_list("code", "due_on"))


def test_it_is_told_once_when_it_comes_due_and_once_when_it_is_late(cast, person, time_machine):
    enrolment = begun(person, cast.nurse)
    day = due(enrolment).due_on
    expected = {
        day - timedelta(days=8): [],
        day - timedelta(days=7): [("schedule_due", day)],
        day: [("schedule_due", day)],
        day + timedelta(days=1): [("schedule_late", day)],
        day + timedelta(days=2): [("schedule_late", day)],
    }
    noon = timezone.localtime().replace(hour=12)
    for moment, codes in expected.items():
        time_machine.move_to(noon + (moment - today()), tick=False)
        noon = timezone.localtime()
        for _time in range(2):
            look_after_schedules()
        assert told(cast.nurse) == codes, moment
    assert Notification.objects.filter(membership=cast.nurse, code__startswith="schedule").count() == 2
    assert Notification.objects.get(code="schedule_late").link == enrolment.get_absolute_url()


def test_what_is_settled_is_not_told_of_and_waits_no_more(cast, enrolment):
    look_after_schedules()
    assert [code for code, _day in told(cast.nurse)] == ["schedule_late"]
    done(enrolment)
    assert told(cast.nurse) == []
    left_out(enrolment, "Suunnitelma")
    DueStep.objects.update(due_on=today())
    look_after_schedules()
    assert len(told(cast.nurse)) == 1


def test_whoever_gets_it_is_told_anew_and_the_other_finds_nothing(cast, enrolment):
    look_after_schedules()
    hand_over(enrolment=enrolment, to=cast.coordinator, by=cast.nurse)
    look_after_schedules()
    assert Notification.objects.filter(membership=cast.nurse, code__startswith="schedule").count() == 0
    assert [code for code, _day in told(cast.coordinator)] == ["schedule_late"]


def test_one_that_has_ended_waits_no_more(cast, enrolment):
    look_after_schedules()
    ended(enrolment, "moved")
    look_after_schedules()
    assert told(cast.nurse) == []


def test_whoever_sees_the_young_person_no_more_is_not_told(cast, enrolment):
    enrolment.young_person.grounds.filter(membership=cast.nurse).update(ended_at=timezone.now())
    look_after_schedules()
    assert told(cast.nurse) == []
