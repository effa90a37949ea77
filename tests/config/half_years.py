"""What holds of each page of figures of half-years, its file and its paper. A class of tests subclasses `Told`, in a
module with the fixture `coordinator`: somebody who comes in, with something to read."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from coordination.interface import pdf
from tests.cast import sign_in


def of(facts, area, half, what, each, **alike):
    """As many facts (rows of the model `facts`) with each of three agencies, all of different people."""
    facts.objects.get_or_create(area=area, half=half, what="counted", defaults={"count": 1})
    for agency in (1, 2, 3):
        row = {"area": area, "half": half, "what": what, "agencies": [agency]} | alike
        facts.objects.create(**row, people=each, count=each)


def book(client, page):
    """The sheets of the page's file by name, as rows of values."""
    found = load_workbook(io.BytesIO(client.get(f"{page}tables.xlsx").content))
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in found}


class Told:
    """The page at `page`, of the model `facts`; `what` is one of its facts."""

    page, facts, what = "", None, ""

    @property
    def files(self):
        """The addresses of its file and its paper."""
        return [f"{self.page}tables.xlsx", f"{self.page}paper.pdf"]

    def test_page_file_and_paper_tell_the_same(self, coordinator):
        page = coordinator.get(self.page).content.decode()
        pages = PdfReader(io.BytesIO(coordinator.get(self.files[1]).content)).pages
        paper = "".join(one.extract_text() for one in pages).replace(" ", "").replace("\n", "")
        for name, sheet in book(coordinator, self.page).items():
            for cell in (str(cell) for row in sheet for cell in row):
                assert cell.replace("<", "&lt;").replace("'", "&#x27;") in page, (name, cell)
                assert cell.replace(" ", "") in paper, (name, cell)

    @pytest.mark.parametrize("language", ["fi", "sv", "en"])
    def test_it_reads_in_each_language(self, coordinator, language):
        coordinator.post("/language/", {"language": language})
        assert [coordinator.get(path).status_code for path in (self.page, *self.files)] == [200, 200, 200]

    def test_before_anything_is_counted_it_says_when_it_comes(self, client, cast):
        sign_in(client, cast.administrator)
        client.post("/language/", {"language": "en"})
        assert "No half-year has been counted yet." in client.get(self.page).content.decode()
        assert [client.get(path).status_code for path in self.files] == [404, 404]

    def test_without_pango_the_button_says_so_and_printing_serves(self, coordinator, monkeypatch):
        monkeypatch.setattr(pdf, "_library", lambda: None)
        assert f'href="{self.files[1]}' not in coordinator.get(self.page).content.decode()
        assert coordinator.get(self.files[1])["Location"] == self.page

    def test_the_figures_lead_to_it(self, coordinator):
        assert f'href="{self.page}"' in coordinator.get("/figures/").content.decode()

    @pytest.mark.parametrize("role", ["teacher", "nurse", "social_worker"])
    def test_professionals_do_not_come_in(self, client, cast, role):
        sign_in(client, getattr(cast, role))
        assert [client.get(path).status_code for path in (self.page, *self.files)] == [404, 404, 404]

    def test_as_many_half_years_cost_as_few_statements(self, coordinator, cast, django_assert_max_num_queries):
        for year in range(2027, 2035):
            of(self.facts, cast.mikkeli, date(year, 1, 1), self.what, 5)
        with django_assert_max_num_queries(15):
            coordinator.get(self.page)
