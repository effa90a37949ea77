"""The page of the assessments' figures, its file and its paper: the same, and no more."""

import io
from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from coordination.assessments.models import AssessmentFact
from coordination.cards import commands, reference
from coordination.cards.models import CardVersion
from coordination.interface import pdf
from tests.cast import Cast, sign_in

PAGE = "/figures/assessments/"
FILES = [f"{PAGE}tables.xlsx", f"{PAGE}paper.pdf"]
JANUARY, JULY = date(2026, 1, 1), date(2026, 7, 1)


@pytest.fixture
def cast(db):
    return Cast()


def of(area, half, what, each, *, value=0):
    """As many facts with each of three agencies, all of different people."""
    AssessmentFact.objects.get_or_create(area=area, half=half, what="counted", defaults={"count": 1})
    for agency in (1, 2, 3):
        row = {"area": area, "half": half, "what": what, "value": value, "agencies": [agency]}
        AssessmentFact.objects.create(**row, people=each, count=each)


def said(*members):
    """Each said that a card of the schools helped them."""
    reference.load()
    card = CardVersion.objects.get(role="school", phase="raise")
    for member in members:
        commands.evaluate(version=card, helped="yes", better="nothing", token=uuid4(), by=member)


@pytest.fixture
def coordinator(client, cast):
    """Two half-years: in the first enough for everything, in the second little."""
    area = cast.mikkeli
    of(area, JANUARY, "pending", 4)
    of(area, JANUARY, "begun", 4, value=1)
    of(area, JANUARY, "begun", 2)
    of(area, JANUARY, "days_to_begin", 4, value=6)
    of(area, JANUARY, "days_to_finish", 4, value=84)
    of(area, JANUARY, "asked", 5)
    of(area, JANUARY, "out_general", 3)
    of(area, JULY, "out_general", 1)
    of(cast.kerava, JANUARY, "out_general", 777)
    said(*[cast.nurse, cast.teacher, cast.youth_worker] * 4, cast.other_coordinator)
    sign_in(client, cast.coordinator)
    client.post("/language/", {"language": "en"})
    return client


def book(client):
    found = load_workbook(io.BytesIO(client.get(FILES[0]).content))
    return {page.title: [[cell.value for cell in row] for row in page.iter_rows()] for page in found}


def test_the_page_has_a_chart_and_tables(coordinator):
    text = coordinator.get(PAGE).content.decode()
    assert text.count('<figure class="chart">') == 1
    assert text.count("<table") == 4
    assert "777" not in text
    assert "style=" not in text.partition("<main")[2]


def test_page_file_and_paper_tell_the_same(coordinator):
    sheets = book(coordinator)
    rows = {row[0]: row[1:] for row in sheets["From pending to signed"]}
    assert rows["January–June 2026"] == [12, "67 %", 6, "–", 80, "–"]
    assert rows["July–December 2026"] == ["<5", "–", "–", "–", "–", "–"]
    parts = {row[0]: row[1:] for row in sheets["The agencies' parts"]}
    assert parts["Together"] == ["≥15", "<5"]
    outcomes = {row[0]: row[1:] for row in sheets["What they came to"]}
    assert outcomes["Together"] == ["<5", "≥9", "<5", "<5", "<5"]
    cards = {row[0]: row[1:] for row in sheets["Whether the action cards helped"]}
    # Twelve of three agencies in the area; what was said in the other town is the other town's.
    assert cards["School"] == [12, "<5", "<5"]
    page = coordinator.get(PAGE).content.decode()
    pages = PdfReader(io.BytesIO(coordinator.get(FILES[1]).content)).pages
    paper = "".join(one.extract_text() for one in pages).replace(" ", "").replace("\n", "")
    for name, sheet in sheets.items():
        for cell in (str(cell) for row in sheet for cell in row):
            assert cell.replace("<", "&lt;").replace("'", "&#x27;") in page, (name, cell)
            assert cell.replace(" ", "") in paper, (name, cell)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_it_reads_in_each_language(coordinator, language):
    coordinator.post("/language/", {"language": language})
    assert coordinator.get(PAGE).status_code == 200
    assert [coordinator.get(path).status_code for path in FILES] == [200, 200]


def test_before_anything_is_counted_it_says_when_it_comes(client, cast):
    sign_in(client, cast.administrator)
    client.post("/language/", {"language": "en"})
    assert "No half-year has been counted yet." in client.get(PAGE).content.decode()
    assert [client.get(path).status_code for path in FILES] == [404, 404]


def test_without_pango_the_button_says_so_and_printing_serves(coordinator, monkeypatch):
    monkeypatch.setattr(pdf, "_library", lambda: None)
    assert f'href="{FILES[1]}' not in coordinator.get(PAGE).content.decode()
    assert coordinator.get(FILES[1])["Location"] == PAGE


def test_the_figures_lead_to_it(coordinator):
    assert reverse("pages:assessment_figures") in coordinator.get("/figures/").content.decode()


@pytest.mark.parametrize("role", ["teacher", "nurse", "social_worker"])
def test_professionals_do_not_come_in(client, cast, role):
    sign_in(client, getattr(cast, role))
    assert [client.get(path).status_code for path in (PAGE, *FILES)] == [404, 404, 404]


def test_as_many_half_years_cost_as_few_statements(coordinator, cast, django_assert_max_num_queries):
    for year in range(2027, 2035):
        of(cast.mikkeli, date(year, 1, 1), "out_urgent", 5)
    with django_assert_max_num_queries(15):
        coordinator.get(PAGE)
