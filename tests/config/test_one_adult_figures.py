"""The page of the one adult's figures, its files and its paper: the same, and no more."""

import io
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from coordination.interface import pdf
from coordination.support.models import HalfYearFact
from tests.cast import Cast, sign_in

PAGE = "/figures/one-adult/"
FILES = [f"{PAGE}tables.xlsx", f"{PAGE}paper.pdf"]
JANUARY, JULY = date(2026, 1, 1), date(2026, 7, 1)


@pytest.fixture
def cast(db):
    return Cast()


def of(area, half, what, each, *, value=0, since=0):
    """As many facts with each of three agencies, all of different people."""
    HalfYearFact.objects.get_or_create(area=area, half=half, what="counted", defaults={"count": 1})
    for agency in (1, 2, 3):
        row = {"area": area, "half": half, "what": what, "value": value, "since": since, "agencies": [agency]}
        HalfYearFact.objects.create(**row, people=each, count=each)


@pytest.fixture
def coordinator(client, cast):
    """Two half-years: in the first enough for everything, in the second little."""
    area = cast.mikkeli
    of(area, JANUARY, "lasted", 5, value=70)
    of(area, JANUARY, "goes_on", 4, value=170)
    of(area, JANUARY, "contacts", 6, value=12, since=100)
    of(area, JANUARY, "stars", 4, value=4)
    of(area, JANUARY, "why_not_needed", 3)
    of(area, JANUARY, "naming_none", 4)
    of(area, JANUARY, "end_studies", 3)
    of(area, JULY, "why_moved", 1)
    of(cast.kerava, JANUARY, "why_moved", 777)
    sign_in(client, cast.coordinator)
    client.post("/language/", {"language": "en"})
    return client


def book(client):
    found = load_workbook(io.BytesIO(client.get(FILES[0]).content))
    return {page.title: [[cell.value for cell in row] for row in page.iter_rows()] for page in found}


def test_the_page_has_charts_and_a_table_beside_each(coordinator):
    text = coordinator.get(PAGE).content.decode()
    assert "How long the same adult stays, January–June 2026" in text
    assert text.count('<figure class="chart">') == 3
    assert text.count("<table") == 7
    assert "777" not in text
    assert "style=" not in text.partition("<main")[2]


def test_page_files_and_paper_tell_the_same(coordinator):
    sheets = book(coordinator)
    rows = {row[0]: row for row in sheets["The same adult"]}
    assert rows["January–June 2026"][1:] == [70, "–", "3,7", "–", "4,0"]
    assert rows["July–December 2026"][1:] == ["–", "–", "–", "–", "–"]
    ends = {row[0]: row for row in sheets["Why supports ended"]}
    assert ends["Together"][4] == "≥9"
    page = coordinator.get(PAGE).content.decode()
    pages = PdfReader(io.BytesIO(coordinator.get(FILES[1]).content)).pages
    paper = "".join(one.extract_text() for one in pages).replace(" ", "").replace("\n", "")
    for name, sheet in sheets.items():
        for cell in (str(cell) for row in sheet for cell in row):
            assert cell.replace("<", "&lt;").replace("'", "&#x27;") in page, (name, cell)
            assert cell.replace(" ", "") in paper, (name, cell)


def test_the_curve_is_told_on_fixed_days(coordinator):
    """15 of 27 had ended by the 70th day: 44 % went on."""
    page = book(coordinator)
    name = next(title for title in page if title.startswith("How long"))
    assert page[name] == [["Days", "Still the same adult"], [0, "100 %"], [90, "44 %"]]


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
    assert reverse("pages:one_adult_figures") in coordinator.get("/figures/").content.decode()


@pytest.mark.parametrize("role", ["teacher", "nurse", "social_worker"])
def test_professionals_do_not_come_in(client, cast, role):
    sign_in(client, getattr(cast, role))
    assert [client.get(path).status_code for path in (PAGE, *FILES)] == [404, 404, 404]


def test_as_many_half_years_cost_as_few_statements(coordinator, cast, django_assert_max_num_queries):
    for year in range(2027, 2035):
        of(cast.mikkeli, date(year, 1, 1), "why_moved", 5)
    with django_assert_max_num_queries(15):
        coordinator.get(PAGE)
