"""Whose sight of an assessment has ended: nothing waits for them any more, and nothing shows by another way."""

import pytest
from django.test import Client

from coordination.agencies.commands import add_membership
from coordination.agencies.rules import NotNow
from coordination.assessments.commands import assessments, leaving, plans, summaries, taking_part
from coordination.assessments.models import Participant
from coordination.assessments.queries import rooms
from coordination.clocks.rules import today
from coordination.outbox.models import Notification
from coordination.people.access import end_all_of, give_ground
from coordination.people.commands import exclude
from coordination.people.models import Ground
from coordination.use_log.models import Look
from tests.cast import sign_in
from tests.coordination.assessments.parting import wrote
from tests.coordination.assessments.planned import action, columns_of, fresh, goal, ready, signed
from tests.coordination.assessments.reporting import waits
from tests.coordination.assessments.rooming import begun, invited

pytestmark = pytest.mark.django_db


def waiting(member):
    """The codes of what waits for this member."""
    found = Notification.objects.waiting().filter(membership=member)
    return sorted(found.values_list("code", flat=True))


@pytest.fixture
def planned(cast):
    """The nurse and the youth worker take part, and each is to do something; the nurse shares a part."""
    assessment = ready(cast, readers=[cast.nurse], others=[cast.youth_worker])
    reader = Participant.objects.get(membership=cast.youth_worker)
    wrote(cast.nurse, assessment, "Nukkuu huonosti", readers=[reader])
    aim = goal(assessment, words="Että saan nukkua")
    for one in (cast.nurse, cast.youth_worker):
        action(assessment, one, goal=aim)
    return signed(assessment)


def part_of(assessment, member):
    return Participant.objects.get(assessment=assessment, membership=member)


# --- What waits -------------------------------------------------------------------------------------------------------


def test_nothing_of_it_waits_for_somebody_whose_part_was_ended(cast, planned):
    assert waiting(cast.youth_worker) == ["part_shared", "plan_signed"]
    taking_part.end_part(participant=part_of(planned, cast.youth_worker), by=cast.social_worker)
    assert waiting(cast.youth_worker) == []
    assert waiting(cast.nurse) == ["plan_signed"]


def test_nothing_of_it_waits_for_somebody_who_has_left(cast, planned):
    end_all_of(cast.youth_worker)
    leaving.leave_assessments(leaver=cast.youth_worker)
    assert waiting(cast.youth_worker) == []


def test_what_waited_for_the_former_worker_waits_for_them_no_more(cast, planned):
    end_all_of(cast.youth_worker)
    leaving.leave_assessments(leaver=cast.youth_worker)
    assert {"participant_left", "action_without_responsible"} <= set(waiting(cast.social_worker))
    before = [code for code in waiting(cast.social_worker) if code.startswith("report")]
    assessments.change_worker(assessment=planned, to=cast.colleague, by=cast.social_worker)
    assert waiting(cast.social_worker) == before
    leaving.leave_assessments(leaver=cast.youth_worker)
    assert "action_without_responsible" in waiting(cast.colleague)


def test_an_action_of_somebody_who_left_waits_until_another_has_it_and_each_leaver_is_told_of(cast, planned):
    todo = planned.actions.get(responsible=cast.youth_worker)
    end_all_of(cast.youth_worker)
    leaving.leave_assessments(leaver=cast.youth_worker)
    assert waits(cast.social_worker, "action_without_responsible") == 1
    summaries.reopen(assessment=planned, why="Joku lähti", by=cast.social_worker)
    todo = fresh(todo)
    mark = plans.queries.mark_of_action(todo)
    changed = columns_of(todo, responsible=cast.nurse)
    plans.change_action(action=todo, mark=mark, by=cast.social_worker, **changed)
    assert waits(cast.social_worker, "action_without_responsible") == 0
    signed(fresh(planned))
    end_all_of(cast.nurse)
    leaving.leave_assessments(leaver=cast.nurse)
    assert waits(cast.social_worker, "action_without_responsible") == 2


def test_being_asked_waits_no_more_once_the_part_is_written(cast):
    assessment = begun(cast.social_worker, by=cast.teacher)
    invited(assessment, cast.nurse)
    assert waits(cast.nurse, "part_asked") == 1
    wrote(cast.nurse, assessment, "Nukkuu huonosti")
    assert waits(cast.nurse, "part_asked") == 0


# --- What shows by another way ----------------------------------------------------------------------------------------


def test_by_the_young_persons_choice_alone_the_goal_does_not_show(cast, planned):
    person, todo = planned.young_person, planned.actions.get(responsible=cast.youth_worker)
    kind = Ground.Kind.PARTICIPATION
    give_ground(young_person=person, kind=kind, source=todo.public_id, membership=cast.youth_worker)
    browser = sign_in(Client(), cast.youth_worker)
    assert "Että saan nukkua" in browser.get("/assessments/actions/").content.decode()
    taking_part.end_part(participant=part_of(planned, cast.youth_worker), by=cast.social_worker)
    page = browser.get("/assessments/actions/").content.decode()
    assert "Soittaa koululle" in page
    assert "Että saan nukkua" not in page
    browser.post(f"/assessments/actions/{todo.public_id}/done/")
    assert fresh(todo).done_by == cast.youth_worker
    assert Look.objects.filter(page="assessments:action_done").last().purpose == kind


# --- Who must not learn of the child ----------------------------------------------------------------------------------


def test_it_is_not_handed_to_a_colleague_who_must_not_learn_of_the_child(cast):
    assessment = begun(cast.social_worker, by=cast.teacher)
    exclude(young_person=assessment.young_person, user=cast.colleague.user, by=cast.coordinator)
    with pytest.raises(NotNow):
        assessments.change_worker(assessment=assessment, to=cast.colleague, by=cast.social_worker)
    assert fresh(assessment).worker == cast.social_worker


def test_a_worker_who_begins_to_act_for_an_excluded_agency_leaves_it_to_colleagues(cast):
    assessment = begun(cast.social_worker, by=cast.teacher)
    exclude(young_person=assessment.young_person, agency=cast.clinic, by=cast.coordinator)
    assert not rooms.without_worker(cast.colleague).exists()
    add_membership(user=cast.social_worker.user, agency=cast.clinic, role="professional", started_on=today())
    assert rooms.room_for(cast.social_worker, assessment.public_id) is None
    leaving.settle()
    assert waits(cast.colleague, "assessment_without_worker") == 1
    assessments.change_worker(assessment=assessment, to=cast.colleague, by=cast.colleague)
    assert rooms.room_for(cast.colleague, assessment.public_id).is_worker


def test_a_part_ends_when_its_author_begins_to_act_for_an_excluded_agency(cast):
    assessment = begun(cast.social_worker, by=cast.teacher)
    part = invited(assessment, cast.nurse)
    exclude(young_person=assessment.young_person, agency=cast.clinic, by=cast.coordinator)
    leaving.settle()
    assert fresh(part).ended_at is None
    add_membership(user=cast.nurse.user, agency=cast.clinic, role="professional", started_on=today())
    leaving.settle()
    assert fresh(part).state == "ended"
    assert waits(cast.social_worker, "participant_left") == 1
    assert waiting(cast.nurse) == []
