"""Contact details: what is needed to call safely, for whom it is needed or whom the young person allows."""

import pytest

from coordination.agencies.models import Municipality
from coordination.people.queries import ContactDetails, contact_details

NOTHING = ContactDetails()


@pytest.fixture
def person(cast):
    person = cast.flag(cast.teacher).young_person
    person.phone, person.safe_hours = "+358401112223", "after 16"
    person.no_voicemail = person.say_only_youth_services = True
    person.municipality = Municipality.objects.get(code="491")
    return person


def all_of_it(**changes):
    values = {
        "phone": "+358401112223",
        "municipality": "Mikkeli",
        "safe_hours": "after 16",
        "no_voicemail": True,
        "say_only_youth_services": True,
    }
    return ContactDetails(**values | changes)


@pytest.mark.parametrize(
    ("shared", "non_disclosure", "coordinates", "expected"),
    [
        (False, False, True, all_of_it()),
        (True, False, True, all_of_it()),
        (False, True, True, all_of_it(municipality="")),
        (True, True, True, all_of_it(municipality="")),
        (False, False, False, NOTHING),
        (True, False, False, all_of_it()),
        (False, True, False, NOTHING),
        (True, True, False, NOTHING),
    ],
)
def test_who_knows_what(cast, person, shared, non_disclosure, coordinates, expected):
    person.contact_shared, person.non_disclosure = shared, non_disclosure
    viewer = cast.coordinator if coordinates else cast.teacher
    assert contact_details(person, viewer, coordinates=coordinates) == expected


def test_without_a_municipality(cast, person):
    person.municipality = None
    assert contact_details(person, cast.coordinator, coordinates=True).municipality == ""


def test_shared_only_where_the_young_person_said_so(cast, person):
    assert person.contact_shared is False
