"""The list of assessments, the desk, and the worker's way through the room."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from coordination.assessments.queries import overview
from coordination.assessments.queries.rooms import room_for
from coordination.people.models import Ground
from coordination.use_log.models import Look
from tests.cast import english, sign_in
from tests.coordination.assessments.rooming import begun, handed_over, invited

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


def test_what_was_handed_over_keeps_nothing_off_the_list(cast, monkeypatch):
    monkeypatch.setattr(overview, "AT_ONCE", 2)
    worker, colleague = cast.social_worker, cast.colleague

    def three(by, name):
        return [begun(by, by=cast.teacher, last_name=f"{name}{letter}") for letter in "abc"]

    over = [handed_over(assessment) for assessment in three(worker, "Valmis")]
    own, left, others = three(worker, "Oma"), three(colleague, "Jäänyt"), three(colleague, "Toisen")
    Ground.objects.filter(source__in=[one.public_id for one in left]).update(ended_at=timezone.now())
    for assessment in others:
        invited(assessment, worker)
    found = overview.mine(worker)
    assert (found.own, found.part_of, found.untaken) == (own, others, left)
    assert (found.over, found.more) == ([over[2], over[1]], True)
    assert "There are more: these are the last" in english(worker).get(reverse("assessments:mine")).content.decode()
    assert overview.on_desk(worker) == own[:2]


def test_of_few_nothing_says_that_there_are_more(cast, monkeypatch):
    monkeypatch.setattr(overview, "AT_ONCE", 1)
    over = handed_over(begun(cast.social_worker, by=cast.teacher))
    found = overview.mine(cast.social_worker)
    assert (found.over, found.more) == ([over], False)


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

    def more(number):
        invited(begun(cast.social_worker, by=cast.teacher, last_name=f"Virtanen{number}"), cast.nurse)
        handed_over(begun(cast.social_worker, by=cast.teacher, last_name=f"Valmis{number}"))

    more(0)
    one = statements()
    for number in range(1, 30):
        more(number)
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
