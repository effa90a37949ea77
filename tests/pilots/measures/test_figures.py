"""A pilot's figures: nobody can be told from them, whoever looks and whatever they know."""

from collections import defaultdict
from datetime import timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coordination.agencies.models import Area
from coordination.clocks.half_years import counted_on
from coordination.clocks.rules import half_year_after, half_year_of, today
from coordination.interface.halves import Half, column
from coordination.interface.small_numbers import HIDDEN, JOINED, LEAST
from pilots.measures.models import MeasureFact
from pilots.measures.queries.figures import COUNTED, What, figures_of
from pilots.registry.commands.counting import count_halves
from tests.pilots.registry.pages import Browser
from tests.pilots.registry.piloting import STARTS, in_state

AGENCIES = (1, 2, 3)
EVERY_SIZE = settings(max_examples=150, derandomize=True, database=None, deadline=None)


@pytest.fixture
def pilot(cast):
    return in_state("running", cast.coordinator)


def fact(pilot, what, agency, count=1, *, half=STARTS, value=0):
    return MeasureFact.objects.create(
        area=pilot.area, pilot=pilot, half=half, what=what, value=value, agencies=[agency], people=count, count=count
    )


def closed(area, half=STARTS):
    MeasureFact.objects.create(area=area, half=half, what=What.COUNTED, count=1)


def cells(pilot, what):
    return [str(cell) for cell in figures_of(pilot).columns[what].cells]


# --- What shows -------------------------------------------------------------------------------------------------------


def test_nothing_shows_before_the_half_year_is_counted(pilot):
    fact(pilot, What.BEGUN, 1, 20)
    assert figures_of(pilot).halves == []


def test_few_are_hidden_and_many_show(pilot):
    for what, numbers in ((What.BEGUN, (3, 3, 3)), (What.PLANNED, (4, 0, 0)), (What.UNPLANNED, (9, 4, 0))):
        for agency, number in zip(AGENCIES, numbers, strict=True):
            if number:
                fact(pilot, what, agency, number)
    closed(pilot.area)
    assert [cells(pilot, what) for what in COUNTED] == [["9"], [HIDDEN], [HIDDEN]]


def test_a_share_needs_ten_people_and_three_agencies(pilot):
    for agency in AGENCIES[:2]:
        fact(pilot, What.IMPROVED, agency, 6, value=1)
        fact(pilot, What.IMPROVED, agency, 6, value=0)
    closed(pilot.area)
    assert cells(pilot, What.IMPROVED) == ["–"]
    fact(pilot, What.IMPROVED, 3, 1, value=0)
    assert cells(pilot, What.IMPROVED) == ["48 %"]


def test_the_chart_has_the_signs_of_the_table(pilot):
    """Three courses are counted together with those of the half-year below: they aren't "fewer than five"."""
    halves = [STARTS, half_year_after(STARTS), half_year_after(half_year_after(STARTS))]
    for half, number in zip(halves, (1, 6, 1), strict=True):
        for agency in AGENCIES:
            fact(pilot, What.PLANNED, agency, number, half=half)
        closed(pilot.area, half)
    assert cells(pilot, What.PLANNED) == [JOINED, "21", HIDDEN]
    for drawing in figures_of(pilot).chart.drawings:
        signs = [one["text"] for one in drawing.texts if one["text"] in (HIDDEN, JOINED)]
        assert sorted(signs) == sorted([JOINED, HIDDEN, HIDDEN, HIDDEN, HIDDEN])


def test_one_pilots_figures_are_not_anothers(cast, pilot):
    other = in_state("running", cast.coordinator)
    for agency in AGENCIES:
        fact(other, What.BEGUN, agency, 5)
    closed(pilot.area)
    assert (cells(pilot, What.BEGUN), cells(other, What.BEGUN)) == ([HIDDEN], ["15"])


def test_the_day_on_which_a_pilot_begins_changes_nothing_that_is_told(pilot):
    """Of 6, 7 and 8 are told 13 together, and 8. Told from the second half-year on they would be 15: so it was 7."""
    halves = [STARTS, half_year_after(STARTS), half_year_after(half_year_after(STARTS))]
    for half, numbers in zip(halves, [(2, 1), (2, 2), (3, 2)], strict=True):
        for agency, number in enumerate(numbers, 1):
            fact(pilot, What.BEGUN, agency, number, half=half)
        fact(pilot, What.BEGUN, 3, 3, half=half)
        closed(pilot.area, half)
    told = [(half, str(cell)) for half, cell in figures_of(pilot).of(What.BEGUN).items()]
    for starts_on in halves[1:]:
        pilot.starts_on = starts_on
        assert [(half, str(cell)) for half, cell in figures_of(pilot).of(What.BEGUN).items()] == told
    pilot.starts_on = STARTS.replace(year=2020)
    assert [str(cell) for cell in figures_of(pilot).of(What.BEGUN).values()] == [text for _half, text in told]


