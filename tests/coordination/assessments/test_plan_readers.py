"""Who reads what of the joint plan, and who may call something done."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coordination.agencies.commands import add_membership
from coordination.agencies.rules import NotNow
from coordination.assessments.commands import plans, summaries
from coordination.assessments.models import Goal, PlanAction
from coordination.assessments.queries import plans as queries
from coordination.clocks.rules import today
from coordination.people.access import end_grounds, give_ground
from coordination.people.commands import exclude
from coordination.people.models import Ground
from coordination.use_log.models import Look
from tests.cast import english, sign_in
from tests.coordination.assessments.planned import action, fresh, goal, ready, signed
from tests.coordination.assessments.reporting import waits
from tests.coordination.assessments.rooming import begun, invited

pytestmark = pytest.mark.django_db
ACTIONS = reverse("assessments:actions")
# In the order in which the story makes them.
WORDS = ["Työntekijä soittaa", "Hoitaja tapaa", "Nuorisotyö hakee", "Äiti herättää"]


def done_at(action):
    return reverse("assessments:action_done", args=[action.public_id])


@pytest.fixture
def assessment(cast):
    """The nurse reads the plan and does something, the youth worker only does something, the therapist neither."""
    assessment = ready(cast, readers=[cast.nurse], others=[cast.youth_worker, cast.therapist])
    aim, other = goal(assessment, words="Että jaksan"), goal(assessment, words="Että saan kavereita")
    action(assessment, what=WORDS[0], goal=aim)
    action(assessment, cast.nurse, what=WORDS[1], goal=aim)
    action(assessment, cast.youth_worker, what=WORDS[2], goal=other)
    action(assessment, responsible_name="äiti", what=WORDS[3])
    return assessment


def read_by(assessment, member):
    """What of the plan and the summary shows to this member in the room."""
    page = english(member).get(assessment.get_absolute_url()).content.decode()
    wanted = [*WORDS, "Että jaksan", "Että saan kavereita", "Tukea arkeen"]
    return [word for word in wanted if word in page]


def test_a_draft_shows_to_the_worker_alone(cast, assessment):
    everything = [*WORDS, "Että jaksan", "Että saan kavereita", "Tukea arkeen"]
    assert read_by(assessment, cast.social_worker) == everything
    assert [read_by(assessment, one) for one in (cast.nurse, cast.youth_worker, cast.therapist)] == [[], [], []]


def test_signed_the_readers_read_all_and_others_what_they_do(cast, assessment):
    everything = [*WORDS, "Että jaksan", "Että saan kavereita", "Tukea arkeen"]
    signed(assessment)
    assert read_by(assessment, cast.social_worker) == everything
    assert read_by(assessment, cast.nurse) == everything
    assert read_by(assessment, cast.youth_worker) == [WORDS[2], "Että saan kavereita"]
    assert read_by(assessment, cast.therapist) == []


def test_opened_again_the_plan_is_a_draft_again(cast, assessment):
    signed(assessment)
    summaries.reopen(assessment=assessment, why="Uusi tieto", by=cast.social_worker)
    assert read_by(assessment, cast.nurse) == ["Tukea arkeen"]
    assert read_by(assessment, cast.youth_worker) == []
    assert queries.actions_of(cast.nurse) == []


def test_a_sensitive_agency_stays_a_professional_to_other_readers(cast):
    assessment = ready(cast, readers=[cast.nurse], others=[cast.therapist])
    action(assessment, cast.therapist, what="Tapaa viikoittain")
    signed(assessment)
    page = english(cast.nurse).get(assessment.get_absolute_url()).content.decode()
    assert "Tapaa viikoittain" in page
    assert "Pia" not in page
    assert "Päihde" not in page


@pytest.mark.parametrize(
    ("number", "who"),
    [
        (0, ["social_worker"]),
        (1, ["social_worker", "nurse"]),
        (2, ["social_worker", "youth_worker"]),
        (3, ["social_worker"]),
    ],
)
def test_the_one_responsible_and_the_worker_say_that_it_is_done(cast, assessment, number, who):
    signed(assessment)
    todo = assessment.actions.order_by("pk")[number]
    everybody = ["social_worker", "nurse", "youth_worker", "therapist", "teacher", "colleague", "coordinator"]
    answers = {}
    for one in everybody:
        answers[one] = sign_in(Client(), getattr(cast, one)).post(done_at(todo)).status_code
        PlanAction.objects.filter(pk=todo.pk).update(done_at=None, done_by=None)
    assert [one for one, answer in answers.items() if answer == 302] == who
    assert {answer for one, answer in answers.items() if one not in who} == {404}


def test_done_and_undone_once_each(cast, assessment):
    todo = assessment.actions.get(responsible=cast.nurse)
    with pytest.raises(NotNow):
        plans.do_action(action=todo, by=cast.nurse)
    signed(assessment)
    with pytest.raises(NotNow):
        plans.undo_action(action=todo, by=cast.nurse)
    plans.do_action(action=todo, by=cast.nurse)
    with pytest.raises(NotNow):
        plans.do_action(action=todo, by=cast.social_worker)
    assert fresh(todo).done_by == cast.nurse
    browser = english(cast.nurse)
    assert browser.get(done_at(todo)).status_code == 302
    assert fresh(todo).done_at
    browser.post(done_at(todo), {"undo": "1"})
    assert fresh(todo).done_at is fresh(todo).done_by is None


def test_what_told_of_them_waits_no_more_once_all_is_done(cast, assessment):
    second = action(assessment, cast.nurse)
    signed(assessment)
    plans.do_action(action=second, by=cast.nurse)
    assert waits(cast.nurse, "plan_signed") == 1
    plans.do_action(action=assessment.actions.get(responsible=cast.nurse, done_at=None), by=cast.social_worker)
    assert waits(cast.nurse, "plan_signed") == 0
    assert waits(cast.youth_worker, "plan_signed") == 1


def test_what_was_done_is_neither_changed_nor_taken_away(cast, assessment):
    todo = assessment.actions.get(responsible=cast.nurse)
    signed(assessment)
    plans.do_action(action=todo, by=cast.nurse)
    summaries.reopen(assessment=assessment, why="Uusi tieto", by=cast.social_worker)
    with pytest.raises(NotNow):
        plans.remove_action(action=fresh(todo), by=cast.social_worker)


def test_ones_own_actions_stand_by_their_last_day(cast):
    assessment = ready(cast, others=[cast.nurse])
    soon, late, first = (action(assessment, cast.nurse, days=days) for days in (4, 9, 1))
    signed(assessment)
    assert queries.actions_of(cast.nurse) == [first, soon, late]
    plans.do_action(action=soon, by=cast.nurse)
    assert queries.actions_of(cast.nurse) == [first, late]
    assert queries.done_of(cast.nurse) == [soon]
    page = english(cast.nurse).get(ACTIONS)
    assert page.context["open"] == [first, late]
    assert page.content.decode().count("Aino Virtanen") == 3


def test_an_exclusion_takes_the_actions_away_at_once(cast, assessment):
    signed(assessment)
    exclude(young_person=assessment.young_person, user=cast.nurse.user, by=cast.coordinator)
    assert queries.actions_of(cast.nurse) == []
    todo = assessment.actions.get(responsible=cast.nurse)
    assert sign_in(Client(), cast.nurse).post(done_at(todo)).status_code == 404
    with pytest.raises(NotNow):
        plans.do_action(action=todo, by=cast.nurse)


def test_whoever_begins_to_act_for_an_excluded_agency_sees_nothing_more(cast, assessment):
    signed(assessment)
    exclude(young_person=assessment.young_person, agency=cast.clinic, by=cast.coordinator)
    assert len(queries.actions_of(cast.nurse)) == 1
    add_membership(user=cast.nurse.user, agency=cast.clinic, role="professional", started_on=today())
    assert queries.actions_of(cast.nurse) == []


def test_whoever_takes_part_no_more_sees_nothing_more(cast, assessment):
    signed(assessment)
    end_grounds(young_person=assessment.young_person, source=assessment.public_id, membership=cast.nurse)
    assert queries.actions_of(cast.nurse) == []


def erased(assessment):
    """As the actions stand once our working copy is gone."""
    assessment.actions.update(assessment=None, goal=None)
    Goal.objects.filter(assessment=assessment).delete()
    end_grounds(young_person=assessment.young_person, source=assessment.public_id)


def test_what_outlives_the_assessment_is_seen_by_the_young_persons_own_choice(cast, assessment):
    signed(assessment)
    person, todo = assessment.young_person, assessment.actions.get(responsible=cast.nurse)
    erased(assessment)
    assert queries.actions_of(cast.nurse) == []
    assert sign_in(Client(), cast.nurse).post(done_at(todo)).status_code == 404
    give_ground(young_person=person, kind=Ground.Kind.PARTICIPATION, source=todo.public_id, membership=cast.nurse)
    assert queries.actions_of(cast.nurse) == [todo]
    assert sign_in(Client(), cast.social_worker).post(done_at(todo)).status_code == 404
    assert sign_in(Client(), cast.nurse).post(done_at(todo)).status_code == 302
    assert fresh(todo).done_by == cast.nurse


def test_each_look_is_in_the_use_log_under_the_key_of_the_assessment(cast, assessment):
    signed(assessment)
    browser = english(cast.nurse)
    browser.get(ACTIONS)
    browser.post(done_at(assessment.actions.get(responsible=cast.nurse)))
    looks = Look.objects.filter(page__in=["assessments:actions", "assessments:action_done"]).order_by("pk")
    assert [one.person_keys for one in looks] == [[assessment.log_key]] * 2
    assert looks.last().purpose == Ground.Kind.CONTRIBUTION
    assert not set(assessment.young_person.log_keys) & {assessment.log_key}


def test_ones_actions_and_the_room_cost_the_same_for_one_and_for_thirty(cast):
    assessment = ready(cast, readers=[cast.nurse])
    action(assessment, cast.nurse, goal=goal(assessment))
    signed(assessment)
    browser = english(cast.nurse)

    def cost():
        browser.get(ACTIONS)  # After a while a request writes that somebody is still there.
        numbers = []
        for read in (
            lambda: queries.actions_of(cast.nurse),
            lambda: browser.get(ACTIONS),
            lambda: browser.get(assessment.get_absolute_url()),
        ):
            with CaptureQueriesContext(connection) as captured:
                read()
            numbers.append(len(captured))
        return numbers

    one = cost()
    for number in range(29):
        other = begun(cast.social_worker, first_name=f"Bea{chr(97 + number)}")
        invited(other, cast.nurse)
        values = {"young_person": other.young_person, "responsible": cast.nurse, "what": "x", "due_on": today()}
        PlanAction.objects.create(assessment=other, token=other.public_id, **values)
        type(other).objects.filter(pk=other.pk).update(
            state="signed", signed_at=other.began_at + timedelta(days=1), signed_by=cast.social_worker
        )
        aim = Goal.objects.create(assessment=assessment, token=other.public_id, words="x")
        PlanAction.objects.create(assessment=assessment, goal=aim, token=aim.public_id, **values)
    assert len(queries.actions_of(cast.nurse)) == 50
    assert cost() == one
