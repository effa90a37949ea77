"""The pages of results: what is typed comes back, what is refused is said where it is, and drafts are seen by few."""

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from pilots.registry.commands.leads import add_lead
from pilots.results.models import Indicator, IndicatorValue
from tests.cast import sign_in
from tests.pilots.registry.pages import Browser, day, is_refused
from tests.pilots.registry.piloting import begun, of_the_portal
from tests.pilots.results.following import at, counted, drafted, finished, indicator, typed

NEW = {"name_fi": "Poissaolot", "better": "less", "unit": "hours", "period": "month", "baseline": "40,5"}


@pytest.fixture
def one(cast, pilot):
    return indicator(pilot, cast.coordinator)


# --- Indicators -----------------------------------------------------------------------------------------------------


def test_an_indicator_is_added_and_its_numbers_are_typed(coordinator, pilot):
    answer = coordinator.send(at("add", pilot), **NEW, target="20.0", **day("target_on", date(2026, 12, 31)))
    made = Indicator.objects.get()
    assert answer["Location"] == at("values", pilot, made.public_id)
    assert (made.baseline, made.target) == (40.5, 20)
    answer = coordinator.send(answer["Location"], value_2026_01="41,5", value_2026_06="1 030", note_2026_06="Kesä")
    assert answer["Location"] == at("results", pilot)
    assert {value.starts_on.month: value.value for value in made.values.all()} == {1: 41.5, 6: 1030}
    shown = coordinator.text(at("results", pilot))
    for said in ("Poissaolot", "40,5 h", "20 h (31.12.2026)", "41,5 h", "1\u00a0030 h", "Kesä", "June 2026"):
        assert said in shown, said


def test_what_is_counted_leads_back_to_the_results(coordinator, pilot):
    answer = coordinator.send(at("add", pilot), **NEW | {"baseline": "", "source": "trainings_held", "better": "more"})
    assert answer["Location"] == at("results", pilot)
    assert Indicator.objects.get().unit == "number"


@pytest.mark.parametrize("number", ["NaN", "1e9", "1e999", "-1", "12,55", "kaksi", "9" * 9, "١٢"])
def test_what_is_no_number_is_refused_with_a_sentence_and_stays(coordinator, pilot, one, number):
    assert is_refused(coordinator.send(at("add", pilot), **NEW | {"baseline": number}), "at most one decimal")
    answer = coordinator.send(at("values", pilot, one.public_id), value_2026_02=number, note_2026_03="Säilyy")
    said = answer.content.decode()
    assert is_refused(answer, "at most one decimal")
    assert f'value="{number}"' in said
    assert 'value="Säilyy"' in said
    assert "#id_value_2026_02" in said
    assert not IndicatorValue.objects.exists()


def test_a_share_over_a_hundred_is_said_beside_its_period(cast, coordinator, pilot):
    share = indicator(pilot, cast.coordinator, unit="percent")
    answer = coordinator.send(at("values", pilot, share.public_id), value_2026_02="100,1", value_2026_03="100")
    assert is_refused(answer, "0 to 100")
    assert "#id_value_2026_02" in answer.content.decode()
    assert "#id_value_2026_03" not in answer.content.decode()


@pytest.mark.parametrize(
    ("said", "field", "sentence"),
    [
        ({"target": "41"}, "target", "worse than the baseline"),
        ({"baseline": ""} | day("baseline_on", date(2026, 1, 1)), "baseline", "number of the baseline"),
        ({"baseline": "", "baseline_note": "Rekisteri"}, "baseline", "number of the baseline"),
        (day("target_on", date(2026, 12, 31)), "target", "number of the target"),
        (
            {"target": "20"} | day("baseline_on", date(2026, 2, 1)) | day("target_on", date(2026, 2, 1)),
            "target_on_0",
            "comes after",
        ),
    ],
)
def test_what_makes_no_sense_is_said_beside_its_field(coordinator, pilot, said, field, sentence):
    answer = coordinator.send(at("add", pilot), **NEW | said)
    assert is_refused(answer, sentence)
    assert f'href="#id_{field}"' in answer.content.decode()


def test_nought_is_a_number_of_which_something_can_be_said(coordinator, pilot):
    said = {"better": "more", "baseline": "0", "baseline_note": "Alkukysely", "target": "0"}
    assert coordinator.send(at("add", pilot), **NEW | said | day("target_on", date(2026, 12, 31))).status_code == 302


def test_a_note_without_its_number_is_said_beside_its_period(coordinator, pilot, one):
    answer = coordinator.send(at("values", pilot, one.public_id), note_2026_03="Kesken")
    assert is_refused(answer, "number of which the note tells")
    assert 'href="#id_value_2026_03"' in answer.content.decode()
    assert 'value="Kesken"' in answer.content.decode()


def test_of_two_tabs_the_second_sees_what_is_there_and_keeps_what_was_typed(cast, coordinator, pilot, one):
    path = at("values", pilot, one.public_id)
    data = coordinator.form(path)
    typed(one, cast.administrator, jan="33")
    answer = coordinator.client.post(path, data | {"value_2026_02": "22"})
    assert is_refused(answer, "changed meanwhile")
    said = answer.content.decode()
    assert 'value="22"' in said
    assert "33 h" in said
    # What is sent next is based on what stands there now: the other's number is in the page's own box no more.
    path = at("change", pilot, one.public_id)
    data = coordinator.form(path)
    typed(one, cast.administrator, jan="34")
    assert is_refused(coordinator.client.post(path, data | {"name_fi": "Toisin"}), "changed meanwhile")


