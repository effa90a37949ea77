"""A pilot's figures: what is counted of schedules when, and that nobody can be told from them."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from coordination.clocks.half_years import counted_on
from coordination.clocks.rules import half_year_of, today
from coordination.interface.small_numbers import HIDDEN
from pilots.schedules.commands.counting import count_half, count_halves
from pilots.schedules.commands.erasing import erase_schedule
from pilots.schedules.models import DueStep, Enrolment, ScheduleFact
from pilots.schedules.queries.figures import COUNTED, What, facts_in, figures_of
from tests.pilots.measures.measuring import let_work, working
from tests.pilots.registry.pages import Browser
from tests.pilots.registry.piloting import STARTS, in_state
from tests.pilots.schedules.following import begun, done, left_out, made

AGENCIES = (1, 2, 3)
HALF = date(2026, 7, 1)


@pytest.fixture
def pilot(cast):
    return in_state("running", cast.coordinator)


@pytest.fixture
def of_pilot(cast, person, pilot):
    """The nurse's schedule with her, of the pilot, begun in the half-year; its first two steps in time and late."""
    found = begun(person, cast.nurse, pilot=pilot, days_ago=20)
    return at(found, HALF, done=((14, 10), (30, 40), (182, None)))


def at(enrolment, began, *, done):
    """The schedule as if it had begun on that day: each step due and done (or not) so many days after it."""
    moment = timezone.make_aware(timezone.datetime(began.year, began.month, began.day, 12))
    Enrolment.objects.filter(pk=enrolment.pk).update(first_day=began, begun_at=moment)
    for row, (due, when) in zip(enrolment.due_steps.order_by("due_on"), done, strict=True):
        row.due_on = began + timedelta(days=due)
        if when is not None:
            row.done_on, row.done_by = began + timedelta(days=when), enrolment.owner
        row.save()
    return Enrolment.objects.get(pk=enrolment.pk)


def rows(**which):
    return sorted(ScheduleFact.objects.filter(**which).values_list("what", "value", "people", "count"))


EXPECTED = [("begun", 0, 1, 1), ("done", 0, 0, 1), ("done", 1, 1, 1), ("in_time", 0, 1, 1), ("late", 0, 1, 1)]


def test_each_thing_is_counted_once_of_a_young_person_and_each_step_in_the_share(cast, of_pilot):
    count_half(area=cast.mikkeli, half=HALF)
    assert rows(pilot__isnull=False) == EXPECTED
    assert set(ScheduleFact.objects.exclude(pilot=None).values_list("agencies__0", flat=True)) == {cast.health.pk}
    # Counted: what comes later comes into none that shows.
    left_out(of_pilot, "Seuranta")
    count_half(area=cast.mikkeli, half=HALF)
    assert rows(pilot__isnull=False) == EXPECTED


def test_what_is_not_of_a_pilot_or_of_another_half_year_isnt_counted(cast, person, of_pilot):
    let_work(person, cast.teacher)
    at(begun(person, cast.teacher), HALF, done=((14, 10), (30, None), (182, None)))
    count_half(area=cast.mikkeli, half=HALF)
    assert rows(pilot__isnull=False) == EXPECTED
    assert facts_in(cast.mikkeli, date(2027, 1, 1)) == []
    assert facts_in(cast.kerava, HALF) == []


def test_another_schedule_of_the_same_young_person_adds_steps_and_no_person(cast, person, pilot, of_pilot):
    other = begun(person, cast.nurse, pilot=pilot, schedule=made(code="toinen", name="Toinen"))
    at(other, HALF, done=((14, 14), (30, None), (182, None)))
    count_half(area=cast.mikkeli, half=HALF)
    assert ("in_time", 0, 1, 1) in rows()
    assert ("done", 1, 1, 2) in rows()


def test_what_is_erased_before_leaves_its_facts_once(cast, person, pilot, of_pilot):
    other = begun(person, cast.nurse, pilot=pilot, schedule=made(code="toinen", name="Toinen"))
    at(other, HALF, done=((14, 14), (30, None), (182, None)))
    left = sorted(fact.what for fact, _people in facts_in(cast.mikkeli, HALF))
    for one in (of_pilot, other):
        erase_schedule(enrolment=Enrolment.objects.select_related("pilot__area").get(pk=one.pk))
    assert not DueStep.objects.exists()
    count_half(area=cast.mikkeli, half=HALF)
    kept = [what for what, _value, _people, count in rows(pilot__isnull=False) for _one in range(count)]
    assert sorted(kept) == left
    assert sum(people for what, _value, people, _count in rows() if what == "done") == 1


