"""A schedule from its beginning to its end: its days, what is done of them and how, and what is refused."""

from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.utils import timezone

from coordination.agencies.rules import NotNow
from coordination.clocks.rules import months_after, today
from pilots.measures.commands.courses import end_course
from pilots.questionnaires.commands import sheets, versions
from pilots.questionnaires.models import Sheet
from pilots.schedules.commands import enrolments, steps
from pilots.schedules.commands.telling import look_after_schedules
from pilots.schedules.models import DueStep, Enrolment
from pilots.schedules.queries.enrolments import enrolment_or_404, rows_of
from pilots.schedules.queries.steps import on_desk
from tests.pilots.measures import measuring
from tests.pilots.measures.measuring import instrument, let_work, working
from tests.pilots.questionnaires import filling
from tests.pilots.registry.piloting import in_state
from tests.pilots.schedules.following import begun, days, done, due, ended, form_of, left_out, made, of_form, of_measure


def waits_on_desk(member):
    return [one.step.name_fi for one in on_desk(member)[0]]


# --- Beginning ------------------------------------------------------------------------------------------------------


def test_its_rows_are_made_with_their_days(enrolment):
    first = today() - timedelta(days=16)
    expected = [("Alkukartoitus", 14), ("Suunnitelma", 30), ("Seuranta", 182)]
    assert days(enrolment) == [(name, first + timedelta(days=after)) for name, after in expected]
    assert (enrolment.owner, enrolment.begun_by) == (enrolment.begun_by, enrolment.owner)


def test_sent_twice_it_is_one(cast, person):
    known = {"schedule": made(), "young_person": person, "first_day": today(), "by": cast.nurse, "token": uuid4()}
    assert enrolments.begin(**known) == enrolments.begin(**known)
    assert DueStep.objects.count() == 3


def test_ones_own_can_be_open_once_and_anothers_is_not_learned_of(cast, enrolment):
    with pytest.raises(NotNow, match="already"):
        begun(enrolment.young_person, cast.nurse)
    let_work(enrolment.young_person, cast.therapist)
    assert begun(enrolment.young_person, cast.therapist).owner == cast.therapist


def test_whoever_does_not_work_with_them_begins_nothing(cast, person):
    with pytest.raises(NotNow):
        begun(person, cast.teacher)


@pytest.mark.parametrize("facts", [{"oldest_age": 17}, {"youngest_age": 19}, {"in_use": False}])
def test_a_schedule_for_another_age_or_out_of_use_is_refused(cast, person, facts):
    with pytest.raises(NotNow, match="age"):
        begun(person, cast.nurse, schedule=made(**facts))


def test_another_areas_schedule_and_pilot_are_refused(cast, person):
    with pytest.raises(NotNow, match="age"):
        begun(person, cast.nurse, schedule=made(area=cast.kerava))
    with pytest.raises(NotNow, match="pilot"):
        begun(person, cast.nurse, pilot=in_state("running", cast.other_coordinator))


def test_the_first_day_lies_between_a_year_ago_and_today(cast, person):
    earliest = months_after(today(), -12)
    assert begun(person, cast.nurse, days_ago=(today() - earliest).days).first_day == earliest
    for days_ago in ((today() - earliest).days + 1, -1):
        with pytest.raises(NotNow):
            begun(person, cast.nurse, schedule=made(code="toinen", name="Toinen"), days_ago=days_ago)


def test_where_nothing_comes_of_it_it_is_not_begun(cast, person):
    schedule = made()
    schedule.steps.update(oldest_age=9)
    with pytest.raises(NotNow, match="Nothing"):
        begun(person, cast.nurse, schedule=schedule)
    assert not Enrolment.objects.exists()


# --- By hand --------------------------------------------------------------------------------------------------------


def test_done_in_time_and_late_by_the_day_of_the_deed(cast, enrolment):
    done(enrolment, days_ago=2)
    done(enrolment, "Suunnitelma")
    assert [str(row.state) for row in shown(cast.nurse, enrolment)] == ["in_time", "in_time", "coming"]
    steps.reopen(due=due(enrolment), by=cast.nurse)
    done(enrolment, days_ago=1)
    assert str(shown(cast.nurse, enrolment)[0].state) == "done_late"


