"""A course from its beginning to its end: what is written, by whom, and what is refused."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection

from coordination.agencies.rules import NotNow
from coordination.clocks.rules import half_year_of, today
from pilots.measures.commands import courses as commands
from pilots.measures.commands import sessions
from pilots.measures.models import Course, MeasureFact, Response, Session
from pilots.measures.queries.courses import may_go_on
from tests.cast import born
from tests.pilots.measures.measuring import GUARDIAN, YOUNG, begun, four, held, instrument, scored, told, working
from tests.pilots.registry.piloting import in_state


def facts():
    rows = MeasureFact.objects.exclude(what="counted").values_list("what", "value", "count", "people", "agencies")
    return sorted(map(tuple, rows))


def test_a_course_is_begun_once_however_often_it_is_sent(cast, person):
    token = uuid4()
    sent = {"young_person": person, "outcome": instrument("ors"), "token": token, "by": cast.nurse}
    assert commands.begin_course(**sent) == commands.begin_course(**sent)
    with pytest.raises(NotNow, match="already"):
        commands.begin_course(**sent | {"token": uuid4()})
    assert Course.objects.get().begun_on == today()


@pytest.mark.parametrize(
    ("code", "age", "fits"), [("cors", 12, True), ("cors", 13, False), ("ors", 12, False), ("ors", 13, True)]
)
def test_an_instrument_is_for_its_ages(cast, code, age, fits):
    cast.mikkeli.youngest_age = 6
    cast.mikkeli.save()
    person = working(cast, cast.nurse, birth_date=born(age), guardian_allowed=True)
    if fits:
        assert begun(person, cast.nurse, outcome=code).outcome.code == code
    else:
        with pytest.raises(NotNow, match="age"):
            begun(person, cast.nurse, outcome=code)


def test_an_alliance_is_no_outcome_and_nothing_is_no_course(cast, person):
    with pytest.raises(NotNow):
        begun(person, cast.nurse, outcome="srs")
    with pytest.raises(NotNow, match="at least one"):
        begun(person, cast.nurse, outcome=None, alliance=None)


def test_a_pilot_is_of_the_own_area(cast, person):
    with pytest.raises(NotNow, match="your own area"):
        begun(person, cast.nurse, pilot=in_state("running", cast.other_coordinator))


def test_todays_session_is_one_however_often_it_is_begun(course):
    assert sessions.begin_session(course=course) == sessions.begin_session(course=course)
    assert Session.objects.get().number == 1


def test_sessions_stay_in_the_order_of_their_days(course):
    for number in (1, 2, 3):
        held(course, number)
    second = course.sessions.get(number=2)
    sessions.change_day(session=second, held_on=course.begun_on + timedelta(days=1))
    for day in (course.begun_on, course.begun_on + timedelta(days=2), today() + timedelta(days=1)):
        with pytest.raises(NotNow):
            sessions.change_day(session=second, held_on=day)
    with pytest.raises(NotNow, match="began later"):
        sessions.change_day(session=course.sessions.get(number=1), held_on=course.begun_on - timedelta(days=1))


def test_a_correction_is_a_new_row_and_the_earlier_one_stays(course):
    first = scored(course, 1, "18.4")
    assert scored(course, 1, "18.4") == first
    scored(course, 1, "20.0")
    before, after = Response.objects.order_by("pk")
    assert (sum(before.numbers), before.replaced_at is not None) == (Decimal("18.4"), True)
    assert (sum(after.numbers), after.replaced_at) == (Decimal("20.0"), None)
    (reading,) = told(course).readings[course.outcome][YOUNG]
    assert reading.score.total == Decimal("20.0")


def test_what_was_answered_cannot_be_read_in_the_database(course):
    scored(course, 1, "18.4")
    with connection.cursor() as cursor:
        cursor.execute("SELECT values FROM pilots_response")
        [(stored,)] = cursor.fetchall()
    assert "4.6" not in stored
    assert Response.objects.get().numbers == four("18.4")


@pytest.mark.parametrize("values", [["1"] * 3, ["1"] * 5, ["1", "1", "1", "10.1"]])
def test_forged_values_are_refused(course, values):
    with pytest.raises(NotNow):
        sessions.write_down(
            session=held(course, 1),
            instrument=course.outcome,
            respondent=YOUNG,
            values=[Decimal(one) for one in values],
            by=course.membership,
        )


def test_guardians_of_whoever_is_of_age_answer_nothing(course):
    with pytest.raises(NotNow, match="isn't asked"):
        scored(course, 1, "18.4", respondent=GUARDIAN)


def test_what_the_course_doesnt_take_isnt_asked(course):
    with pytest.raises(NotNow, match="isn't asked"):
        scored(course, 1, "18.4", code="cors")


def test_child_and_guardian_are_read_apart(cast):
    person = working(cast, cast.nurse, birth_date=born(15), guardian_allowed=True)
    course = begun(person, cast.nurse, days_ago=30)
    for number, (young, guardian) in enumerate([("18.4", "25.0"), ("30.2", "19.0")], start=1):
        scored(course, number, young)
        scored(course, number, guardian, respondent=GUARDIAN)
    readings = told(course).readings[course.outcome]
    assert [one[-1].verdict for one in readings.values()] == ["across", "worse"]
    assert [one[-1].score.cutoff for one in readings.values()] == [Decimal(28), Decimal(28)]


def test_the_cutoff_changes_with_the_age_on_the_day_of_the_session(cast):
    person = working(cast, cast.nurse, birth_date=born(18))
    course = begun(person, cast.nurse, days_ago=300)
    scored(course, 1, "20.0")
    scored(course, 300, "26.0")
    first, last = told(course).readings[course.outcome][YOUNG]
    # Eighteen for half a year: 300 days ago it was the cut-off of the minor.
    assert (first.score.cutoff, last.score.cutoff) == (Decimal(28), Decimal(25))
    assert last.verdict == "across"


# --- The end ----------------------------------------------------------------------------------------------------------


def test_after_the_end_nothing_is_added(cast, course):
    scored(course, 1, "18.4")
    commands.end_course(course=course, planned=True, on=today())
    for deed in (
        lambda: commands.end_course(course=course, planned=True, on=today()),
        lambda: commands.put_up(course=course),
        lambda: sessions.begin_session(course=course),
        lambda: scored(course, 1, "20.0"),
    ):
        with pytest.raises(NotNow, match="has ended"):
            deed()
    assert begun(course.young_person, cast.nurse) != course


def test_it_doesnt_end_before_its_last_session_or_in_the_future(course):
    held(course, 1, days_ago=2)
    for day in (today() - timedelta(days=3), today() + timedelta(days=1), course.begun_on - timedelta(days=1)):
        with pytest.raises(NotNow):
            commands.end_course(course=course, planned=False, on=day)


def test_what_figures_need_is_written_without_anybody_in_it(cast, person):
    pilot = in_state("running", cast.coordinator)
    course = begun(person, cast.nurse, pilot=pilot, days_ago=10)
    assert facts() == [("begun", 0, 1, 1, [cast.health.pk])]
    scored(course, 1, "10.0")
    scored(course, 2, "15.0")
    commands.end_course(course=course, planned=False, on=today())
    agency = [cast.health.pk]
    assert facts() == [("begun", 0, 1, 1, agency), ("improved", 1, 1, 1, agency), ("unplanned", 0, 1, 1, agency)]
    assert {row.half for row in MeasureFact.objects.all()} == {half_year_of(today())}


def test_a_course_without_a_pilot_leaves_no_fact(course):
    commands.end_course(course=course, planned=True, on=today())
    assert facts() == []


# --- Sight ------------------------------------------------------------------------------------------------------------


def test_with_the_last_ground_the_course_ends_by_itself(cast, course):
    commands.end_unseen()
    assert Course.objects.get().ending == ""
    course.young_person.grounds.filter(membership=cast.nurse).delete()
    commands.end_unseen()
    assert Course.objects.get().ending == "unseen"


def test_an_exclusion_ends_it_too(cast, course):
    course.young_person.exclusions.create(user=cast.nurse.user, made_by=cast.coordinator)
    assert not may_go_on(course)
    commands.end_unseen()
    assert Course.objects.get().ending == "unseen"


def test_a_coordinator_measures_by_the_areas_ground(cast):
    course = begun(working(cast, cast.coordinator), cast.coordinator)
    commands.end_unseen()
    assert Course.objects.get(pk=course.pk).ended_on is None
