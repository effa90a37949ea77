"""From a joint plan to one adult: the coordinators are asked as the young person agreed, and nobody learns more."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coordination.agencies.rules import NotNow
from coordination.assessments.commands import one_adult, plans
from coordination.clocks.rules import today
from coordination.follow_ups.models import AskedAdult, FollowUp
from coordination.people.commands import exclude
from coordination.people.models import Ground
from coordination.people.refusing import refuse
from tests import acts
from tests.cast import born, sign_in
from tests.coordination.assessments.planned import action, fresh, heard, signed, written
from tests.coordination.assessments.reporting import waits
from tests.coordination.assessments.rooming import begun, invited
from tests.forms.page_forms import forms_of

pytestmark = pytest.mark.django_db


def planned(cast, *, years=16, **typed):
    """A signed plan by which one adult is named; the nurse sees to it."""
    assessment = begun(cast.social_worker, by=cast.teacher, birth_date=born(years), **typed)
    invited(assessment, cast.nurse)
    heard(assessment)
    written(assessment)
    todo = action(assessment, cast.nurse, kind="one_adult", what="Nimetään aikuinen")
    signed(assessment)
    return todo


def ask(todo, by, **changes):
    values = {"agreed_how": "face", "agreed_on": today()} | changes
    return one_adult.ask_for_adult(action=todo, by=by, **values)


def at(todo):
    return reverse("assessments:ask_for_adult", args=[todo.public_id])


def posted():
    day = today()
    return {
        "agreed_how": "face",
        "agreed_on_day": day.day,
        "agreed_on_month": day.month,
        "agreed_on_year": day.year,
    }


def test_the_coordinators_are_asked_with_whom_the_young_person_agreed(cast):
    todo = planned(cast)
    ask(todo, cast.nurse)
    assert not FollowUp.objects.exists()
    one_adult.ask_coordinators()
    follow_up = FollowUp.objects.get()
    assert (follow_up.origin, follow_up.state, follow_up.area) == ("assessment", "waiting", cast.mikkeli)
    assert [one.membership for one in follow_up.asked.all()] == [cast.nurse]
    assert [waits(one, "one_adult_wished") for one in (cast.coordinator, cast.second_coordinator)] == [1, 1]
    assert fresh(todo).passed_on_at
    page = sign_in(Client(), cast.coordinator).get(reverse("support:name", args=[follow_up.young_person.public_id]))
    assert page.status_code == 200
    # Once is enough.
    one_adult.ask_coordinators()
    assert AskedAdult.objects.count() == 1
    with pytest.raises(NotNow):
        ask(todo, cast.social_worker)


def test_the_coordinators_learn_nothing_of_the_assessment(cast):
    todo = planned(cast)
    ask(todo, cast.nurse)
    one_adult.ask_coordinators()
    browser = sign_in(Client(), cast.coordinator)
    assert browser.get(todo.assessment.get_absolute_url()).status_code == 404
    page = browser.get(FollowUp.objects.get().get_absolute_url()).content.decode()
    assert "Nimetään aikuinen" not in page
    assert "Sanna" not in page


def test_nobody_asks_without_the_young_persons_word(cast):
    todo = planned(cast)
    with pytest.raises(NotNow):
        ask(todo, cast.nurse, agreed_on=today() + timedelta(days=1))
    browser = sign_in(Client(), cast.nurse)
    assert set(browser.post(at(todo), {}).context["form"].errors) == {"agreed_how", "agreed_on"}
    one_adult.ask_coordinators()
    assert not FollowUp.objects.exists()
    assert browser.post(at(todo), posted()).status_code == 302
    todo = fresh(todo)
    assert (todo.agreed_how, todo.agreed_on, todo.agreed_with) == ("face", today(), cast.nurse)


def test_outside_the_ages_of_follow_ups_the_page_says_whom_to_ring(cast):
    todo = planned(cast, years=9)
    with pytest.raises(NotNow):
        ask(todo, cast.nurse)
    page = sign_in(Client(), cast.nurse).get(at(todo))
    assert page.context["why_not"]
    assert page.content.decode().count(f"tel:{cast.mikkeli.coordinator_phone.replace(' ', '')}") == 1
    assert [one.name for one in forms_of(page, at(todo)) if one.name == "assessments:ask_for_adult"] == []


@pytest.mark.parametrize("who", ["youth_worker", "teacher", "coordinator", "colleague"])
def test_nobody_else_asks(cast, who):
    todo = planned(cast)
    with pytest.raises(NotNow):
        ask(todo, getattr(cast, who))
    assert sign_in(Client(), getattr(cast, who)).get(at(todo)).status_code == 404


def test_only_for_one_adult_and_only_once_it_is_signed(cast):
    other = action(begun(cast.social_worker, first_name="Bea"), kind="one_adult")
    with pytest.raises(NotNow):
        ask(other, cast.social_worker)
    assessment = begun(cast.social_worker, first_name="Cia", birth_date=born(16))
    heard(assessment)
    written(assessment)
    todo = action(assessment)
    signed(assessment)
    with pytest.raises(NotNow):
        ask(todo, cast.social_worker)


def test_what_is_under_way_is_joined_and_neither_answer_nor_statements_tell(cast):
    """P0: with and without a follow-up the asking is the same."""

    def asked(todo):
        browser = sign_in(Client(), cast.nurse)
        browser.get(at(todo))
        with CaptureQueriesContext(connection) as captured:
            answer = browser.post(at(todo), posted())
        return answer.status_code, answer.headers["Location"], len(captured)

    known = planned(cast)
    follow_up = acts.begun(cast, years=16, first_name="Aino", last_name="Virtanen")
    assert follow_up.young_person == known.young_person
    unknown = planned(cast, first_name="Bea")
    assert asked(known) == asked(unknown)
    one_adult.ask_coordinators()
    assert [one.membership for one in follow_up.asked.all()] == [cast.nurse]
    assert waits(cast.second_coordinator, "one_adult_wished") == 2


def test_whom_the_young_person_has_forbidden_since_is_not_asked_about(cast):
    todo = planned(cast)
    ask(todo, cast.nurse)
    refuse(young_person=todo.young_person, membership=cast.nurse, said_by="young_person", by=cast.coordinator)
    one_adult.ask_coordinators()
    assert not FollowUp.objects.get().asked.exists()


def test_an_excluded_coordinator_learns_nothing(cast):
    todo = planned(cast)
    ask(todo, cast.nurse)
    exclude(young_person=todo.young_person, user=cast.second_coordinator.user, by=cast.coordinator)
    one_adult.ask_coordinators()
    assert [waits(one, "one_adult_wished") for one in (cast.coordinator, cast.second_coordinator)] == [1, 0]


def test_the_one_who_asked_sees_no_more_than_before(cast):
    todo = planned(cast)
    ask(todo, cast.nurse)
    one_adult.ask_coordinators()
    kinds = Ground.objects.open().filter(membership=cast.nurse).values_list("kind", flat=True)
    assert list(kinds) == [Ground.Kind.CONTRIBUTION]
    plans.do_action(action=todo, by=cast.nurse)
    assert fresh(todo).done_at