def shown(member, enrolment):
    """The rows of the page, as this member has it."""
    match = SimpleNamespace(view_name="schedules:schedule")
    request = SimpleNamespace(membership=member, resolver_match=match)
    return rows_of(enrolment_or_404(request, enrolment.public_id))


@pytest.mark.parametrize("days_ago", [-1, 17])
def test_neither_before_the_first_day_nor_to_come(enrolment, days_ago):
    with pytest.raises(NotNow):
        done(enrolment, days_ago=days_ago)
    assert not DueStep.objects.exclude(done_on=None).exists()


def test_what_is_settled_is_not_settled_otherwise(cast, enrolment):
    done(enrolment)
    done(enrolment)
    with pytest.raises(NotNow):
        done(enrolment, days_ago=1)
    with pytest.raises(NotNow):
        left_out(enrolment)
    left_out(enrolment, "Suunnitelma", "elsewhere")
    left_out(enrolment, "Suunnitelma", "elsewhere")
    with pytest.raises(NotNow):
        done(enrolment, "Suunnitelma")


def test_not_after_all(cast, enrolment):
    done(enrolment)
    left_out(enrolment, "Suunnitelma")
    for name in ("Alkukartoitus", "Suunnitelma", "Seuranta"):
        steps.reopen(due=due(enrolment, name), by=cast.nurse)
    assert [str(row.state) for row in shown(cast.nurse, enrolment)] == ["late", "coming", "coming"]


def test_nothing_is_done_in_one_that_has_ended(cast, enrolment):
    ended(enrolment)
    for press in (done, left_out):
        with pytest.raises(NotNow, match="ended"):
            press(enrolment)
    assert [str(row.state) for row in shown(cast.nurse, enrolment)] == ["undone"] * 3
    assert waits_on_desk(cast.nurse) == []


# --- By what is written elsewhere -----------------------------------------------------------------------------------


@pytest.fixture
def with_form(cast, person, version):
    """A schedule whose fourth step is a form, due in four days."""
    schedule = made()
    of_form(schedule, version.questionnaire)
    return begun(person, cast.nurse, schedule=schedule, days_ago=6)


def test_a_form_begun_from_the_step_does_it_once_it_is_submitted(cast, with_form, version):
    sheet = form_of(with_form, version, cast.nurse)
    assert "Lomake" in waits_on_desk(cast.nurse)
    filling.fill(filling.own(sheet, cast.nurse), cast.nurse, Nimi="Aino")
    sheets.submit(sheet=sheet, by=cast.nurse)
    # At once for whoever reads; written down when the timetable comes by.
    assert "Lomake" not in waits_on_desk(cast.nurse)
    row = next(row for row in shown(cast.nurse, with_form) if row.step.name_fi == "Lomake")
    assert (row.done, str(row.state), row.done_on) == (today(), "in_time", None)
    look_after_schedules()
    row = due(with_form, "Lomake")
    assert (row.done_on, row.done_by) == (today(), cast.nurse)
    with pytest.raises(NotNow):
        steps.reopen(due=row, by=cast.nurse)


def test_a_form_is_begun_once(cast, with_form, version):
    token = uuid4()
    assert form_of(with_form, version, cast.nurse, token=token) == form_of(with_form, version, cast.nurse, token=token)
    with pytest.raises(NotNow, match="already"):
        form_of(with_form, version, cast.nurse)
    assert Sheet.objects.count() == 1


def test_only_the_forms_of_the_step_do(cast, with_form, version):
    other = filling.approved(cast.second_coordinator, cast.administrator)
    with pytest.raises(NotNow):
        form_of(with_form, other, cast.nurse)
    with pytest.raises(NotNow):
        steps.begin_form(
            due=due(with_form), version=version, party=filling.party(version, 0), token=uuid4(), by=cast.nurse
        )


