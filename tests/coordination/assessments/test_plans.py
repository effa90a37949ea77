"""The joint plan while it is drafted: goals, who does what by when, and two tabs."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from coordination.agencies.rules import NotNow
from coordination.assessments.commands import assessments, plans, summaries
from coordination.assessments.models import Goal, PlanAction
from coordination.assessments.queries import plans as queries
from coordination.clocks.rules import today
from coordination.people.commands import exclude
from coordination.services.models import Need, UnmetNeed
from tests.coordination.assessments.planned import action, columns_of, fresh, goal, ready, signed
from tests.coordination.assessments.rooming import begun, invited
from tests.directory import lists, need, service

pytestmark = pytest.mark.django_db


def at(word, assessment, *more):
    return reverse(f"assessments:{word}", args=[assessment.public_id, *more])


@pytest.fixture(autouse=True)
def _lists(db):
    lists()


def posted(member, **changes):
    """What a browser sends from the form of an action."""
    day = today() + timedelta(days=7)
    due = {"due_on_day": day.day, "due_on_month": day.month, "due_on_year": day.year}
    typed = {"kind": "action", "what": "Soittaa", "responsible": str(member.public_id), "token": str(uuid4())}
    return typed | due | changes


def test_the_same_post_twice_makes_one(assessment, cast, sanna):
    aim = {"words": "Että jaksan", "token": str(uuid4())}
    todo = posted(cast.social_worker)
    for _ in range(2):
        assert sanna.post(at("goal", assessment), aim).status_code == 302
        assert sanna.post(at("action", assessment), todo).status_code == 302
    assert (Goal.objects.count(), PlanAction.objects.count()) == (1, 1)


def test_an_action_of_another_assessment_sent_here_is_refused(assessment, cast):
    todo = action(begun(cast.social_worker, first_name="Bea"))
    with pytest.raises(NotNow):
        action(assessment, token=todo.token)


def test_only_who_takes_part_can_be_responsible(assessment, cast):
    invited(assessment, cast.nurse)
    assert action(assessment, cast.nurse).responsible == cast.nurse
    with pytest.raises(NotNow):
        action(assessment, cast.teacher)
    exclude(young_person=assessment.young_person, user=cast.nurse.user, by=cast.coordinator)
    with pytest.raises(NotNow):
        action(assessment, cast.nurse)


def test_there_is_one_responsible(assessment, cast):
    assert action(assessment, responsible_name="äiti").responsible is None
    todo, by = action(assessment), cast.social_worker
    mark = queries.mark_of_action(todo)
    for wrong in ({"responsible": None}, {"responsible_name": "äiti"}):
        with pytest.raises(NotNow):
            plans.change_action(action=todo, mark=mark, by=by, **columns_of(todo, **wrong))


def test_nobody_signs_while_somebody_responsible_is_gone(cast):
    assessment = ready(cast, others=[cast.nurse])
    todo = action(assessment, cast.nurse)
    exclude(young_person=assessment.young_person, user=cast.nurse.user, by=cast.coordinator)
    with pytest.raises(NotNow, match="responsible"):
        signed(assessment)
    changed = columns_of(todo, responsible=cast.social_worker)
    plans.change_action(action=todo, mark=queries.mark_of_action(todo), by=cast.social_worker, **changed)
    signed(assessment)


def test_a_day_that_has_passed_is_no_last_day_but_one_that_stands_there_stays(assessment, cast):
    with pytest.raises(NotNow):
        action(assessment, days=-1)
    todo = action(assessment)
    PlanAction.objects.filter(pk=todo.pk).update(due_on=today() - timedelta(days=3))
    todo = fresh(todo)
    by, mark = cast.social_worker, queries.mark_of_action(todo)
    plans.change_action(action=todo, mark=mark, by=by, **columns_of(todo, what="Toisin"))
    assert fresh(todo).what == "Toisin"
    changed, mark = columns_of(fresh(todo), due_on=today() - timedelta(days=1)), queries.mark_of_action(fresh(todo))
    with pytest.raises(NotNow):
        plans.change_action(action=todo, mark=mark, by=by, **changed)


def test_a_goal_is_another_assessment_s(assessment, cast):
    elsewhere = goal(begun(cast.social_worker, first_name="Bea"))
    with pytest.raises(NotNow):
        action(assessment, goal=elsewhere)
    with pytest.raises(NotNow):
        plans.change_goal(goal=elsewhere, words="x", mark=queries.mark_of_goal(elsewhere), by=cast.colleague)


def test_a_goal_is_taken_away_only_once_nothing_is_done_for_it(assessment, cast):
    aim = goal(assessment)
    todo = action(assessment, goal=aim)
    with pytest.raises(NotNow):
        plans.remove_goal(goal=aim, by=cast.social_worker)
    plans.remove_action(action=todo, by=cast.social_worker)
    plans.remove_goal(goal=aim, by=cast.social_worker)
    assert not Goal.objects.exists()
    assert not PlanAction.objects.exists()
    with pytest.raises(NotNow):
        plans.remove_goal(goal=aim, by=cast.social_worker)
    with pytest.raises(NotNow):
        plans.remove_action(action=todo, by=cast.social_worker)


def test_two_tabs_lose_no_words(assessment, cast, sanna):
    aim = goal(assessment, words="Ensin")
    path = at("change_goal", assessment, aim.public_id)
    number = sanna.get(path).context["form"]["number"].value()
    assert sanna.post(path, {"words": "Toinen välilehti", "number": number}).status_code == 302
    page = sanna.post(path, {"words": "Tämä välilehti", "number": number})
    assert "Toinen välilehti" in page.content.decode()
    assert "Tämä välilehti" in page.content.decode()
    assert fresh(aim).words == "Toinen välilehti"
    again = {"words": "Tämä välilehti", "number": page.context["form"]["number"].value()}
    assert sanna.post(path, again).status_code == 302
    assert fresh(aim).words == "Tämä välilehti"


def test_two_tabs_lose_no_action(assessment, cast, sanna):
    todo = action(assessment)
    path = at("change_action", assessment, todo.public_id)
    number = sanna.get(path).context["form"]["number"].value()
    first = posted(cast.social_worker, what="Toinen välilehti", number=number)
    assert sanna.post(path, first).status_code == 302
    page = sanna.post(path, posted(cast.social_worker, what="Tämä välilehti", number=number))
    assert "Toinen välilehti" in page.content.decode()
    assert "Tämä välilehti" in page.content.decode()
    assert fresh(todo).what == "Toinen välilehti"


def test_a_service_begins_or_is_missing_and_nothing_else_has_one(assessment):
    wanted, missing = service(assessment.area), need("housing")
    assert action(assessment, kind="service", service=wanted).service == wanted
    assert action(assessment, kind="service", unmet=missing).unmet == missing
    for wrong in ({}, {"service": wanted, "unmet": missing}):
        with pytest.raises(NotNow):
            action(assessment, kind="service", **wrong)
    with pytest.raises(NotNow):
        action(assessment, kind="action", service=wanted)
    with pytest.raises(NotNow):
        action(assessment, kind="one_adult", unmet=missing)


def test_a_service_is_offered_in_the_area_by_somebody_who_may_learn_of_the_child(assessment, cast):
    with pytest.raises(NotNow):
        action(assessment, kind="service", service=service(cast.kerava))
    of_health = service(cast.mikkeli, owner=cast.health)
    exclude(young_person=assessment.young_person, agency=cast.health, by=cast.coordinator)
    with pytest.raises(NotNow):
        action(assessment, kind="service", service=of_health)


def test_the_form_asks_for_the_service_the_need_and_the_name(assessment, cast, sanna):
    service(cast.mikkeli)
    missing = need("housing")

    def errors(**typed):
        return set(sanna.post(at("action", assessment), posted(cast.social_worker, **typed)).context["form"].errors)

    assert errors(kind="service") == {"service"}
    assert errors(kind="service", service="none") == {"unmet"}
    assert errors(responsible="somebody") == {"responsible_name"}
    assert errors(kind="") == {"kind"}
    done = posted(cast.social_worker, kind="service", service="none", unmet=missing.code)
    assert sanna.post(at("action", assessment), done).status_code == 302
    assert PlanAction.objects.get().unmet == missing


def test_a_need_that_no_service_answers_counts_once_from_the_signature_until_it_is_opened_again(cast):
    assessment = ready(cast)
    missing = need("housing")
    for _ in range(2):
        action(assessment, kind="service", unmet=missing)
    assert not UnmetNeed.objects.exists()
    signed(assessment)
    assert [(one.need, one.source) for one in UnmetNeed.objects.all()] == [(missing, assessment.public_id)]
    summaries.reopen(assessment=assessment, why="Uusi tieto", by=cast.social_worker)
    assert not UnmetNeed.objects.exists()
    assert Need.objects.filter(pk=missing.pk).exists()
    signed(assessment)
    assert UnmetNeed.objects.count() == 1


def test_what_the_worker_still_had_to_do_goes_to_the_next_worker(assessment, cast):
    invited(assessment, cast.nurse)
    own, others = action(assessment), action(assessment, cast.nurse)
    assessments.change_worker(assessment=assessment, to=cast.colleague, by=cast.social_worker)
    assert fresh(own).responsible == cast.colleague
    assert fresh(others).responsible == cast.nurse
