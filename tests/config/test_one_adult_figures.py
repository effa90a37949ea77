"""The page of the one adult's figures, its files and its paper: the same, and no more."""

from datetime import date

import pytest

from coordination.support.models import HalfYearFact
from tests.cast import Cast, sign_in
from tests.config.half_years import Told, book, of

PAGE = "/figures/one-adult/"
JANUARY, JULY = date(2026, 1, 1), date(2026, 7, 1)


@pytest.fixture
def cast(db):
    return Cast()


@pytest.fixture
def coordinator(client, cast):
    """Two half-years: in the first enough for everything, in the second little."""
    area = cast.mikkeli
    of(HalfYearFact, area, JANUARY, "lasted", 5, value=70)
    of(HalfYearFact, area, JANUARY, "goes_on", 4, value=170)
    of(HalfYearFact, area, JANUARY, "contacts", 6, value=12, since=100)
    of(HalfYearFact, area, JANUARY, "stars", 4, value=4)
    of(HalfYearFact, area, JANUARY, "why_not_needed", 3)
    of(HalfYearFact, area, JANUARY, "naming_none", 4)
    of(HalfYearFact, area, JANUARY, "end_studies", 3)
    of(HalfYearFact, area, JULY, "why_moved", 1)
    of(HalfYearFact, cast.kerava, JANUARY, "why_moved", 777)
    sign_in(client, cast.coordinator)
    client.post("/language/", {"language": "en"})
    return client


def test_the_page_has_charts_and_a_table_beside_each(coordinator):
    text = coordinator.get(PAGE).content.decode()
    assert "How long the same adult stays, January–June 2026" in text
    assert text.count('<figure class="chart">') == 3
    assert text.count("<table") == 7
    assert "777" not in text
    assert "style=" not in text.partition("<main")[2]


def test_what_is_told_of_many_and_of_few(coordinator):
    sheets = book(coordinator, PAGE)
    rows = {row[0]: row for row in sheets["The same adult"]}
    assert rows["January–June 2026"][1:] == [70, "–", "3,7", "–", "4,0"]
    assert rows["July–December 2026"][1:] == ["–", "–", "–", "–", "–"]
    ends = {row[0]: row for row in sheets["Why supports ended"]}
    assert ends["Together"][4] == "≥9"


def test_the_curve_is_told_on_fixed_days(coordinator):
    """15 of 27 had ended by the 70th day: 44 % went on."""
    page = book(coordinator, PAGE)
    name = next(title for title in page if title.startswith("How long"))
    assert page[name] == [["Days", "Still the same adult"], [0, "100 %"], [90, "44 %"]]


class TestTold(Told):
    page, facts, what = PAGE, HalfYearFact, "why_moved"
