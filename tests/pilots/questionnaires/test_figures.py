"""What stays of forms for a pilot's figures, and what may be told of it."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.erasing import erase_form
from coordination.clocks.half_years import counted_on
from coordination.clocks.rules import half_year_of, today
from coordination.interface.halves import Half, counts
from coordination.interface.small_numbers import HIDDEN, JOINED, NOTHING
from pilots.questionnaires.commands.sheets import leave_out
from pilots.questionnaires.models import FormFact, Questionnaire
from pilots.questionnaires.queries.figures import What, figures_of, shares
from pilots.registry.commands.counting import count_halves
from tests.cast import born
from tests.pilots.questionnaires.filling import approved, asked, begun, fill, outside, own, party, sheets
from tests.pilots.registry.piloting import STARTS, in_state, of_the_portal
from tests.pilots.registry.piloting import begun as pilot_begun

AGENCIES = (1, 2, 3)
EVERY_SIZE = settings(max_examples=150, derandomize=True, database=None, deadline=None)


@pytest.fixture
def pilot(cast):
    return in_state("running", cast.coordinator)


@pytest.fixture
def version(cast, pilot):
    return tried_by(pilot, approved(cast.second_coordinator, cast.administrator))


def tried_by(pilot, version):
    Questionnaire.objects.filter(pk=version.questionnaire_id).update(pilot=pilot)
    version.questionnaire.pilot = pilot
    return version


def kept():
    """(what, value, people, count) of each fact, by its kind."""
    return sorted(FormFact.objects.values_list("what", "value", "people", "count"))


def submitted(sheet, *, alone=True):
    """The form filled in by its owner, and by everybody else where not `alone`."""
    fill(own(sheet, sheet.owner), sheet.owner, Nimi="Aino Virtanen")
    if not alone:
        for number in range(2, sheet.version.parties.count()):
            fill(outside(sheet, number=number), sheet.owner)
    return sheets.submit(sheet=sheet, by=sheet.owner)


# --- What is kept -----------------------------------------------------------------------------------------------------


def test_a_form_leaves_a_fact_when_it_is_begun_and_one_when_it_is_submitted(cast, pilot, version):
    sheet = begun(cast, version=version)
    assert kept() == [("begun", 0, 1, 1)]
    for _time in range(2):
        submitted(sheet) if sheet.submitted_at is None else sheets.submit(sheet=sheet, by=sheet.owner)
        sheet.refresh_from_db()
    assert kept() == [("begun", 0, 1, 1), ("submitted", 0, 1, 1)]
    fact = FormFact.objects.get(what="submitted")
    assert (fact.pilot, fact.area, fact.half) == (pilot, pilot.area, half_year_of(today()))
    assert fact.agencies == [cast.outreach.pk]


def test_everybodys_part_is_said(cast, version):
    child = cast.match(birth_date=born(15), guardian_allowed=True).young_person
    sheet = begun(cast, version=version, person=child)
    fill(asked(sheet, cast.nurse), cast.nurse)
    submitted(sheet, alone=False)
    assert ("submitted", 1, 1, 1) in kept()


def test_whoever_takes_part_knows_of_it(cast, version):
    sheet = begun(cast, version=version)
    part = asked(sheet, cast.nurse)
    leave_out(part=part, by=cast.coordinator)
    submitted(sheet)
    agencies = {cast.outreach.pk, cast.nurse.agency_id}
    assert {*FormFact.objects.get(what="submitted").agencies} == agencies


def test_two_forms_of_one_young_person_are_two_forms_and_one_person(cast, version):
    first = begun(cast, version=version)
    sheets_ = [first, begun(cast, version=version, person=first.young_person)]
    assert kept() == [("begun", 0, 1, 2)]
    for sheet in sheets_:
        submitted(sheet)
    assert kept() == [("begun", 0, 1, 2), ("submitted", 0, 1, 2)]


def test_only_a_pilot_of_the_forms_own_area_gets_facts(cast):
    for pilot in (None, of_the_portal(), pilot_begun(cast.other_coordinator)):
        version = tried_by(pilot, approved(cast.second_coordinator, cast.administrator))
        sheets.begin(
            version=version,
            young_person=cast.match(last_name=f"Uusi{pilot and pilot.pk}").young_person,
            party=party(version, 0),
            token=version.public_id,
            by=cast.coordinator,
        )
    assert kept() == []


def test_facts_stay_when_the_form_is_erased_and_show_when_the_half_year_is_closed(cast, pilot, version, time_machine):
    sheet = submitted(begun(cast, version=version))
    half = half_year_of(today())
    erase_form(sheet.pk)
    assert figures_of(pilot).halves == []
    time_machine.move_to(counted_on(half) - timedelta(days=1))
    count_halves(FormFact)
    assert figures_of(pilot).halves == []
    time_machine.move_to(counted_on(half))
    for _time in range(2):
        count_halves(FormFact)
    assert FormFact.objects.get(what="counted").count == 1
    assert [str(cell) for cell in figures_of(pilot).columns[What.SUBMITTED].cells][-1] == HIDDEN


def test_nothing_comes_into_a_half_year_that_is_closed(cast, pilot, version):
    FormFact.objects.create(area=pilot.area, half=half_year_of(today()), what=What.COUNTED, count=1)
    begun(cast, version=version)
    assert kept() == [("counted", 0, 0, 1)]


# --- What shows -------------------------------------------------------------------------------------------------------


def half(*facts):
    """A half-year of these (agency, whole forms, others)."""
    return Half([
        FormFact(what=What.SUBMITTED, value=value, agencies=[agency], people=number, count=number)
        for agency, whole, rest in facts
        for value, number in ((1, whole), (0, rest))
        if number
    ])  # fmt: skip


def told(*halves):
    """(the counts, the shares) as they stand in the table."""
    return [str(one) for one in counts(halves, What.SUBMITTED).cells], [str(one) for one in shares(list(halves))]


def test_a_share_stands_beside_the_number_it_is_of():
    assert told(half((1, 4, 3), (2, 4, 3), (3, 2, 2))) == (["18"], ["56 %"])
    assert told(half((1, 4, 1), (2, 4, 1), (3, 2, 1))) == (["13"], [NOTHING])
    assert told(half((1, 4, 4), (2, 4, 4))) == (["16"], [NOTHING])


def test_half_years_counted_together_have_one_share():
    few, many = half((1, 1, 1)), half((1, 4, 2), (2, 4, 2), (3, 4, 3))
    assert told(few, many) == ([JOINED, "21"], [JOINED, "62 %"])


def test_the_same_person_in_two_half_years_is_not_two_for_a_share():
    eight = half((1, 2, 2), (2, 2, 1), (3, 1, 0))
    assert told(eight, half((1, 1, 1), (2, 1, 2), (3, 2, 2))) == ([JOINED, "17"], [JOINED, NOTHING])
    # With one more there are ten different ones.
    assert told(eight, half((1, 1, 1), (2, 1, 2), (3, 3, 2))) == ([JOINED, "18"], [JOINED, "56 %"])


@EVERY_SIZE
@given(
    st.lists(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=3, max_size=3), min_size=1, max_size=5)
)
def test_what_has_been_told_never_changes(world):
    halves = [half(*((agency, *numbers) for agency, numbers in zip(AGENCIES, one, strict=True))) for one in world]
    for count in range(1, len(halves)):
        for before, after in zip(told(*halves[:count]), told(*halves), strict=True):
            assert all(one == later for one, later in zip(before, after, strict=False) if one.isdigit())


def test_the_figures_have_no_sum_across_columns(pilot):
    for agency in AGENCIES:
        for what, number in ((What.BEGUN, 6), (What.SUBMITTED, 4)):
            FormFact.objects.create(
                area=pilot.area, pilot=pilot, half=STARTS, what=what, value=0, agencies=[agency], people=number,
                count=number,
            )  # fmt: skip
    FormFact.objects.create(area=pilot.area, half=STARTS, what=What.COUNTED, count=1)
    found = figures_of(pilot)
    assert [str(cell) for _half, cells in found.rows for cell in cells] == ["18", "12", NOTHING]
    assert [str(one) for one in found.together] == ["18", "12", NOTHING]
    assert found.chart.names == ["forms begun", "forms submitted"]
