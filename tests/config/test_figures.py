"""The figures of the own area: on the page, in files and on paper, the same and no more."""

import csv
import io
from datetime import date

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from coordination.interface import pdf
from flags.figures.models import MonthCount
from tests.cast import Cast, sign_in
from tests.directory import lists
from tests.flags.figures.test_needs import of_need
from tests.flags.figures.test_shown import month

FILES = ["/figures/table.xlsx", "/figures/table.csv", "/figures/paper.pdf"]


@pytest.fixture
def cast(db):
    return Cast()


@pytest.fixture
def coordinator(client, cast):
    for number in range(1, 8):
        of_month = {"in_touch": 6, "referred": 2, "moved": 1 if number == 3 else 0}
        month(cast.mikkeli, number, flags=30 + number, matches=12, in_time=12 - number % 3, outcomes=of_month)
    month(cast.kerava, 1, flags=777)
    sign_in(client, cast.coordinator)
    client.post("/language/", {"language": "en"})
    return client


def rows_of(client):
    text = client.get("/figures/table.csv").content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_the_follow_up_rate_comes_first(coordinator):
    text = coordinator.get("/figures/").content.decode()
    assert "January–June: of 72 matches so many were contacted in time" in text
    assert text.index('class="rate__number"') < text.index("<svg") < text.index("<table")


def test_page_files_and_paper_tell_the_same(coordinator):
    head, *rows = rows_of(coordinator)
    assert head[:4] == ["Period", "Flags", "Matches", "Contacted in time"]
    assert rows[0][:4] == ["January", "31", "12", "66–100 %"]
    assert rows[6][:4] == ["January–June", "201", "72", "92 %"]
    page = coordinator.get("/figures/").content.decode()
    book = load_workbook(io.BytesIO(coordinator.get("/figures/table.xlsx").content))
    typed = [[cell.value for cell in row] for row in book["2026"].iter_rows()]
    assert [[str(cell) for cell in row] for row in typed] == [head, *rows]
    assert typed[1][1:3] == [31, 12]
    paper = "".join(one.extract_text() for one in PdfReader(io.BytesIO(coordinator.get(FILES[2]).content)).pages)
    for text in (cell for row in rows for cell in row):
        assert text.replace("<", "&lt;") in page
        assert text.replace(" ", "") in paper.replace(" ", "").replace("\n", ""), text


def test_a_single_case_shows_nowhere(coordinator):
    """One follow-up of March ended with a move: no column and no sum tells of it."""
    head, *rows = rows_of(coordinator)
    assert {row[head.index("Moved away")] for row in rows} == {"<5"}


def test_needs_have_a_column_where_a_number_shows_and_none_where_all_is_hidden(coordinator, cast):
    lists()
    for number in range(1, 8):
        of_need(cast.mikkeli, number, 8)
        of_need(cast.mikkeli, number, 1 if number == 3 else 0, "money")
    head, *rows = rows_of(coordinator)
    assert head[-1] == "Housing"
    assert "Money" not in head
    assert [row[-1] for row in rows] == ["8"] * 6 + ["48", "8"]
    page = coordinator.get("/figures/").content.decode()
    assert page.count("Needed but not available") >= 3
    assert "Money" not in page
    assert 'id="needs' in page
    paper = "".join(one.extract_text() for one in PdfReader(io.BytesIO(coordinator.get(FILES[2]).content)).pages)
    assert "Housing" in paper


def test_the_pdf_is_tagged_titled_and_in_the_readers_language(coordinator):
    answer = coordinator.get("/figures/paper.pdf")
    assert answer["Content-Type"] == "application/pdf"
    root = PdfReader(io.BytesIO(answer.content))
    assert root.metadata.title == "Figures of Mikkeli, 2026"
    catalogue = root.trailer["/Root"]
    assert (catalogue["/Lang"], catalogue["/MarkInfo"]["/Marked"]) == ("en", True)
    assert "/StructTreeRoot" in catalogue


def test_without_pango_the_button_says_so_and_printing_serves(coordinator, monkeypatch):
    monkeypatch.setattr(pdf, "_library", lambda: None)
    text = coordinator.get("/figures/").content.decode()
    assert "This server can&#x27;t make PDF files. Print the page instead." in text
    assert 'href="/figures/paper.pdf' not in text
    assert coordinator.get("/figures/paper.pdf")["Location"] == "/figures/"


def test_a_pdf_fetches_nothing_but_our_own_files(tmp_path, settings):
    """An image elsewhere, a file of the machine and a style that isn't ours are simply not there."""
    secret = tmp_path / "secret.css"
    secret.write_text("body { color: red }")
    page = tmp_path / "page.html"
    elsewhere = "http://127.0.0.1:9/x.css"
    places = [elsewhere, f"file://{secret}", "file:///etc/passwd", "https://paper.invalid/../config/urls.py", "data:,x"]
    page.write_text("".join(f'<link rel="stylesheet" href="{place}"><img src="{place}">' for place in places))
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [tmp_path]}]
    assert pdf.make("page.html", {}).startswith(b"%PDF")


def test_another_areas_figures_are_in_nothing(coordinator):
    assert "777" not in coordinator.get("/figures/").content.decode()


@pytest.mark.parametrize("path", ["/figures/", *FILES])
@pytest.mark.parametrize("year", ["1999", "2027", "x", "\0", "9" * 40, "2026 "])
def test_a_year_without_figures_is_not_there(coordinator, path, year):
    assert coordinator.get(path, {"year": year}).status_code == 404


def test_before_the_first_figures_the_page_says_when_they_come(client, cast):
    sign_in(client, cast.coordinator)
    client.post("/language/", {"language": "en"})
    text = client.get("/figures/").content.decode()
    assert "No month has been counted yet." in text
    assert "The figures of " in text
    assert [client.get(path).status_code for path in FILES] == [404, 404, 404]


def test_the_page_costs_the_same_for_one_month_and_for_two_years(client, cast, django_assert_num_queries):
    sign_in(client, cast.administrator)
    month(cast.mikkeli, 1, matches=12)
    client.get("/figures/")
    with django_assert_num_queries(6):
        client.get("/figures/")
    for year in (2025, 2026):
        for number in range(1, 13):
            if not MonthCount.objects.filter(area=cast.mikkeli, month=date(year, number, 1)).exists():
                month(cast.mikkeli, number, year=year, matches=12, flags=30)
    with django_assert_num_queries(6):
        client.get("/figures/")


@pytest.mark.parametrize("who", ["teacher", "nurse"])
def test_professionals_have_no_figures(client, cast, who):
    sign_in(client, getattr(cast, who))
    assert [client.get(path).status_code for path in ("/figures/", *FILES)] == [404] * 4