def test_numbers_come_back_as_they_were_written(coordinator, cast, pilot, one):
    typed(one, cast.coordinator, jan="12.5", feb="1200")
    assert 'value="12,5"' in coordinator.text(at("values", pilot, one.public_id))
    finnish = Browser(Client(), cast.administrator, "fi")
    page = finnish.text(at("values", pilot, one.public_id))
    assert 'value="12,5"' in page
    assert 'value="1200"' in page
    # Sent back as it is, nothing changes.
    finnish.send(at("values", pilot, one.public_id))
    assert {value.value for value in IndicatorValue.objects.all()} == {12.5, 1200}


def test_no_numbers_are_asked_of_what_is_counted_or_closed(cast, coordinator, pilot, one):
    for indicator_, sentence in ((counted(pilot, cast.coordinator), "portal counts"), (one, "followed any more")):
        if indicator_ == one:
            coordinator.client.post(at("close", pilot, one.public_id))
        answer = coordinator.client.get(at("values", pilot, indicator_.public_id), follow=True)
        assert sentence in answer.content.decode().replace("&#x27;", "'")
    answer = coordinator.client.get(at("change", pilot, one.public_id), follow=True)
    assert "followed any more" in answer.content.decode().replace("&#x27;", "'")


def test_a_planned_pilot_has_no_period_yet(cast, coordinator):
    planned = begun(cast.coordinator, starts_on=date(2027, 1, 1))
    made = indicator(planned, cast.coordinator)
    assert "no period yet" in coordinator.text(at("values", planned, made.public_id))


def test_buttons_need_a_press(cast, coordinator, pilot, one):
    for name in ("close", "follow", "up"):
        assert coordinator.client.get(at(name, pilot, one.public_id))["Location"] == at("results", pilot)
    assert Indicator.objects.get().closed_on is None


# --- Whose it is ----------------------------------------------------------------------------------------------------


def test_the_portals_own_have_no_results(cast, coordinator):
    portal = of_the_portal()
    for name in ("results", "workbook", "add", "write"):
        assert coordinator.status(at(name, portal)) == 404
    assert at("results", portal) not in coordinator.text(portal.get_absolute_url())


def test_everybody_reads_and_only_its_editors_find_what_changes_it(cast, client, pilot, one):
    drafted(pilot, cast.coordinator)
    for member, edits in ((cast.coordinator, True), (cast.administrator, True), (cast.teacher, False),
                          (cast.other_coordinator, False)):  # fmt: skip
        browser = Browser(client, member)
        assert at("results", pilot) in browser.text(pilot.get_absolute_url())
        shown = browser.text(at("results", pilot))
        for name in ("change", "values", "close"):
            assert (at(name, pilot, one.public_id) in shown) is edits
        assert ("Go on with the evaluation" in shown) is edits
        for name in ("add", "write", "finish"):
            assert (browser.status(at(name, pilot)) == 404) is not edits


def test_another_pilots_indicator_is_not_there(cast, coordinator, one):
    own = begun(cast.coordinator)
    for name in ("change", "values", "close", "follow", "up"):
        assert coordinator.client.post(at(name, own, one.public_id)).status_code == 404


def test_nobody_finds_a_draft_by_its_address(cast, client, pilot):
    draft = drafted(pilot, cast.coordinator)
    for member in (cast.coordinator, cast.teacher):
        assert sign_in(client, member).get(at("evaluation", pilot, draft.public_id)).status_code == 404


# --- The workbook ---------------------------------------------------------------------------------------------------


def test_the_workbook_has_numbers_and_no_formulas(cast, coordinator, pilot):
    made = indicator(pilot, cast.coordinator, name_fi="=1+1", baseline_note="@SUM(A1)")
    typed(made, cast.coordinator, jan=("12.5", "=HYPERLINK(1)"))
    book = load_workbook(BytesIO(coordinator.client.get(at("workbook", pilot)).content))
    first, second = book.worksheets
    assert [cell.data_type for cell in first[2]][:4] == ["s", "s", "s", "n"]
    assert [cell.value for cell in second[2]][:1] + [second["D2"].value, second["E2"].value] == [
        "=1+1",
        12.5,
        "=HYPERLINK(1)",
    ]
    assert second["B2"].value.date() == date(2026, 1, 1)


# --- What it costs --------------------------------------------------------------------------------------------------


def test_thirty_indicators_take_as_many_statements_as_one(cast, client, pilot):
    sign_in(client, cast.coordinator)

    def statements():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(at("results", pilot)).status_code == 200
        return len(queries)

    def add(number):
        for place in range(number):
            source = ("courses_begun", "forms_submitted", "people_trained")[place % 3]
            counted(pilot, cast.coordinator, source)
            typed(indicator(pilot, cast.coordinator), cast.coordinator, jan="40", feb="39")
        finished(pilot, cast.coordinator)

    add(3)
    statements()
    few = statements()
    add(12)
    assert statements() == few


def test_a_lead_from_elsewhere_in_the_area_may_write(cast, client, pilot):
    add_lead(pilot=pilot, membership=cast.teacher, by=cast.coordinator)
    assert Browser(client, cast.teacher).send(at("add", pilot), **NEW).status_code == 302
