"""A town that was brought in from the national catalogue is mapped as one that was typed."""

import pytest
from django.test import Client

from coordination.services.catalogue.files import records_in
from pilots.service_map.queries.matrix import Matrix, Narrowing
from tests.cast import sign_in
from tests.coordination.services.catalogue.importing import begin, demo_town, finished
from tests.directory import lists


@pytest.fixture
def run(cast):
    lists()
    return finished(begin(cast, by=cast.other_coordinator, file_name="town.json", records=records_in(demo_town())))


@pytest.mark.parametrize(("by", "rows"), [("need", 12), ("class", 13)])
def test_each_of_150_services_stands_in_its_boxes(cast, run, by, rows):
    matrix = Matrix(cast.kerava, Narrowing(by=by), own=True)
    there = [{one.pk for cell in row.cells for one in cell.services} for row in matrix.rows]
    assert matrix.unknown.number == len(set().union(*there)) == 150
    assert len([row for row in there if row]) >= rows
    states = {cell.state for row in matrix.rows for cell in row.cells}
    assert states >= {"none", "enough", "double"}


def test_its_page_leads_to_them(cast, run):
    client = sign_in(Client(), cast.other_coordinator)
    page = client.get("/service-map/coverage/")
    cell = next(one for row, cells in page.context["rows"] for one, _address in cells if one.number)
    found = client.get(f"/service-map/coverage/cell/?row={cell.about.code}&band={cell.band.code}")
    assert len(found.context["same"]) + len(found.context["rows"]) == cell.number