def test_what_is_erased_after_the_count_is_not_counted_again(cast, of_pilot):
    count_half(area=cast.mikkeli, half=HALF)
    erase_schedule(enrolment=Enrolment.objects.select_related("pilot__area").get(pk=of_pilot.pk))
    assert rows(half=HALF, pilot__isnull=False) == EXPECTED


def test_a_half_year_is_counted_once_two_weeks_after_it(cast, person, pilot, time_machine):
    begun(person, cast.nurse, pilot=pilot)
    half = half_year_of(today())
    time_machine.move_to(counted_on(half) - timedelta(days=1))
    count_halves()
    assert not ScheduleFact.objects.exists()
    time_machine.move_to(counted_on(half))
    count_halves()
    count_halves()
    assert sorted(ScheduleFact.objects.values_list("what", "count")) == [("begun", 1), ("counted", 1)]


# --- What shows -----------------------------------------------------------------------------------------------------


def fact(pilot, what, agency, count=1, *, value=0):
    return ScheduleFact.objects.create(
        area=pilot.area, pilot=pilot, half=STARTS, what=what, value=value, agencies=[agency], people=count, count=count
    )


def closed(area):
    ScheduleFact.objects.create(area=area, half=STARTS, what=What.COUNTED, count=1)


def cells(pilot, what):
    return [str(cell) for cell in figures_of(pilot).columns[what].cells]


def test_few_are_hidden_many_show_and_a_share_needs_three_agencies(pilot):
    for agency in AGENCIES:
        fact(pilot, What.BEGUN, agency, 3)
    fact(pilot, What.LATE, 1, 4)
    for agency in AGENCIES[:2]:
        fact(pilot, What.DONE, agency, 6, value=1)
        fact(pilot, What.DONE, agency, 6)
    assert figures_of(pilot).halves == []
    closed(pilot.area)
    assert [cells(pilot, what) for what in COUNTED] == [["9"], [HIDDEN], [HIDDEN], [HIDDEN]]
    assert cells(pilot, What.DONE) == ["–"]
    fact(pilot, What.DONE, 3, 1)
    # Thirteen steps late, but of four young people: "<5" late, and no share which says that anybody was.
    for agency in AGENCIES:
        fact(pilot, What.IN_TIME, agency, 4)
    assert [cells(pilot, what) for what in (What.IN_TIME, What.LATE, What.DONE)] == [["12"], [HIDDEN], ["–"]]
    for agency in (2, 3):
        fact(pilot, What.LATE, agency, 3)
    assert [cells(pilot, what) for what in (What.LATE, What.DONE)] == [["10"], ["48 %"]]
    ScheduleFact.objects.filter(what=What.IN_TIME, agencies=[3]).delete()
    ScheduleFact.objects.filter(what=What.IN_TIME, agencies=[2]).delete()
    assert cells(pilot, What.DONE) == ["–"]


@settings(max_examples=60, derandomize=True, database=None, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(1, 6), st.sampled_from([2, 5]), st.booleans(), st.sampled_from(AGENCIES)), max_size=14
    )
)
def test_however_much_is_done_with_one_young_person_it_never_adds_to_a_count(happened):
    """Many steps of few young people: no count is more than there are young people, whoever did what."""
    told = [(person, What.IN_TIME if in_time else What.LATE, 0, pilot, agency)
            for person, pilot, in_time, agency in happened]  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pilots.schedules.queries.figures._happened", lambda area, half, which: told)
        found = facts_in(None, HALF)
    for pilot in (2, 5):
        for what in (What.IN_TIME, What.LATE):
            of_it = [one for one, _people in found if (one.pilot_id, one.what) == (pilot, what)]
            assert len(of_it) == len({person for person, one, _v, where, _a in told if (where, one) == (pilot, what)})


def test_everybody_who_reads_the_pilot_reads_its_schedules_and_figures(client, cast, pilot):
    made(pilot=pilot)
    for agency in AGENCIES:
        fact(pilot, What.BEGUN, agency, 6)
    closed(pilot.area)
    reader = Browser(client, cast.stranger)
    figures = reader.text(f"/pilots/{pilot.public_id}/results/")
    assert "18" in figures
    assert "&lt;5" in figures
    assert "Alkukartoitus" in reader.text(f"/schedules/pilot/{pilot.public_id}/")


def test_a_young_persons_name_is_nowhere_on_it(client, cast, pilot):
    person = working(cast, cast.nurse, first_name="Erottuva")
    done(begun(person, cast.nurse, schedule=made(pilot=pilot), pilot=pilot))
    for page in (f"/schedules/pilot/{pilot.public_id}/", f"/pilots/{pilot.public_id}/results/"):
        assert "Erottuva" not in Browser(client, cast.nurse).text(page)
