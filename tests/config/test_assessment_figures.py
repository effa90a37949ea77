"""The page of the assessments' figures, its file and its paper: the same, and no more."""

from datetime import date
from uuid import uuid4

import pytest

from coordination.assessments.models import AssessmentFact
from coordination.cards import commands, reference
from coordination.cards.models import CardVersion
from tests.cast import Cast, sign_in
from tests.config.half_years import Told, book, of

PAGE = "/figures/assessments/"
JANUARY, JULY = date(2026, 1, 1), date(2026, 7, 1)


@pytest.fixture
def cast(db):
    return Cast()


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
    of(AssessmentFact, area, JANUARY, "pending", 4)
    of(AssessmentFact, area, JANUARY, "begun", 4, value=1)
    of(AssessmentFact, area, JANUARY, "begun", 2)
    of(AssessmentFact, area, JANUARY, "days_to_begin", 4, value=6)
    of(AssessmentFact, area, JANUARY, "days_to_finish", 4, value=84)
    of(AssessmentFact, area, JANUARY, "asked", 5)
    of(AssessmentFact, area, JANUARY, "out_general", 3)
    of(AssessmentFact, area, JULY, "out_general", 1)
    of(AssessmentFact, cast.kerava, JANUARY, "out_general", 777)
    said(*[cast.nurse, cast.teacher, cast.youth_worker] * 4, cast.other_coordinator)
    sign_in(client, cast.coordinator)
    client.post("/language/", {"language": "en"})
    return client


def test_the_page_has_a_chart_and_tables(coordinator):
    text = coordinator.get(PAGE).content.decode()
    assert text.count('<figure class="chart">') == 1
    assert text.count("<table") == 4
    assert "777" not in text
    assert "style=" not in text.partition("<main")[2]


def test_what_is_told_of_many_and_of_few(coordinator):
    sheets = book(coordinator, PAGE)
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


class TestTold(Told):
    page, facts, what = PAGE, AssessmentFact, "out_urgent"
