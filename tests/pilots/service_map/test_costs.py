"""No page of the coverage asks the database more for thirty services, needs, rules, gaps and notes than for two."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coordination.services.models import Need
from pilots.service_map.commands import findings as commands
from pilots.service_map.models import CoverageRule
from tests.cast import sign_in
from tests.pilots.service_map.mapping import decided, entered, listed, opened

_MAP = "/service-map/"
_BOX = "?row=mental&band=13-15"


def grow(cast, overlap, first, last):
    """So many of everything: each service with a need, a class, a gap and a rule of its own; all of one overlap."""
    town = cast.mikkeli.municipalities.get()
    people = [cast.nurse, cast.coordinator, cast.second_coordinator, cast.administrator]
    for number in range(first, last + 1):
        code, who = f"need{number}", people[number % 4]
        made = entered(
            cast.mikkeli,
            f"Kerho {number}",
            kind=f"kind{number % 2}",
            needs=["mental", code],
            towns=[town],
            languages=["fi"],
            **({"owner": cast.school} if number % 2 else {}),
        )
        overlap.services.add(made)
        gap = opened(cast.coordinator, need=code, owner=who, municipality_id=town.pk, services=[made])
        decided(cast.administrator, finding=gap)
        commands.add_note(finding=overlap, token=uuid4(), by=who, words="Sovittu.")
        CoverageRule.objects.create(area=cast.mikkeli, need=listed(Need, code))


@pytest.fixture
def overlap(cast):
    two = [entered(cast.mikkeli, name) for name in ("A", "B")]
    found = opened(cast.coordinator, kind="overlap", owner=cast.nurse, services=two)
    return decided(cast.coordinator, finding=found, decision="merge")


def statements(client, address):
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def test_thirty_cost_as_many_statements_as_two(cast, overlap, unhurried):
    page = overlap.get_absolute_url()
    addresses = [
        *(f"{_MAP}coverage/{end}" for end in ("", "?by=class&language=fi", f"cell/{_BOX}", "rules/", "coverage.xlsx")),
        *(f"{_MAP}{end}" for end in ("gaps/", f"gaps/open/{_BOX}&language=sv", "figures/", "figures/figures.xlsx")),
        *(page, f"{page}merge/", f"{page}change/"),
    ]
    client = sign_in(Client(), cast.administrator)
    grow(cast, overlap, 1, 2)
    for address in addresses:
        client.get(address)
    few = {address: statements(client, address) for address in addresses}
    grow(cast, overlap, 3, 30)
    assert {address: statements(client, address) for address in addresses} == few
