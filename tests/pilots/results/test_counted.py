"""What the portal counts of a pilot stands alike on every page and in every file; what is hidden, in none."""

import re
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from coordination.interface import pdf
from coordination.interface.small_numbers import HIDDEN
from pilots.measures.models import MeasureFact
from pilots.measures.queries.figures import What, figures_of
from pilots.questionnaires.models import FormFact
from pilots.results.models import EvaluationRow
from pilots.results.queries.counted import SOURCES
from pilots.results.queries.following import results_of
from pilots.results.states import Standing
from pilots.schedules.models import ScheduleFact
from tests.pilots.results.following import (
    JANUARY,
    JULY,
    at,
    began,
    close,
    counted,
    drafted,
    finished,
    indicator,
    now,
    texts,
    typed,
)

EVERY_SIZE = settings(
    max_examples=40,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def words_of(page):
    """What the main part of a page says."""
    return re.sub(r"<[^>]+>", " ", page.partition("<main")[2].partition("</main>")[0])


def cells_of_workbook(coordinator, pilot):
    """Every cell of the workbook, as text."""
    book = load_workbook(BytesIO(coordinator.client.get(at("workbook", pilot)).content))
    return [
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None
    ]


# --- What is counted --------------------------------------------------------------------------------------------------


def test_what_is_counted_is_what_the_figures_tell(cast, pilot, time_machine):
    counted(pilot, cast.coordinator)
    began(pilot, a=6, b=5, c=7)
    assert texts(pilot) == []
    close(pilot)
    began(pilot, half=JULY, a=3)
    close(pilot, JULY)
    told = figures_of(pilot).columns[What.BEGUN].cells
    assert texts(pilot) == [cell.text for cell in told] == ["18", HIDDEN]
    (row,) = results_of(pilot).rows
    assert (row.latest, row.standing) == ("18", Standing.NO_TARGET.label)


def test_every_source_can_be_followed_before_anything_was_counted(cast, pilot, coordinator):
    for source in SOURCES:
        counted(pilot, cast.coordinator, source)
    assert len(results_of(pilot).followed) == len(SOURCES)
    assert "come on 15.1.2027" in coordinator.text(at("results", pilot))


def test_a_share_is_told_as_a_number_where_it_is_exact(cast, pilot):
    counted(pilot, cast.coordinator, "courses_better")
    for agency in (1, 2, 3):
        for value, number in ((1, 4), (0, 4)):
            MeasureFact.objects.create(
                area=pilot.area,
                pilot=pilot,
                half=JANUARY,
                what=What.IMPROVED,
                value=value,
                agencies=[agency],
                people=number,
                count=number,
            )
    close(pilot)
    (one,) = results_of(pilot).followed
    assert [(value.text, value.number) for value in one.values] == [("50 %", 50)]


def test_forms_submitted_are_counted(cast, pilot):
    counted(pilot, cast.coordinator, "forms_submitted")
    for agency in (1, 2, 3):
        FormFact.objects.create(
            area=pilot.area,
            pilot=pilot,
            half=JANUARY,
            what="submitted",
            value=1,
            agencies=[agency],
            people=4,
            count=4,
        )
    close(pilot, facts=FormFact)
    assert texts(pilot) == ["12"]


def test_what_was_counted_after_it_was_closed_is_not_told(cast, pilot):
    one = counted(pilot, cast.coordinator)
    for half in (JANUARY, JULY):
        began(pilot, half=half, a=6, b=6, c=6)
        close(pilot, half)
    type(one).objects.filter(pk=one.pk).update(closed_on=date(2026, 6, 30))
    assert texts(pilot) == ["18"]


# --- What is hidden ---------------------------------------------------------------------------------------------------


def hidden(cast, pilot):
    """An indicator whose only half-year has twelve courses in hand of one agency alone, and a typed one beside it."""
    counted(pilot, cast.coordinator)
    began(pilot, a=12, b=1)
    close(pilot)
    typed(indicator(pilot, cast.coordinator), cast.coordinator, jan="40")


def test_a_hidden_number_is_hidden_on_the_page_and_in_its_chart(cast, pilot, coordinator):
    hidden(cast, pilot)
    page = words_of(coordinator.text(at("results", pilot)))
    assert "&lt;5" in page
    assert str(Standing.HIDDEN.label) in page
    assert not {"12", "13"} & {*page.split()}
    (chart,) = [one.chart for one in results_of(pilot, charts=True).followed if one.chart]
    assert chart.title == "Poissaolot"


def test_a_hidden_number_beside_a_told_one_is_a_gap_with_its_sign(cast, pilot):
    counted(pilot, cast.coordinator)
    began(pilot, a=6, b=6, c=6)
    began(pilot, half=JULY, a=3)
    close(pilot)
    close(pilot, JULY)
    (one,) = results_of(pilot, charts=True).followed
    for drawing in one.chart.drawings:
        assert len(drawing.marks) == 1
        assert HIDDEN in [text["text"] for text in drawing.texts]


def test_the_workbook_has_a_sheet_of_each_table_that_the_page_has(pilot, coordinator):
    for facts in (MeasureFact, FormFact, ScheduleFact):
        close(pilot, facts=facts)
    book = load_workbook(BytesIO(coordinator.client.get(at("workbook", pilot)).content))
    assert book.sheetnames == ["Indicators", "Values", "Measures", "Forms", "Schedules"]


def test_months_of_which_nothing_was_typed_are_a_gap_beside_baseline_and_target(cast, pilot):
    typed(indicator(pilot, cast.coordinator), cast.coordinator, jan="40", feb="38", may="31", jun="30")
    (one,) = results_of(pilot, charts=True).followed
    assert one.chart.levels == ["baseline", "target"]
    assert one.chart.desc.startswith("4 values, from 40 h to 30 h. Baseline: 40 h. Target: 20 h.")
    for drawing in one.chart.drawings:
        assert (len(drawing.marks), len(drawing.paths), len(drawing.levels)) == (4, 2, 2)


def test_a_hidden_number_is_hidden_in_the_workbook(cast, pilot, coordinator):
    hidden(cast, pilot)
    cells = cells_of_workbook(coordinator, pilot)
    assert HIDDEN in cells
    assert not {"12", "13", "1"} & {*cells}


@pytest.mark.skipif(bool(pdf.unavailable()), reason="no Pango here")
def test_a_hidden_number_stays_hidden_in_the_evaluation_and_its_paper(cast, pilot, coordinator):
    from pypdf import PdfReader

    hidden(cast, pilot)
    evaluation = finished(pilot, cast.coordinator)
    row = EvaluationRow.objects.get(evaluation=evaluation, name_fi__startswith="Laskettu")
    assert (row.value, row.told, row.standing) == (None, HIDDEN, Standing.HIDDEN)
    answer = coordinator.client.get(at("evaluation_pdf", pilot, evaluation.public_id))
    said = "\n".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
    assert HIDDEN in said
    assert "13" not in said.replace("2013", "")


@EVERY_SIZE
@given(st.lists(st.lists(st.integers(0, 7), min_size=3, max_size=3), min_size=1, max_size=3))
def test_no_page_tells_more_than_the_figures(cast, pilot, world):
    """Whatever was counted: each cell of an indicator is the figures' cell and nothing else, and its line in the
    evaluation one of them."""
    MeasureFact.objects.all().delete()
    if not results_of(pilot).followed:
        counted(pilot, cast.coordinator)
    for half, numbers in zip((JANUARY, JULY, date(2027, 1, 1)), world, strict=False):
        began(pilot, half=half, **{str(agency): number for agency, number in enumerate(numbers) if number})
        close(pilot, half)
    cells = figures_of(pilot).columns[What.BEGUN].cells
    (one,) = results_of(pilot, charts=True).followed
    told = [(cell.text, cell.number) for cell, half in zip(cells, figures_of(pilot).halves, strict=True)
            if half <= JULY]  # fmt: skip
    assert [(value.text, value.number) for value in one.values] == told
    assert (one.row.value, one.row.told) in [(number, "" if number is not None else text) for text, number in told]
    drawn = [len(drawing.marks) for drawing in one.chart.drawings] if one.chart else [0]
    assert set(drawn) == {sum(number is not None for _text, number in told)}


# --- What is frozen ---------------------------------------------------------------------------------------------------


def test_an_evaluation_keeps_its_lines_as_they_stood(cast, pilot, coordinator):
    one = typed(indicator(pilot, cast.coordinator), cast.coordinator, jan="40", jun="18.5")
    evaluation = finished(pilot, cast.coordinator)
    path = at("evaluation", pilot, evaluation.public_id)
    before = words_of(coordinator.text(path))
    assert "18,5 h" in before
    assert str(Standing.REACHED.label) in before
    typed(one, cast.coordinator, jun="39")
    type(one).objects.filter(pk=one.pk).update(name_fi="Toinen nimi", target=Decimal(1))
    drafted(pilot, cast.coordinator)
    assert words_of(coordinator.text(path)) == before
    assert now(evaluation).rows.get().value == Decimal("18.5")
