"""The whole matrix against one that was counted by hand, what narrows it, whom it hides, and what it costs."""

import csv
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coordination.agencies.models import Municipality
from coordination.services.models import Need, Service
from pilots.service_map import coverage_rules as rules
from pilots.service_map.commands.coverage import add_rule
from pilots.service_map.coverage_states import Coverage
from pilots.service_map.models import CoverageRule
from pilots.service_map.queries import heat
from pilots.service_map.queries.matrix import Matrix, Narrowing
from tests.cast import sign_in
from tests.pilots.service_map.mapping import entered, listed, opened

_DATA = Path(__file__).parent / "data"


def rows_of(name):
    with (_DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def towns(cast):
    m = cast.mikkeli.municipalities.get()
    p = Municipality.objects.create(
        code="588", name_fi="Pertunmaa", county=m.county, region_code="10", language_relation=0, area=cast.mikkeli
    )
    return {"M": m, "P": p}


@pytest.fixture
def twenty(cast, towns):
    for row in rows_of("services.csv"):
        entered(
            cast.mikkeli,
            row["name"],
            kind=row["kind"],
            provider_name=row["provider"],
            needs=row["needs"].split(),
            groups=row["groups"].split(),
            towns=[towns[one] for one in row["towns"].split()],
            youngest_age=int(row["youngest"]) if row["youngest"] else None,
            oldest_age=int(row["oldest"]) if row["oldest"] else None,
            languages=row["languages"].split(),
            threshold=row["threshold"],
            priority=int(row["priority"]) if row["priority"] else None,
        )
    for code, numbers in {"mental": (1, 2), "school": (3, 4)}.items():
        thin, double = numbers
        CoverageRule.objects.create(area=cast.mikkeli, need=listed(Need, code), thin_until=thin, double_from=double)


def said(matrix):
    return {
        row.about.code: {cell.band.code: f"{cell.number} {cell.state}" for cell in row.cells} for row in matrix.rows
    }


def by_hand(name):
    return {row.pop("need"): row for row in rows_of(name)}


def test_it_equals_what_was_counted_by_hand(cast, twenty):
    assert said(Matrix(cast.mikkeli, Narrowing(), own=True)) == by_hand("counted.csv")


def test_narrowed_it_equals_what_was_counted_by_hand(cast, twenty, towns):
    narrowing = Narrowing(municipality=towns["P"], language="fi")
    expected = by_hand("counted-in-town-p-in-finnish.csv")
    assert said(Matrix(cast.mikkeli, narrowing, own=True)) == expected


def test_by_class_each_service_stands_in_one_row(cast, twenty):
    matrix = Matrix(cast.mikkeli, Narrowing(by="class"), own=True)
    found = [one.pk for row in matrix.rows for one in row.cells[4].services]
    assert len(found) == len(set(found)) == 11


def test_what_services_do_not_say_is_counted(cast, twenty):
    unknown = Matrix(cast.mikkeli, Narrowing(), own=True).unknown
    assert (unknown.number, unknown.ages, unknown.languages, unknown.target_groups) == (20, 1, 1, 1)
    assert unknown.municipalities == 12


def page(cast, who, query=""):
    return sign_in(Client(), who).get(f"/service-map/coverage/{query}")


def test_a_sensitive_agency_leaves_no_trace(cast):
    entered(cast.mikkeli, "Avoin", needs=["mental"])
    before = said(Matrix(cast.mikkeli, Narrowing(), own=True))
    entered(cast.mikkeli, "Salainen", needs=["mental"], owner=cast.clinic)
    assert said(Matrix(cast.mikkeli, Narrowing(), own=True)) == before
    Service.objects.filter(name_fi="Salainen").update(is_public=True)
    assert said(Matrix(cast.mikkeli, Narrowing(), own=True)) != before


def test_everybody_of_the_area_reads_the_same(cast):
    entered(cast.mikkeli, "Salainen", needs=["mental"], owner=cast.clinic)
    entered(cast.mikkeli, "Avoin", needs=["mental"])
    for who in (cast.teacher, cast.coordinator, cast.therapist):
        found = page(cast, who)
        assert found.status_code == 200
        assert {cell.number for row, cells in found.context["rows"] for cell, _link in cells} == {1}


def test_another_area_reads_what_is_public(cast):
    entered(cast.mikkeli, "Avoin", needs=["mental"])
    entered(cast.mikkeli, "Vain oma", needs=["mental"], is_public=False)
    found = page(cast, cast.stranger, f"?area={cast.mikkeli.pk}")
    assert {cell.number for row, cells in found.context["rows"] for cell, _link in cells} == {1}
    assert page(cast, cast.teacher).context["unknown"].number == 2


@pytest.mark.parametrize("query", ["?area=0", "?area=x", "?area=99999999999999", "?area=%00"])
def test_an_area_that_is_not_there(cast, query):
    assert page(cast, cast.teacher, query).status_code == 404


@pytest.mark.parametrize(
    "query", ["?priority=9", "?language=xx", "?by=%00", "?municipality=%00&threshold=a" + "b" * 999]
)
def test_what_makes_no_sense_narrows_nothing(cast, query):
    entered(cast.mikkeli, "Avoin", needs=["mental"])
    assert page(cast, cast.teacher, query).context["said"].narrowing == Narrowing()


def statements(client, address):
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


@pytest.mark.parametrize("address", ["", "cell/?row=mental&band=13-15", "coverage.xlsx"])
def test_two_thousand_services_cost_as_many_statements_as_twenty(cast, twenty, unhurried, address):
    client = sign_in(Client(), cast.teacher)
    address = f"/service-map/coverage/{address}"
    client.get(address)
    few = statements(client, address)
    _many(cast)
    assert statements(client, address) == few


def _many(cast):
    like = Service.objects.get(name_fi="Chat")
    rows = Service.objects.bulk_create(
        Service(
            area=cast.mikkeli, name_fi=f"Palvelu {number}", provider_name=f"Joku {number % 50}", threshold="open",
            service_class=like.service_class, youngest_age=number % 20, public_id=uuid4(),
        )
        for number in range(1980)
    )  # fmt: skip
    through = Service.needs.through
    need = listed(Need, "mental")
    through.objects.bulk_create(through(service=row, need=need) for row in rows)


class TestDrawing:
    def test_each_state_has_a_sign_of_its_own(self):
        assert set(heat.SIGNS) == set(Coverage)
        assert len(set(heat.SIGNS.values())) == len(Coverage)

    def test_each_box_says_in_words_what_its_colour_says(self, cast, twenty):
        rows = Matrix(cast.mikkeli, Narrowing(), own=True).rows
        cells = [cell for row in rows for cell in row.cells]
        squares = heat.drawn(rows).squares
        assert len({(one.x, one.y) for one in squares}) == len(cells)
        for one, cell in zip(squares, cells, strict=True):
            assert one.text == f"{heat.SIGNS[cell.state]} {cell.number}"
            assert one.words == f"{cell.about.name}, {cell.band.name}: {cell.number}, {cell.state.label}"


class TestPages:
    def test_each_box_leads_to_its_services(self, cast, twenty):
        client = sign_in(Client(), cast.teacher)
        found = client.get("/service-map/coverage/cell/?row=mental&band=13-15&language=fi")
        named = [[row.service.name_fi for row in found.context[key]] for key in ("same", "rows")]
        assert named == [["Chat", "Nuorten vastaanotto"], ["Kaveriryhmä", "Kuraattori", "Psykologi"]]
        assert found.context["cell"].state == "double"
        assert found.context["directory_url"] == "?need=mental&language=fi"
        assert client.get("/services/" + found.context["directory_url"]).status_code == 200

    @pytest.mark.parametrize(
        "query", ["", "?row=mental", "?row=mental&band=1-2", "?row=%00&band=3-5", "?row=nono&band=3-5"]
    )
    def test_a_box_that_is_not_there(self, cast, twenty, query):
        client = sign_in(Client(), cast.teacher)
        assert client.get(f"/service-map/coverage/cell/{query}").status_code == 404

    def test_an_open_gap_stands_in_its_box_alone(self, cast, twenty):
        opened(cast.coordinator, from_age=18, to_age=22)
        rows = page(cast, cast.teacher).context["rows"]
        marked = [(cell.about.code, cell.band.code) for row, cells in rows for cell, _link in cells if cell.findings]
        assert marked == [("mental", "18-22")]
        narrowed = page(cast, cast.teacher, "?language=sv").context["rows"]
        assert not any(cell.findings for row, cells in narrowed for cell, _link in cells)


class TestRules:
    def test_an_administrator_sets_a_rule_and_the_matrix_follows(self, cast, twenty):
        client = sign_in(Client(), cast.administrator)
        form = client.get("/service-map/coverage/rules/new/").context["form"]
        token = str(form["token"].value())
        posted = {"token": token, "about": "need:money", "thin_until": "0", "double_from": "2"}
        for _again in range(2):
            assert client.post("/service-map/coverage/rules/new/", posted).status_code == 302
        rule = CoverageRule.objects.get(need__code="money")
        assert said(Matrix(cast.mikkeli, Narrowing(), own=True))["money"]["6-6"] == "1 enough"
        client.post(f"/service-map/coverage/rules/{rule.public_id}/remove/")
        assert said(Matrix(cast.mikkeli, Narrowing(), own=True))["money"]["6-6"] == "1 thin"

    def test_two_tabs(self, cast):
        rule = add_rule(area=cast.mikkeli, token=uuid4(), by=cast.administrator, thin_until=1, double_from=4)
        client = sign_in(Client(), cast.administrator)
        address = f"/service-map/coverage/rules/{rule.public_id}/"
        posted = {"number": "1", "thin_until": "2", "double_from": "5"}
        assert client.post(address, posted).status_code == 302
        second = client.post(address, posted | {"thin_until": "3"})
        assert second.context["is_overtaken"]
        rule.refresh_from_db()
        assert rule.thin_until == 2
        again = second.context["form"]["number"].value()
        assert client.post(address, posted | {"thin_until": "3", "number": again}).status_code == 302

    @pytest.mark.parametrize(
        ("thin", "double"), [("2", "2"), ("-1", "3"), ("1", "1"), ("x", "3"), ("1", "99999999999")]
    )
    def test_numbers_that_do_not_fit(self, cast, thin, double):
        client = sign_in(Client(), cast.administrator)
        posted = {"token": str(uuid4()), "about": "all", "thin_until": thin, "double_from": double}
        assert client.post("/service-map/coverage/rules/new/", posted).context["form"].errors
        assert not CoverageRule.objects.exists()

    def test_bands_fit_the_table(self):
        assert len(rules.BANDS) == len(by_hand("counted.csv")["money"])
