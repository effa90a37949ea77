"""A round beside what was approved before, and its files."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from coordination.clocks.rules import today
from coordination.interface import pdf
from pilots.service_map.commands import rounds
from pilots.service_map.queries.rounds import changes, codes_to_look_at, goals_of
from pilots.service_map.states import Change, Stands, change_of
from tests.pilots.registry.pages import Browser
from tests.pilots.service_map.surveying import answered, approved, indicator, opened, summarised

# How it stood (a row), how it stands (a column: in order, partly, not, can't say, not answered).
TABLE = {
    "in_order": "same worse worse - -",
    "partly": "better same worse - -",
    "not": "better better same - -",
    "unknown": "first first first - -",
    "": "first first first - -",
}


@pytest.mark.parametrize("before", TABLE)
def test_what_became_of_an_indicator(before):
    found = [change_of(before, now) for now in (*Stands.values, "")]
    assert found == [None if word == "-" else Change(word) for word in TABLE[before].split()]


def test_an_update_after_an_update_compares_with_whatever_was_approved_last(cast, lead):
    for place in range(3):
        indicator(lead, f"Osoitin {place}")
    approved(lead, "not", "not", "in_order", name="Ensimmäinen")
    approved(lead, "in_order", "partly", kind="update", name="Toinen")
    assert codes_to_look_at(lead.agency.area_id) == {"2.2"}
    made = opened(lead, name="Kolmas")
    for place, stands in enumerate(("in_order", "in_order", "partly")):
        answered(made, lead, stands, place=place)
    (goal,) = goals_of(made, lead)
    assert [row.before.round.name for row in goal.rows] == ["Toinen", "Toinen", "Ensimmäinen"]
    assert [row.change for row in goal.rows] == [Change.SAME, Change.BETTER, Change.WORSE]
    assert [number for _sign, _word, number in changes([goal])] == [1, 1, 1, 0]


def test_a_first_round_is_compared_with_nothing_and_another_area_is_no_before(cast, lead):
    indicator(lead)
    (goal,) = goals_of(approved(lead, "partly"), lead)
    assert changes([goal]) == []
    assert goal.rows[0].before is None


def test_what_a_round_left_unanswered_says_nothing_new(cast, lead):
    indicator(lead)
    first = approved(lead, "not")
    approved(lead)
    assert codes_to_look_at(lead.agency.area_id) == {"2.1"}
    (goal,) = goals_of(opened(lead), lead)
    assert goal.rows[0].before.round == first


def whole(lead):
    """A round whose numbers and words stand beside an earlier one's, summarised."""
    indicator(lead, "Jonotusaika", unit="päivää")
    before = opened(lead, name="Viime vuosi")
    answered(before, lead, "not", value="40.5")
    summarised(before, lead)
    rounds.approve(survey_round=before, approved_on=today(), by=lead)
    made = opened(lead, name="Tämä vuosi")
    said = {"words": "Jono lyheni", "evidence": "Potilasjärjestelmä", "link": "https://example.fi/tilasto"}
    answered(made, lead, "partly", value="21", **said)
    return summarised(made, lead)


def test_the_page_says_in_words_what_became_of_it(client, cast, lead):
    said = Browser(client, lead, "fi").text(whole(lead).get_absolute_url())
    for words in ("21,0 päivää", "40,5 päivää", "Jono lyheni", "Viime vuosi", "Kooste", "https://example.fi/tilasto"):
        assert words in said, words


def test_the_workbook_has_every_indicator_and_says_nothing_of_who_answered(client, cast, lead):
    made = whole(lead)
    answer = Browser(client, lead).client.get(reverse("service_map:workbook", args=[made.public_id]))
    book = load_workbook(BytesIO(answer.content))
    lines = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    found = dict(zip(lines[0], lines[1], strict=True))
    assert (found["How it stands"], found["Before"], found["What became of it"]) == (
        "partly in order",
        "not in order",
        "better",
    )
    assert (found["Number"], found["Of what"], found["In words"]) == (21, "päivää", "Jono lyheni")
    assert book.worksheets[1]["B2"].value == "Kooste"
    everything = " ".join(str(cell.value) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)
    assert lead.user.last_name not in everything


@pytest.mark.skipif(bool(pdf.unavailable()), reason="no Pango here")
def test_the_paper_says_what_the_page_says(client, cast, lead):
    made = whole(lead)
    path = reverse("service_map:round_pdf", args=[made.public_id])
    document = PdfReader(BytesIO(Browser(client, lead, "fi").client.get(path).content))
    said = " ".join(" ".join(page.extract_text() for page in document.pages).split())
    for words in ("Tämä vuosi", "Jonotusaika", "21,0 päivää", "Viime vuosi", "Jono lyheni", "Kooste"):
        assert words in said, words
    assert lead.user.last_name not in said
    assert document.trailer["/Root"]["/Lang"] == "fi"
    assert document.trailer["/Root"]["/MarkInfo"]["/Marked"]
