"""What changes on the way: the first day, the schedule itself, and an area's own in place of the portal's."""

from datetime import timedelta

import pytest

from coordination.agencies.rules import NotNow
from coordination.clocks.rules import today
from coordination.outbox.models import Notification
from pilots.schedules.commands import enrolments
from pilots.schedules.commands.adapting import adapt
from pilots.schedules.commands.telling import look_after_schedules
from pilots.schedules.models import DueStep, Schedule, ScheduleStep
from pilots.schedules.queries.enrolments import changes_of
from pilots.schedules.queries.schedules import offered
from pilots.schedules.queries.steps import steps
from tests.pilots.measures import measuring
from tests.pilots.measures.measuring import instrument
from tests.pilots.registry.piloting import in_state
from tests.pilots.schedules.following import begun, days, done, due, ended, form_of, left_out, made, of_form, of_measure


def up_to_date(enrolment):
    enrolments.bring_up_to_date(enrolment=enrolment, by=enrolment.owner)


def test_the_first_day_can_be_changed_until_something_is_done(cast, enrolment):
    other = today() - timedelta(days=3)
    enrolments.change_first_day(enrolment=enrolment, first_day=other, by=cast.nurse)
    enrolment.refresh_from_db()
    assert enrolment.first_day == other
    assert days(enrolment)[0] == ("Alkukartoitus", other + timedelta(days=14))
    assert DueStep.objects.count() == 3
    done(enrolment)
    with pytest.raises(NotNow, match="stays"):
        enrolments.change_first_day(enrolment=enrolment, first_day=today(), by=cast.nurse)


# --- The schedule itself --------------------------------------------------------------------------------------------


def test_a_changed_schedule_is_followed_once_its_owner_says_so(cast, enrolment):
    before = days(enrolment)
    ScheduleStep.objects.filter(name_fi="Suunnitelma").update(after_days=35)
    ScheduleStep.objects.filter(name_fi="Seuranta").update(oldest_age=3)
    ScheduleStep.objects.create(schedule=enrolment.schedule, order=4, name_fi="Uusi", after_days=16)
    ScheduleStep.objects.create(schedule=enrolment.schedule, order=5, name_fi="Olisi myöhässä", after_days=15)
    assert days(enrolment) == before
    up_to_date(enrolment)
    first = enrolment.first_day
    expected = [("Alkukartoitus", 14), ("Uusi", 16), ("Suunnitelma", 35)]
    assert days(enrolment) == [(name, first + timedelta(days=after)) for name, after in expected]
    with pytest.raises(NotNow, match="as the schedule says"):
        up_to_date(enrolment)


def test_what_was_done_left_out_or_begun_keeps_its_day(cast, person, version):
    of_form(made(), version.questionnaire)
    of_measure(made(), instrument("ors"), after=10)
    enrolment = begun(person, cast.nurse, days_ago=6)
    done(enrolment)
    left_out(enrolment, "Suunnitelma")
    form_of(enrolment, version, cast.nurse)
    measuring.scored(measuring.begun(person, cast.nurse, days_ago=3), 1, "18.4")
    before = days(enrolment)
    enrolment.schedule.steps.exclude(name_fi="Seuranta").update(after_days=99)
    enrolment.schedule.steps.filter(name_fi="Seuranta").update(oldest_age=3)
    changes = changes_of(enrolment, steps().filter(enrolment=enrolment))
    assert (changes.move, changes.new, [row.step.name_fi for row in changes.gone]) == ([], [], ["Seuranta"])
    up_to_date(enrolment)
    assert days(enrolment) == [(name, day) for name, day in before if name != "Seuranta"]
    # By a session that nobody had written down in the schedule yet.
    assert due(enrolment, "Mittaus").done_on == today() - timedelta(days=3)


def test_whoever_does_not_follow_it_brings_nothing_up_to_date(cast, enrolment):
    ScheduleStep.objects.update(after_days=50)
    with pytest.raises(NotNow, match="not yours"):
        enrolments.bring_up_to_date(enrolment=enrolment, by=cast.coordinator)
    ended(enrolment)
    with pytest.raises(NotNow, match="ended"):
        up_to_date(enrolment)


def test_what_comes_on_another_day_is_told_of_anew(cast, enrolment):
    def told():
        look_after_schedules()
        found = Notification.objects.filter(membership=cast.nurse, code__startswith="schedule")
        return list(found.values_list("code", "due_on"))

    assert told() == [("schedule_late", today() - timedelta(days=2))]
    for after in (18, 20):
        ScheduleStep.objects.filter(name_fi="Alkukartoitus").update(after_days=after)
        up_to_date(enrolment)
        assert told() == [("schedule_due", enrolment.first_day + timedelta(days=after))]


# --- An area's own --------------------------------------------------------------------------------------------------


def test_an_adapted_copy_is_the_areas_own(cast):
    original = made()
    copy = adapt(schedule=original, by=cast.administrator)
    assert (copy.area, copy.code, copy.steps.count(), original.steps.count()) == (cast.mikkeli, None, 3, 3)
    assert copy.public_id != original.public_id
    assert Schedule.objects.get(pk=original.pk).area is None


def test_what_the_area_has_adapted_is_offered_in_place_of_the_portals(cast, person):
    method = in_state("running", cast.coordinator)
    portals, other = made(pilot=method), made(code="muu", name="Muu")
    own = adapt(schedule=portals, by=cast.administrator)
    assert set(offered(person, cast.mikkeli)) == {own, other}
    assert set(offered(person, cast.kerava)) == {portals, other}
    # What is for another age takes nobody's place.
    Schedule.objects.filter(pk=own.pk).update(oldest_age=9)
    assert set(offered(person, cast.mikkeli)) == {portals, other}