def test_a_half_year_is_closed_once_two_weeks_after_it(cast, pilot, time_machine):
    half = half_year_of(today())
    fact(pilot, What.BEGUN, 1, half=half)
    time_machine.move_to(counted_on(half) - timedelta(days=1))
    count_halves(MeasureFact)
    assert not MeasureFact.objects.filter(what=What.COUNTED).exists()
    time_machine.move_to(counted_on(half))
    count_halves(MeasureFact)
    count_halves(MeasureFact)
    assert MeasureFact.objects.get(what=What.COUNTED).count == 1
    assert Area.objects.count() > 1


# --- What can't be worked out -----------------------------------------------------------------------------------------


def told(world, halves):
    """All that a page shows of one column in each half-year: `world` has {agency: number} of each."""
    counted = []
    for numbers in world:
        rows = [
            MeasureFact(what=What.BEGUN, agencies=[agency], people=number, count=number)
            for agency, number in numbers.items()
            if number
        ]
        counted.append(Half(rows).number(What.BEGUN))
    shown = column(counted)
    return tuple(map(str, (*shown.cells, shown.together)))


@pytest.mark.parametrize("own", [(0, 0), (4, 1), (9, 3), (6, 6)])
def test_no_hidden_cell_can_be_worked_out_by_whoever_knows_their_own(own):
    """Two half-years, two other agencies with up to five courses each: all such worlds are put together by what the
    page shows to somebody of agency 1, and in each heap a hidden cell can be any of five numbers."""
    heaps = defaultdict(list)
    for others in product(product(range(6), repeat=2), repeat=2):
        world = [{1: own[place], 2: pair[0], 3: pair[1]} for place, pair in enumerate(others)]
        heaps[told(world, 2)].append([sum(pair) for pair in others])
    # Where all of the others' could lie in one half-year: beyond that these small worlds end, not what may be.
    whole = [(shown, worlds) for shown, worlds in heaps.items() if all(sum(numbers) <= 10 for numbers in worlds)]
    assert whole
    for shown, worlds in whole:
        for place in range(2):
            values = {numbers[place] for numbers in worlds}
            if not shown[place].isdigit():
                assert len(values) >= LEAST, (own, shown, place, values)
            elif place == 0 or shown[place - 1].isdigit():
                assert {int(shown[place]) - own[place]} == values


@EVERY_SIZE
@given(st.lists(st.fixed_dictionaries({agency: st.integers(0, 7) for agency in AGENCIES}), min_size=1, max_size=5))
def test_what_has_been_told_never_changes(world):
    """Each half-year only adds to what stood there: no difference between two visits tells of anybody."""
    for count in range(1, len(world)):
        before, after = told(world[:count], count)[:-1], told(world, len(world))[:-1]
        assert all(one == later for one, later in zip(before, after, strict=False) if one.isdigit())


def test_no_cell_is_the_sum_of_others(pilot):
    """Neither how many courses ended nor of how many the share is stands anywhere."""
    assert set(COUNTED) | {What.IMPROVED} == {What.BEGUN, What.PLANNED, What.UNPLANNED, What.IMPROVED}
    for agency in AGENCIES:
        fact(pilot, What.PLANNED, agency, 6)
    fact(pilot, What.UNPLANNED, 1, 2)
    closed(pilot.area)
    found = figures_of(pilot)
    assert [str(one) for one in found.together] == [HIDDEN, "18", HIDDEN, "–"]


def test_everybody_who_reads_the_pilot_reads_its_figures(client, cast, pilot):
    for agency in AGENCIES:
        fact(pilot, What.BEGUN, agency, 6)
    closed(pilot.area)
    closed(pilot.area, half_year_after(STARTS))
    text = Browser(client, cast.stranger).text(f"/pilots/{pilot.public_id}/results/")
    assert "18" in text
    assert "&lt;5" in text
