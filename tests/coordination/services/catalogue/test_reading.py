"""What a record of the catalogue says, and what is never read from one."""

import json
from contextlib import suppress
from dataclasses import asdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coordination.services.catalogue.reading import BrokenRecord, channel_of, entry_of, general_of
from tests.coordination.services.catalogue.records import CHANNEL, GENERAL, ID, channel, general, service

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*service(), "type", "code", "value", "language"]), inner, max_size=4)
    ),
    max_leaves=20,
)


def test_a_service_is_read():
    found = entry_of(service())
    assert (found.id, found.is_free, found.is_published) == (ID, True, True)
    assert found.names == {"fi": "Perheneuvola", "sv": "Familjerådgivning"}
    assert found.descriptions == {"fi": "Tukea kasvatukseen & arkeen.", "sv": "Lång beskrivning."}
    assert found.providers == ("Etelä-Savon hyvinvointialue", "Perhe Oy", "Järjestö ry")
    assert (found.classes, found.target_groups) == (("P7.1",), ("KR1.2", "KR1.3"))
    assert (found.municipalities, found.counties, found.languages) == (("491", "507"), ("10",), ("fi", "sv"))
    assert found.channels == (CHANNEL,)
    assert found.life_events == {"KE3": {"fi": "Lapsen saaminen", "sv": "Att få barn"}}


def test_the_municipalities_of_a_region_are_read():
    areas = [{"type": "Region", "code": "10", "municipalities": [{"code": "491"}, {"code": "507"}]}]
    assert entry_of(service(areas=areas)).municipalities == ("491", "507")


def test_what_a_service_leaves_to_its_general_description_is_read_from_there():
    rows = [
        {"language": language, "value": f"{kind} {language}", "type": kind}
        for kind, languages in (
            ("GD_Summary", ("fi", "sv", "en")),
            ("GD_Description", ("fi",)),
            ("Description", ("sv",)),
        )
        for language in languages
    ]
    said = entry_of(service(serviceDescriptions=rows)).descriptions
    assert said == {"fi": "GD_Summary fi", "sv": "Description sv", "en": "GD_Summary en"}


def test_a_general_description_beside_the_records_is_read_the_same_way():
    found = general_of(general())
    assert found.descriptions == {"fi": "Perheille maksutta.", "en": "Free for families."}
    kept = entry_of(service(generalDescriptionId=GENERAL, serviceChargeType="Chargeable"), {GENERAL: found})
    assert kept.descriptions["fi"] == "Tukea kasvatukseen & arkeen."
    assert kept.descriptions["en"] == "Free for families."
    assert kept.is_free


def test_without_its_general_description_a_service_says_what_it_says():
    assert entry_of(service(generalDescriptionId=GENERAL)) == entry_of(service())


def test_a_mountain_of_brackets_is_read_at_once():
    assert entry_of(service(serviceNames=[{"language": "fi", "value": "<" * 3_000_000, "type": "Name"}])).names


@pytest.mark.parametrize(
    ("kind", "said"), [("FreeOfCharge", True), ("Chargeable", False), ("Other", None), (None, None)]
)
def test_what_it_costs(kind, said):
    assert entry_of(service(serviceChargeType=kind)).is_free is said


def test_one_that_is_withdrawn_says_so():
    assert not entry_of(service(publishingStatus="Withdrawn")).is_published


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"id": None}, "no id"),
        ({"id": "42"}, "no id"),
        ({"serviceNames": []}, "no name"),
        ({"serviceNames": [{"language": "se", "value": "Bearaš", "type": "Name"}]}, "no name"),
        ({"organizations": None}, "who provides it"),
        ({"serviceClasses": [{"code": ""}]}, "no service class"),
    ],
)
def test_a_broken_one_says_why(changed, said):
    with pytest.raises(BrokenRecord, match=said):
        entry_of(service(**changed))


def test_a_channel_is_read():
    found = channel_of(channel())
    assert (found.id, found.kind, found.phones) == (CHANNEL, "ServiceLocation", ("+358 15 000 0000",))
    said = {"fi": "Porrassalmenkatu 21, 50100 MIKKELI", "sv": "Porrassalmigatan 21, 50100 S:T MICHEL"}
    assert found.addresses == said
    assert found.website == "https://example.test/neuvola"


def test_nothing_of_a_person_is_read():
    said = json.dumps(asdict(channel_of(channel())))
    assert "Maija" not in said
    assert "@" not in said


@settings(max_examples=200, derandomize=True, database=None, deadline=None)
@given(changed=st.dictionaries(st.sampled_from(sorted({*service(), *channel(), *general()})), ANYTHING, max_size=6))
def test_whatever_comes_is_read_or_broken(changed):
    records = ((entry_of, service(**changed)), (channel_of, channel(**changed)), (general_of, general(**changed)))
    for read, record in records:
        with suppress(BrokenRecord):
            assert read(record).id
