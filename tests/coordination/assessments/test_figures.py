"""Figures of a written-out story equal those counted by hand, and what is erased before it is counted counts, too."""

from datetime import date, timedelta

import pytest

from coordination.assessments.commands.counting import count_half, count_halves
from coordination.assessments.commands.erasing import erase_assessment
from coordination.assessments.models import AssessmentFact
from coordination.assessments.queries.figures import figures
from coordination.clocks.half_years import counted_halves
from tests.coordination.assessments.figured import (
    BY_HAND,
    COUNTED_ON,
    JANUARY,
    JULY,
    MANY,
    asked,
    heard,
    noon,
    signed,
    story,
)
from tests.coordination.assessments.rooming import begun


@pytest.fixture(autouse=True)
def summer(time_machine):
    time_machine.move_to(noon(date(2026, 6, 20)), tick=False)


def erase(*assessments):
    """As the area's days erase them, whatever state they are in."""
    for assessment in assessments:
        erase_assessment(assessment=assessment)


def facts(what):
    return [(row.half, row.value, row.people, row.count) for row in AssessmentFact.objects.filter(what=what)]


def counted(time_machine, day=COUNTED_ON):
    time_machine.move_to(noon(day), tick=False)
    count_halves()


@pytest.mark.parametrize("goes_first", [[], [3], range(16), range(MANY)])
def test_the_story_counted_by_hand(cast, time_machine, goes_first):
    """Whether all are still there, or some went before the half-year was counted. Of those who were under way and
    erased before its last day nobody knows that they were pending on it."""
    made = story(cast)
    erase(*(made[number] for number in goes_first))
    counted(time_machine)
    found = figures(cast.mikkeli)
    by_hand = dict(BY_HAND)
    if len(goes_first) == MANY:
        by_hand["pending"] = "<5"
    assert found.halves == [JANUARY]
    assert {code: str(column.cells[0]) for code, column in found.columns.items()} == by_hand


def test_a_half_year_is_counted_two_weeks_after_it_is_over_and_once(cast, time_machine):
    made = story(cast)
    for day, halves in ((COUNTED_ON - timedelta(days=1), []), (COUNTED_ON, [JANUARY])):
        counted(time_machine, day)
        assert counted_halves(AssessmentFact, cast.mikkeli) == halves
    before = list(AssessmentFact.objects.order_by("pk").values())
    count_half(area=cast.mikkeli, half=JANUARY)
    erase(made[3], made[20])
    assert list(AssessmentFact.objects.filter(half=JANUARY).order_by("pk").values()) == before


def test_facts_name_nobody_and_hang_on_nothing(cast):
    erase(*story(cast))
    columns = {field.name for field in AssessmentFact._meta.fields}
    assert columns == {"id", "area", "half", "what", "value", "agencies", "people", "count"}
    assert {field.name for field in AssessmentFact._meta.fields if field.is_relation} == {"area"}


def test_of_the_agency_that_assesses_nothing_is_kept(cast, time_machine):
    """All of it is its own work: reckoned as a side that could take its own away, no figure would ever show."""
    story(cast)
    counted(time_machine)
    assert not AssessmentFact.objects.filter(agencies__contains=[cast.social.pk]).exists()


def test_each_thing_counts_in_the_half_year_of_its_own_day(cast, time_machine):
    time_machine.move_to(noon(date(2026, 5, 4)), tick=False)
    assessment = begun(cast.social_worker, by=cast.teacher)
    asked(assessment, cast.nurse)
    heard(assessment, date(2026, 6, 30), alone=False)
    heard(assessment, date(2026, 7, 1), alone=True)
    time_machine.move_to(noon(date(2026, 8, 3)), tick=False)
    signed(assessment, date(2026, 8, 3), "general")
    counted(time_machine, date(2027, 1, 15))
    assert facts("begun") == [(JANUARY, 1, 1, 1)]
    assert facts("days_to_begin") == [(JANUARY, 0, 1, 1)]
    assert facts("heard") == [(JANUARY, 0, 1, 1)]
    assert facts("pending") == [(JANUARY, 0, 1, 1)]
    # Its last day was 4 August.
    assert facts("finished") == [(JULY, 1, 1, 1)]
    assert facts("days_to_finish") == [(JULY, 91, 1, 1)]
    assert facts("out_general") == facts("asked") == facts("missing") == [(JULY, 0, 1, 1)]


def test_one_that_is_opened_and_signed_again_counts_once_with_the_outcome_of_its_counting(cast, time_machine):
    assessment = begun(cast.social_worker, by=cast.teacher)
    signed(assessment, date(2026, 6, 25), "general")
    signed(assessment, date(2026, 7, 2), "social_welfare")
    counted(time_machine, date(2027, 1, 15))
    assert facts("out_general") == []
    assert facts("out_social_welfare") == [(JANUARY, 0, 1, 1)]
    assert len(facts("days_to_finish")) == 1


