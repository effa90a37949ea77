"""Who sees a course: its own membership, while it works with the young person."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coordination.agencies.commands import add_membership
from coordination.clocks.rules import today
from coordination.people import access
from coordination.people.models import Ground
from coordination.use_log.models import Look
from pilots.measures.commands.courses import end_course
from tests.cast import sign_in
from tests.pilots.measures.measuring import begun, let_work, scored, working
from tests.pilots.registry.pages import Browser

PAGES = ("course", "end", "put_up", "take_down", "begin_session")


def addresses(course):
    found = [reverse(f"measures:{name}", args=[course.public_id]) for name in PAGES]
    return [*found, reverse("measures:session", args=[course.public_id, 1])]


def statuses(client, member, course):
    sign_in(client, member)
    return {client.get(address).status_code for address in addresses(course)}


@pytest.fixture
def scored_course(course):
    scored(course, 1, "18.4")
    return course


def test_its_own_membership_reads_it(client, cast, scored_course):
    assert statuses(client, cast.nurse, scored_course) == {200, 302}


@pytest.mark.parametrize("who", ["teacher", "coordinator", "administrator", "stranger", "therapist"])
def test_nobody_else_does_whatever_they_see_of_the_young_person(client, cast, scored_course, who):
    member = getattr(cast, who)
    if who in ("teacher", "therapist"):
        let_work(scored_course.young_person, member)
    assert statuses(client, member, scored_course) == {404}


def test_a_colleague_with_the_same_user_in_another_agency_doesnt(client, cast, scored_course):
    other = add_membership(
        user=cast.nurse.user, agency=cast.association, role="professional", started_on=cast.nurse.started_on
    )
    let_work(scored_course.young_person, other)
    assert statuses(client, other, scored_course) == {404}


@pytest.mark.parametrize(
    ("kind", "status"),
    [("participation", 200), ("support", 200), ("talk", 404), ("flag", 404), ("inform", 404), ("assessment", 404)],
)
def test_the_ground_decides(client, cast, scored_course, kind, status):
    person = scored_course.young_person
    person.grounds.filter(membership=cast.nurse).delete()
    Ground.objects.create(young_person=person, membership=cast.nurse, kind=kind, source=person.public_id)
    access.recompute(person)
    sign_in(client, cast.nurse)
    assert client.get(scored_course.get_absolute_url()).status_code == status
    began = client.get(reverse("measures:begin", args=[person.public_id]))
    assert began.status_code == status


def test_each_look_is_in_the_use_log(nurse, scored_course):
    before = Look.objects.count()
    nurse.text(scored_course.get_absolute_url())
    nurse.text(reverse("measures:mine"))
    looks = Look.objects.order_by("pk")[before:]
    assert [look.page for look in looks] == ["measures:course", "measures:mine"]
    assert all(set(look.person_keys) == set(scored_course.young_person.log_keys) for look in looks)


def test_the_young_persons_page_leads_there_for_the_owner_alone(client, cast, scored_course):
    path = reverse("pages:person", args=[scored_course.young_person.public_id])
    assert scored_course.get_absolute_url() in Browser(client, cast.nurse).text(path)
    let_work(scored_course.young_person, cast.teacher)
    shown = Browser(client, cast.teacher).text(path)
    assert scored_course.get_absolute_url() not in shown
    assert "Begin measures" in shown


def test_after_the_end_it_is_read_and_nothing_can_be_pressed(nurse, scored_course):
    end_course(course=scored_course, planned=True, on=today())
    shown = nurse.text(scored_course.get_absolute_url())
    assert "planned: what was agreed is done" in shown
    assert 'session/"' not in shown.split("<main")[1].split("Sessions")[0]
    for name in ("end", "put_up"):
        answer = nurse.client.get(reverse(f"measures:{name}", args=[scored_course.public_id]))
        assert answer["Location"] == scored_course.get_absolute_url()


def cost(client, path):
    """How many statements the page takes, once the session has noted that somebody is there."""
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def many(cast, number):
    """So many young people of the nurse's, each with a course of two scores, put up."""
    for one in range(number):
        person = working(
            cast, cast.nurse, first_name=f"Nuori{'abcdefghijklmnopqrst'[one]}", last_name="Kurssi" + "x" * number
        )
        course = begun(person, cast.nurse, days_ago=10)
        scored(course, 1, "18.4")
        scored(course, 2, "30.2")
        type(course).objects.filter(pk=course.pk).update(put_up_at=course.begun_at)


@pytest.mark.parametrize("name", ["mine", "team"])
def test_a_list_costs_the_same_for_one_and_for_thirty(client, cast, name):
    many(cast, 1)
    sign_in(client, cast.nurse)
    path = reverse(f"measures:{name}")
    one = cost(client, path)
    many(cast, 12)
    assert cost(client, path) == one


def test_a_course_costs_the_same_for_one_and_for_thirty_sessions(client, cast, scored_course):
    sign_in(client, cast.nurse)
    one = cost(client, scored_course.get_absolute_url())
    for number in range(2, 31):
        scored(scored_course, number, "20.0")
    assert cost(client, scored_course.get_absolute_url()) == one
