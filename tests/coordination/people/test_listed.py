"""My young people: in the order of what I may read, at the same cost for one and for thirty."""

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coordination.activity.commands import record
from coordination.activity.models import Event
from coordination.people import access
from coordination.people.commands import exclude, find_or_make
from coordination.people.models import YoungPerson
from coordination.people.queries import PAGE, listed
from coordination.use_log.models import Look
from tests.cast import born, sign_in


def somebody(cast, first, last="Virtanen"):
    pk = find_or_make(first_name=first, last_name=last, birth_date=born(18), area=cast.mikkeli)
    return YoungPerson.objects.get(pk=pk)


def let(person, membership=None, area=None):
    kind = "coordination" if area else "participation"
    return access.give_ground(young_person=person, kind=kind, source=uuid4(), membership=membership, area=area)


def names(membership, **kwargs):
    return [ground.young_person.first_name for ground in listed(membership, **kwargs)[0]]


def test_whom_one_may_see(cast):
    let(somebody(cast, "Aino"), cast.teacher)
    let(somebody(cast, "Eeva"), cast.nurse)
    cast.flag(cast.teacher, first_name="Only flagged")
    assert names(cast.teacher) == ["Aino"]
    assert names(cast.stranger) == names(cast.coordinator) == []


def test_a_coordinator_sees_the_areas_and_their_own_once(cast):
    aino = somebody(cast, "Aino")
    let(aino, area=cast.mikkeli)
    let(aino, cast.coordinator)
    let(somebody(cast, "Eeva"), area=cast.mikkeli)
    assert sorted(names(cast.coordinator)) == ["Aino", "Eeva"]
    assert names(cast.other_coordinator) == []


def test_ended_and_excluded_are_left_out(cast):
    ground = let(somebody(cast, "Aino"), cast.teacher)
    access.end_grounds(young_person=ground.young_person, source=ground.source)
    eeva = somebody(cast, "Eeva")
    let(eeva, cast.teacher)
    let(eeva, area=cast.mikkeli)
    exclude(young_person=eeva, by=cast.coordinator, user=cast.teacher.user)
    exclude(young_person=eeva, by=cast.coordinator, agency=cast.outreach)
    assert names(cast.teacher) == names(cast.coordinator) == []


def test_the_order_moves_by_what_the_reader_may_read(cast):
    aino, eeva = somebody(cast, "Aino"), somebody(cast, "Eeva")
    for person in (aino, eeva):
        let(person, cast.teacher)
        let(person, area=cast.mikkeli)
    assert names(cast.teacher) == names(cast.coordinator) == ["Eeva", "Aino"]
    record(Event.Kind.CONTACT_TRIED, young_person_id=aino.pk, by=cast.coordinator)
    assert names(cast.teacher) == ["Eeva", "Aino"]
    assert names(cast.coordinator) == ["Aino", "Eeva"]
    source = aino.grounds.get(membership=cast.teacher).source
    everyone = Event.Audience.EVERYONE
    record(Event.Kind.NEXT_STEP, young_person_id=aino.pk, by=cast.coordinator, audience=everyone, about=source)
    assert names(cast.teacher) == ["Aino", "Eeva"]


def test_anothers_own_flag_moves_nobodys_order(cast):
    aino, eeva = somebody(cast, "Aino"), somebody(cast, "Eeva")
    let(aino, cast.teacher)
    let(eeva, cast.teacher)
    cast.flag(cast.nurse, first_name="Aino")
    assert names(cast.teacher) == ["Eeva", "Aino"]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("Aino", ["Aino-Kaisa"]),
        ("aino kaisa", ["Aino-Kaisa"]),
        ("kaisa", ["Aino-Kaisa"]),
        ("mäk", ["Aino-Kaisa"]),
        ("MÄKELÄ", ["Aino-Kaisa"]),
        ("Aino-Kaisa Mäkelä", ["Aino-Kaisa"]),
        ("Mäkelä Aino-Kaisa", ["Aino-Kaisa"]),
        ("makela", []),
        ("Eeva", ["Eeva"]),
        ("e", ["Eeva", "Aino-Kaisa"]),
        ("%", None),
        ("a%a", []),
    ],
)
def test_a_search_by_any_part_of_the_name(cast, search, found):
    let(somebody(cast, "Aino-Kaisa", "Mäkelä"), cast.teacher)
    let(somebody(cast, "Eeva", "Korhonen"), cast.teacher)
    let(somebody(cast, "Aino", "Toisten"), cast.nurse)
    result = names(cast.teacher, search=search)
    assert result == found if found is not None else set(result) <= {"Eeva", "Aino-Kaisa"}


def test_others_people_are_answered_like_nobody(cast, client):
    let(somebody(cast, "Aino", "Toisten"), cast.nurse)
    cast.flag(cast.teacher, last_name="Liputettu")
    sign_in(client, cast.teacher)

    def answer(name):
        page = client.post("/people/", {"name": name})
        text = re.sub('(name="csrfmiddlewaretoken" value="|data-(?:left|ends)=")[^"]+', "", page.content.decode())
        return page.status_code, text.replace(name, "…")

    assert answer("Toisten") == answer("Liputettu") == answer("Olematon")


def test_an_address_searches_nothing(cast, client):
    let(somebody(cast, "Aino", "Mäkelä"), cast.teacher)
    page = sign_in(client, cast.teacher).get("/people/?name=Olematon")
    assert "Mäkelä" in page.content.decode()
    assert Look.objects.latest("pk").purpose == "list"


def many(cast, number):
    for index in range(number):
        person = somebody(cast, f"Nuori{'abcdefghijklmnopqrstuvwxyzåäö'[index // 29]}{chr(97 + index % 26)}{index}")
        let(person, cast.teacher)
        let(person, area=cast.mikkeli)


def test_pages(cast):
    many(cast, PAGE + 3)
    first, more = listed(cast.teacher, page=1)
    second, no_more = listed(cast.teacher, page=2)
    assert (len(first), more, len(second), no_more) == (PAGE, True, 3, False)
    assert not {ground.pk for ground in first} & {ground.pk for ground in second}
    assert listed(cast.teacher, page=3) == ([], False)


@pytest.mark.parametrize(("who", "number"), [("teacher", 1), ("coordinator", 1)])
def test_the_same_queries_for_one_and_for_thirty(cast, who, number):
    for people in (1, 30):
        many(cast, people)
        with CaptureQueriesContext(connection) as queries:
            grounds, _more = listed(getattr(cast, who))
            assert all(ground.young_person.name for ground in grounds)
        assert len(queries) == number