def test_one_that_is_adapted_from_the_templates_does_too(cast, person):
    template = filling.template()
    schedule = made()
    of_form(schedule, template.questionnaire)
    enrolment = begun(person, cast.nurse, schedule=schedule, days_ago=6)
    known = {"controller": cast.social, "pilot": None, "by": cast.second_coordinator}
    draft = versions.begin_questionnaire(base=template, **known)
    adapted = versions.approve(version=filling.decided(draft), by=cast.administrator)
    again = versions.begin_questionnaire(base=adapted, **known)
    assert again.questionnaire.adapted_from == template.questionnaire
    assert form_of(enrolment, adapted, cast.nurse, party=None).version == adapted


def test_an_erased_form_leaves_the_step_to_be_done(cast, with_form, version):
    sheets.throw_away(sheet=form_of(with_form, version, cast.nurse), by=cast.nurse)
    assert due(with_form, "Lomake").sheet is None
    form_of(with_form, version, cast.nurse)


@pytest.fixture
def measured(cast, person):
    """A schedule with a measure due in four days, that shows since ten days ago, and the nurse's course."""
    schedule = made()
    of_measure(schedule, instrument("ors"))
    enrolment = begun(person, cast.nurse, schedule=schedule, days_ago=16)
    return enrolment, measuring.begun(person, cast.nurse, days_ago=30)


@pytest.mark.parametrize(("days_ago", "is_done"), [(11, False), (10, True), (0, True)])
def test_a_session_does_a_measure_from_the_day_on_which_it_shows(cast, measured, days_ago, is_done):
    enrolment, course = measured
    measuring.held(course, 1, days_ago=days_ago)
    measuring.scored(course, 1, "18.4")
    look_after_schedules()
    day = today() - timedelta(days=days_ago)
    assert due(enrolment, "Mittaus").done_on == (day if is_done else None)
    assert ("Mittaus" in waits_on_desk(cast.nurse)) is not is_done


def test_another_instrument_an_empty_session_and_anothers_course_dont(cast, measured):
    enrolment, course = measured
    measuring.held(course, 1, days_ago=3)
    measuring.scored(course, 2, "36.0", code="srs")
    let_work(enrolment.young_person, cast.teacher)
    theirs = measuring.begun(enrolment.young_person, cast.teacher, days_ago=5)
    measuring.scored(theirs, 1, "18.4")
    look_after_schedules()
    assert due(enrolment, "Mittaus").done_on is None


def test_the_row_leads_to_the_owners_course(cast, measured):
    enrolment, course = measured

    def leads_to():
        return next(row.measured_at for row in shown(cast.nurse, enrolment) if row.step.name_fi == "Mittaus")

    assert leads_to() == course.get_absolute_url()
    end_course(course=course, planned=True, on=today())
    assert leads_to() == f"/measures/begin/{enrolment.young_person.public_id}/"


# --- Ending ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["done", "stopped", "moved"])
def test_it_ends_once(cast, enrolment, ending):
    day = today() - timedelta(days=3)
    ended(enrolment, ending, on=day)
    enrolment.refresh_from_db()
    assert (enrolment.ending, enrolment.ended_on) == (ending, day)
    # Kept from the press on, whatever day it ended with.
    assert timezone.now() - enrolment.ended_at < timedelta(minutes=1)
    with pytest.raises(NotNow, match="ended"):
        ended(enrolment)
    assert begun(enrolment.young_person, cast.nurse).pk != enrolment.pk


@pytest.mark.parametrize(("days_ago", "is_refused"), [(-1, True), (0, False), (4, False), (5, True), (17, True)])
def test_it_ends_neither_in_the_future_nor_before_what_was_done(cast, enrolment, days_ago, is_refused):
    done(enrolment, days_ago=4)
    on = today() - timedelta(days=days_ago)
    if is_refused:
        with pytest.raises(NotNow):
            ended(enrolment, on=on)
    else:
        ended(enrolment, on=on)
    assert Enrolment.objects.filter(ended_on=on).exists() is not is_refused


def test_it_does_not_end_before_the_first_day(enrolment):
    with pytest.raises(NotNow, match="first day"):
        ended(enrolment, on=enrolment.first_day - timedelta(days=1))


def test_working_with_two_young_people_keeps_them_apart(cast, enrolment):
    other = begun(working(cast, cast.nurse, first_name="Toinen"), cast.nurse)
    done(other)
    assert due(enrolment).done_on is None
