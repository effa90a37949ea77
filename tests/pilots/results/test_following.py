"""Indicators and their numbers: added, typed, corrected, closed; nothing is lost, forged or done twice."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from coordination.agencies.rules import NotNow
from pilots.registry.commands.leads import add_lead
from pilots.results.commands import indicators as commands
from pilots.results.models import Indicator, IndicatorValue
from pilots.results.queries.following import indicators_of, results_of
from pilots.results.states import Standing
from tests.pilots.registry.piloting import begun, in_state, of_the_portal
from tests.pilots.results.following import PLAIN, counted, indicator, now, typed

FEBRUARY = date(2026, 2, 1)


def change(one, by, number=None, **columns):
    said = {name: getattr(one, name) for name in PLAIN} | columns
    number = now(one).number if number is None else number
    return commands.change_indicator(indicator=one, number=number, by=by, **said)


def told(pilot):
    """(value, how it stands) of each of the pilot's indicators."""
    return [(row.latest, row.standing) for row in results_of(pilot).rows]


# --- Indicators -----------------------------------------------------------------------------------------------------


def test_the_same_form_sent_twice_adds_one(cast, pilot):
    token = uuid4()
    made = [commands.add_indicator(pilot=pilot, token=token, by=cast.coordinator, **PLAIN) for _time in range(2)]
    assert made[0] == made[1] == Indicator.objects.get()


def test_those_who_lead_the_pilot_and_the_administrators_add_and_nobody_else(cast, pilot):
    for member in (cast.teacher, cast.second_coordinator, cast.other_coordinator, cast.stranger):
        with pytest.raises(NotNow, match="not yours"):
            indicator(pilot, member)
    indicator(pilot, cast.administrator)
    add_lead(pilot=pilot, membership=cast.teacher, by=cast.coordinator)
    indicator(pilot, cast.teacher)
    with pytest.raises(NotNow):
        indicator(of_the_portal(), cast.administrator)


def test_unit_and_period_of_what_is_counted_follow_from_what_it_is(cast, pilot):
    one = counted(pilot, cast.coordinator, "courses_better")
    assert (one.unit, one.period) == ("percent", "half_year")


def test_a_source_that_nothing_counts_is_refused(cast, pilot):
    with pytest.raises(NotNow):
        counted(pilot, cast.coordinator, "salaries")


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ({"baseline": None}, "number of the baseline"),
        ({"target": None}, "number of the target"),
        ({"target_on": date(2026, 1, 1)}, "comes after"),
        ({"name_fi": " "}, "Give it a name"),
        ({"unit": "percent", "target": Decimal(101)}, "0 to 100"),
        ({"better": "more"}, "worse than the baseline"),
    ],
)
def test_what_makes_no_sense_is_refused(cast, pilot, columns, sentence):
    with pytest.raises(NotNow, match=sentence):
        indicator(pilot, cast.coordinator, **columns)
    assert not Indicator.objects.exists()


def test_of_two_tabs_the_second_is_refused(cast, pilot):
    one = indicator(pilot, cast.coordinator)
    change(one, cast.coordinator, number=1, name_fi="Ensin")
    with pytest.raises(NotNow, match="changed meanwhile"):
        change(one, cast.administrator, number=1, name_fi="Toisena")
    assert now(one).name_fi == "Ensin"


def test_what_the_numbers_mean_stays_once_there_are_some(cast, pilot):
    one = typed(indicator(pilot, cast.coordinator), cast.coordinator, jan="40")
    for columns in ({"unit": "days"}, {"period": "year"}, {"source": "forms_submitted"}):
        with pytest.raises(NotNow, match="unit, period and source stay"):
            change(one, cast.coordinator, **columns)
    assert change(one, cast.coordinator, name_fi="Poissaolotunnit", target=Decimal(10)).target == 10


def test_an_indicator_changes_places_with_the_one_before(cast, pilot):
    first, second = (indicator(pilot, cast.coordinator, name_fi=name) for name in ("Eka", "Toka"))
    commands.move_up(indicator=second, by=cast.coordinator)
    assert [one.name_fi for one in indicators_of(pilot)] == ["Toka", "Eka"]
    with pytest.raises(NotNow, match="first already"):
        commands.move_up(indicator=second, by=cast.coordinator)
    commands.close_indicator(indicator=second, by=cast.coordinator)
    assert [one.name_fi for one in indicators_of(pilot)] == ["Eka", "Toka"]
    assert now(first).number == 2