def test_whoever_was_let_go_before_the_signing_is_not_missing(cast, time_machine):
    assessment = begun(cast.social_worker, by=cast.teacher)
    for member, day in ((cast.nurse, date(2026, 6, 21)), (cast.therapist, date(2026, 6, 25))):
        asked(assessment, member, state="ended", ended_at=noon(day))
    asked(assessment, None, kind="guardian", name="Mari Virtanen")
    signed(assessment, date(2026, 6, 25), "general")
    counted(time_machine)
    assert facts("asked") == facts("missing") == [(JANUARY, 0, 1, 1)]


def test_what_is_erased_before_its_last_day_was_in_time_and_what_was_not_finished_tells_nothing(cast, time_machine):
    first, second = (begun(cast.social_worker, by=cast.teacher, first_name=name) for name in ("Aino", "Eino"))
    signed(first, date(2026, 6, 20), "general")
    erase(first, second)
    counted(time_machine, date(2027, 1, 15))
    assert facts("finished") == [(JULY, 1, 1, 1)]


@pytest.mark.parametrize("erased", [[], [0], [0, 1]])
def test_a_young_person_with_two_assessments_is_one(cast, time_machine, erased):
    """Else ten people would be told of who are five."""
    made = []
    for day in (20, 21):
        time_machine.move_to(noon(date(2026, 6, day)), tick=False)
        made.append(begun(cast.social_worker, by=cast.teacher))
        signed(made[-1], date(2026, 6, day), "general")
    assert made[0].young_person == made[1].young_person
    erase(*(made[number] for number in erased))
    counted(time_machine)
    assert facts("out_general") == [(JANUARY, 0, 1, 2)]


def test_a_half_year_is_counted_though_nothing_has_happened(cast, time_machine):
    begun(cast.social_worker, by=cast.teacher)
    counted(time_machine, date(2027, 7, 15))
    assert counted_halves(AssessmentFact, cast.mikkeli) == [JANUARY, JULY, date(2027, 1, 1)]
    assert counted_halves(AssessmentFact, cast.kerava) == []
    found = figures(cast.mikkeli)
    assert {str(cell) for column in found.columns.values() for cell in column.cells} == {"<5", "–"}


def of(area, half, what, *, value=0, each=4, agencies=(1, 2, 3)):
    """As many facts with each of these agencies, all of different people."""
    AssessmentFact.objects.get_or_create(area=area, half=half, what="counted", defaults={"count": 1})
    for agency in agencies:
        row = {"area": area, "half": half, "what": what, "value": value, "agencies": [agency]}
        AssessmentFact.objects.create(**row, people=each, count=each)


@pytest.mark.parametrize(
    ("each", "agencies", "shown"),
    [(4, (1, 2, 3), "3"), (3, (1, 2, 3), "–"), (10, (1, 2), "–"), (10, (1,), "–")],
)
def test_a_median_takes_ten_people_and_three_agencies(cast, each, agencies, shown):
    of(cast.mikkeli, JANUARY, "days_to_begin", value=3, each=each, agencies=agencies)
    assert str(figures(cast.mikkeli).columns["days_to_begin"].cells[0]) == shown


@pytest.mark.parametrize(("late", "shown"), [(0, "73–100 %"), (1, "73–100 %"), (2, "55 %")])
def test_few_who_were_late_show_only_as_a_span(cast, late, shown):
    """Nobody is told that all fifteen were in time, nor how many fewer than five were not."""
    of(cast.mikkeli, JANUARY, "begun", value=1, each=5 if late < 2 else 4)
    if late == 2:
        of(cast.mikkeli, JANUARY, "begun", each=4, agencies=(4, 5))
        AssessmentFact.objects.filter(agencies=[5], value=0).update(count=6, people=6)
    elif late:
        AssessmentFact.objects.filter(agencies=[3]).update(count=4, people=4)
        of(cast.mikkeli, JANUARY, "begun", each=1, agencies=(4,))
    assert str(figures(cast.mikkeli).columns["begun"].cells[0]) == shown


def test_a_day_of_which_little_is_pending_is_not_added_to_the_next(cast):
    """The same assessment may be pending on two."""
    for half, each in ((JANUARY, 2), (JULY, 2), (date(2027, 1, 1), 4)):
        of(cast.mikkeli, half, "pending", each=each)
    assert [str(cell) for cell in figures(cast.mikkeli).columns["pending"].cells] == ["<5", "<5", "12"]


def test_small_half_years_are_told_together_and_never_worked_out(cast):
    for half, each in ((JANUARY, 2), (JULY, 1), (date(2027, 1, 1), 1)):
        of(cast.mikkeli, half, "out_urgent", each=each)
    column = figures(cast.mikkeli).columns["out_urgent"]
    assert [str(cell) for cell in column.cells] == ["↓", "9", "<5"]
    assert str(column.together) == "≥9"
