"""The list of assessments, the desk, and the worker's way through the room."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coordination.assessments.queries import overview
from coordination.assessments.queries.rooms import room_for
from coordination.use_log.models import Look
from tests.cast import sign_in
from tests.coordination.assessments.rooming import begun, invited

pytestmark = pytest.mark.django_db


def test_the_worker_sees_own_assessments_and_whose_part_is_missing(cast):
    assessment = begun(cast.social_worker, by=cast.teacher)
    invited(assessment, cast.nurse)
    (row,) = overview.mine(cast.social_worker).own
    assert (row.missing, row.asks, row.due.day) == (
        1,
        False,
        assessment.reports.get().deadlines.get(what="finish").last_day,
    )
    (row,) = overview.mine(cast.nurse).part_of
    assert row.asks
    assert overview.mine(cast.teacher).assessments == []


def test_the_desk_shows_what_waits_until_the_part_is_there(cast):
    assessment = begun(cast.social_worker, by=cast.teacher)
    part = invited(assessment, cast.nurse)
    assert [one.pk for one in overview.on_desk(cast.nurse)] == [assessment.pk]
    part.state = "nothing_to_add"
    part.save()
    assert overview.on_desk(cast.nurse) == []
    assert [one.pk for one in overview.on_desk(cast.social_worker)] == [assessment.pk]


def test_a_look_at_the_desk_stands_under_the_assessments_own_key(cast):
    assessment = begun(cast.social_worker, by=cast.teacher)
    sign_in(Client(), cast.social_worker).get("/")
    keys = {key for look in Look.objects.filter(purpose="desk") for key in look.person_keys}
    assert assessment.log_key in keys
    assert not keys & set(assessment.young_person.log_keys)


@pytest.mark.parametrize("page", ["/", reverse("assessments:mine")])
def test_the_same_statements_for_one_and_for_many(cast, page):
    def statements():
        client = sign_in(Client(), cast.social_worker)
        client.get(page)
        with CaptureQueriesContext(connection) as queries:
            client.get(page)
        return len(queries)

    begun(cast.social_worker, by=cast.teacher)
    one = statements()
    for number in range(12):
        invited(begun(cast.social_worker, by=cast.teacher, last_name=f"Virtanen{number}"), cast.nurse)
    assert statements() == one


def test_each_step_says_what_is_still_to_be_done(cast):
    assessment = begun(cast.social_worker, by=cast.teacher)
    room = room_for(cast.social_worker, assessment.public_id)
    assert [step.done for step in overview.steps(room)] == [False] * 7
    part = invited(assessment, cast.nurse)
    assert [step.done for step in overview.steps(room)] == [True, *[False] * 6]
    part.state = "nothing_to_add"
    part.save()
    assert [step.done for step in overview.steps(room)] == [True, False, True, *[False] * 4]


def test_the_young_persons_page_leads_to_the_room_for_whoever_has_both(cast):
    from coordination.follow_ups.models import FollowUp
    from tests.acts import begun as follow_up_begun
    from tests.acts import say

    follow_up = follow_up_begun(cast)
    say(follow_up, cast.teacher, by=cast.coordinator)
    person = FollowUp.objects.get().young_person
    typed = {"first_name": person.first_name, "last_name": person.last_name, "birth_date": person.birth_date}
    assessment = begun(cast.social_worker, by=cast.teacher, **typed)
    page = reverse("pages:person", args=[person.public_id])
    link = assessment.get_absolute_url()
    assert assessment.young_person == person
    assert link not in sign_in(Client(), cast.teacher).get(page).content.decode()
    invited(assessment, cast.teacher)
    assert link in sign_in(Client(), cast.teacher).get(page).content.decode()
    assert link not in sign_in(Client(), cast.coordinator).get(page).content.decode()
    eyes = reverse("pages:preview", args=[person.public_id, cast.teacher.public_id])
    assert link not in sign_in(Client(), cast.coordinator).get(eyes).content.decode()