def test_what_is_closed_takes_no_number_until_it_is_followed_again(cast, pilot):
    one = indicator(pilot, cast.coordinator)
    with pytest.raises(NotNow):
        commands.follow_again(indicator=one, by=cast.coordinator)
    commands.close_indicator(indicator=one, by=cast.coordinator)
    with pytest.raises(NotNow, match="isn't followed"):
        commands.close_indicator(indicator=one, by=cast.coordinator)
    with pytest.raises(NotNow, match="isn't followed"):
        typed(one, cast.coordinator, jan="1")
    with pytest.raises(NotNow, match="isn't followed"):
        change(one, cast.coordinator, target=Decimal(30))
    commands.follow_again(indicator=one, by=cast.coordinator)
    typed(one, cast.coordinator, jan="1")
    change(one, cast.coordinator, target=Decimal(30))


def test_a_pilot_has_so_many_indicators(cast, pilot, monkeypatch):
    monkeypatch.setattr("pilots.results.rules.MOST_INDICATORS", 1)
    indicator(pilot, cast.coordinator)
    with pytest.raises(NotNow, match="can have 1"):
        indicator(pilot, cast.coordinator)


# --- Numbers --------------------------------------------------------------------------------------------------------


def test_numbers_are_written_corrected_and_taken_away(cast, pilot):
    one = indicator(pilot, cast.coordinator)
    typed(one, cast.coordinator, jan="40", feb=("35.5", "Talviloma"))
    typed(one, cast.administrator, jan=None, feb=("36", ""))
    value = IndicatorValue.objects.get()
    assert (value.starts_on, value.value, value.note, value.by) == (FEBRUARY, Decimal(36), "", cast.administrator)


def test_the_same_numbers_again_are_no_change(cast, pilot):
    one = indicator(pilot, cast.coordinator)
    for _time in range(2):
        commands.save_values(indicator=one, values={FEBRUARY: (Decimal(3), "")}, number=1, by=cast.coordinator)
    assert now(one).number == 2
    with pytest.raises(NotNow, match="changed meanwhile"):
        commands.save_values(indicator=one, values={FEBRUARY: (Decimal(4), "")}, number=1, by=cast.coordinator)
    assert IndicatorValue.objects.get().value == 3


@pytest.mark.parametrize(
    ("first", "value", "note"),
    [
        (date(2026, 8, 1), "1", ""),
        (date(2026, 2, 2), "1", ""),
        (date(2025, 12, 1), "1", ""),
        (FEBRUARY, None, "Pelkkä huomautus"),
        (FEBRUARY, "-1", ""),
        (FEBRUARY, "1000000000", ""),
    ],
)
def test_a_forged_number_is_refused(cast, pilot, first, value, note):
    one = indicator(pilot, cast.coordinator)
    said = {first: (value and Decimal(value), note)}
    with pytest.raises(NotNow):
        commands.save_values(indicator=one, values=said, number=1, by=cast.coordinator)
    assert not IndicatorValue.objects.exists()


def test_the_running_period_can_be_written_and_one_to_come_cannot(cast, pilot):
    one = indicator(pilot, cast.coordinator)
    july = {date(2026, 7, 1): (Decimal(30), "")}
    commands.save_values(indicator=one, values=july, number=1, by=cast.coordinator)
    (row,) = results_of(pilot).rows
    assert row.when.endswith(", so far")


def test_nothing_is_typed_into_what_is_counted_and_nobody_elses_pilot(cast, pilot):
    one = counted(pilot, cast.coordinator)
    values = {date(2026, 1, 1): (Decimal(3), "")}
    with pytest.raises(NotNow, match="portal counts"):
        commands.save_values(indicator=one, values=values, number=1, by=cast.coordinator)
    plain = indicator(pilot, cast.coordinator)
    for member in (cast.teacher, cast.other_coordinator):
        with pytest.raises(NotNow, match="not yours"):
            typed(plain, member, jan="3")


def test_a_stopped_pilot_can_still_get_its_numbers(cast):
    stopped = in_state("stopped", cast.coordinator)
    typed(indicator(stopped, cast.coordinator), cast.coordinator, jan="3")
    assert IndicatorValue.objects.exists()


# --- How they stand ---------------------------------------------------------------------------------------------------


def test_the_latest_period_that_is_over_is_judged(cast, pilot):
    """On 30.6. some thirty hours are expected on the way from 40 to 20 in a year."""
    one = indicator(pilot, cast.coordinator)
    assert told(pilot) == [("–", Standing.NOTHING.label)]
    typed(one, cast.coordinator, jan="41")
    assert told(pilot) == [("41 h", Standing.FURTHER.label)]
    typed(one, cast.coordinator, jun="30")
    assert told(pilot) == [("30 h", Standing.ON_WAY.label)]
    july = {date(2026, 7, 1): (Decimal(45), "")}
    commands.save_values(indicator=one, values=july, number=now(one).number, by=cast.coordinator)
    assert told(pilot) == [("30 h", Standing.ON_WAY.label)]


def test_of_one_pilots_indicators_another_shows_none(cast, pilot):
    other = begun(cast.coordinator)
    indicator(pilot, cast.coordinator)
    assert (len(results_of(pilot).rows), results_of(other).rows) == (1, [])
