"""What becomes of assessments when two rows are one child, when somebody leaves, and when somebody must not learn."""

import pytest
from django.test import Client
from django.urls import reverse

from config import leaving
from coordination.assessments.commands.assessments import change_worker
from coordination.assessments.models import Assessment, Participant, PlanAction
from coordination.assessments.queries.rooms import rooms_of, without_worker
from coordination.outbox.models import Notification
from coordination.people.commands import exclude
from coordination.staffing.commands import disable_user, end_membership
from tests.cast import born, sign_in
from tests.config.joining import afresh, pair, same
from tests.coordination.assessments.handing import action
from tests.coordination.assessments.reporting import waits
from tests.coordination.assessments.rooming import begun, guardian, invited


@pytest.fixture(autouse=True)
def colleague(cast):
    cast.colleague = cast.member("Lauri", "Vastaanottaja", cast.social)


def comes_in(member, assessment):
    return sign_in(Client(), member).get(assessment.get_absolute_url()).status_code == 200


def fresh(assessment):
    return Assessment.objects.get(pk=assessment.pk)


def leave(cast, member):
    end_membership(membership=member, by=cast.administrator)
    leaving.sweep()


def told(member, code):
    """How often this member was told, whether or not it is done with."""
    return Notification.objects.filter(membership=member, code=code).count()


# --- Two rows, one child --------------------------------------------------------------------------------------------


@pytest.fixture
def rows(cast):
    """(double, an assessment of the row that stays, one of the row that goes); the youth worker takes part in both."""
    double, kept, gone = pair(cast)
    known = {"birth_date": kept.birth_date, "last_name": kept.last_name}
    first = begun(cast.social_worker, first_name=kept.first_name, **known)
    second = begun(cast.social_worker, first_name=gone.first_name, **known)
    assert (first.young_person, second.young_person) == (kept, gone)
    for one in (first, second):
        invited(one, cast.youth_worker)
        action(one, "Soitan", responsible=cast.youth_worker)
    return double, first, second


def test_assessments_and_plans_go_along_and_whoever_came_in_still_does(cast, rows):
    double, first, second = rows
    kept, gone = double.first, double.second
    same(cast, double)
    assert {one.young_person for one in Assessment.objects.all()} == {kept}
    assert {one.young_person for one in PlanAction.objects.all()} == {kept}
    for member in (cast.social_worker, cast.youth_worker):
        assert comes_in(member, first)
        assert comes_in(member, second)
    for member in (cast.colleague, cast.teacher, cast.nurse, cast.coordinator):
        assert not rooms_of(member).exists()
    afresh(gone)
    assert not gone.grounds.filter(ended_at=None).exists()
    leaving.sweep()
    assert not Participant.objects.exclude(ended_at=None).exists()


@pytest.mark.parametrize("row", ["first", "second"])
def test_an_exclusion_of_either_row_holds_for_both(cast, rows, row):
    double, first, second = rows
    exclude(young_person=getattr(double, row), user=cast.youth_worker.user, by=cast.coordinator)
    same(cast, double)
    for one in (first, second):
        assert not comes_in(cast.youth_worker, one)
        assert comes_in(cast.social_worker, one)
    assert not rooms_of(cast.youth_worker).exists()
    leaving.sweep()
    assert {one.state for one in Participant.objects.filter(membership=cast.youth_worker)} == {"ended"}
    assert waits(cast.social_worker, "participant_left") == 2


@pytest.mark.parametrize("row", ["first", "second"])
def test_a_worker_who_must_not_learn_leaves_both_to_colleagues(cast, rows, row):
    double, first, second = rows
    exclude(young_person=getattr(double, row), user=cast.social_worker.user, by=cast.coordinator)
    same(cast, double)
    for one in (first, second):
        assert not comes_in(cast.social_worker, one)
    assert set(without_worker(cast.colleague)) == {first, second}
    assert not without_worker(cast.social_worker).exists()
    leaving.sweep()
    assert waits(cast.colleague, "assessment_without_worker") == 2
    assert told(cast.social_worker, "assessment_without_worker") == 0


# --- Leaving --------------------------------------------------------------------------------------------------------


@pytest.fixture
def assessment(cast):
    """The social worker's, in which the nurse takes part."""
    made = begun(cast.social_worker, birth_date=born(14))
    invited(made, cast.nurse)
    guardian(made)
    return made


@pytest.mark.parametrize("how", ["the membership ends", "the user is disabled"])
def test_the_part_of_whoever_leaves_ends_and_the_worker_is_told_once(cast, assessment, how):
    if how == "the membership ends":
        leave(cast, cast.nurse)
    else:
        disable_user(user=cast.nurse.user, by=cast.administrator)
    leaving.sweep()
    leaving.sweep()
    part = assessment.participants.get(membership=cast.nurse)
    assert (part.state, part.ended_at is None) == ("ended", False)
    assert told(cast.social_worker, "participant_left") == 1
    assert not rooms_of(cast.nurse).exists()
    assert list(leaving.leavers()) == []
    assert assessment.participants.filter(ended_at=None).count() == 1, "the guardian's"


def test_the_assessment_of_a_worker_who_leaves_waits_for_colleagues_who_are_told_once(cast, assessment):
    leave(cast, cast.social_worker)
    leaving.sweep()
    assert list(leaving.leavers()) == []
    assert told(cast.colleague, "assessment_without_worker") == 1
    assert told(cast.administrator, "assessment_without_worker") == 0
    assert list(without_worker(cast.colleague)) == [assessment]
    assert sign_in(Client(), cast.colleague).post(reverse("assessments:take", args=[assessment.public_id])).url
    assert waits(cast.colleague, "assessment_without_worker") == 0
    assert comes_in(cast.colleague, assessment)
    leaving.sweep()
    assert told(cast.colleague, "assessment_without_worker") == 1


def test_where_there_is_no_colleague_the_administrators_are_told(cast, assessment):
    leave(cast, cast.colleague)
    leave(cast, cast.social_worker)
    assert told(cast.administrator, "assessment_without_worker") == 1


def test_it_is_told_anew_when_the_next_worker_leaves(cast, assessment):
    third = cast.member("Kolmas", "Kollega", cast.social)
    for leaver, takes in ((cast.social_worker, cast.colleague), (cast.colleague, third)):
        leave(cast, leaver)
        change_worker(assessment=fresh(assessment), to=takes, by=takes)
    assert told(third, "assessment_without_worker") == 2
    assert fresh(assessment).worker == third


def test_of_what_was_handed_over_nobody_is_told(cast, assessment):
    now = assessment.began_at
    Assessment.objects.update(
        state="handed_over", signed_at=now, signed_by=cast.social_worker, handed_at=now, handed_by=cast.social_worker
    )
    leave(cast, cast.social_worker)
    assert told(cast.colleague, "assessment_without_worker") == 0


def test_of_what_a_leaver_had_promised_the_worker_is_told_once(cast, assessment):
    mine = action(assessment, "Soitan", responsible=cast.teacher)
    action(assessment, "Soitin", responsible=cast.teacher, done_at=assessment.began_at, done_by=cast.teacher)
    leave(cast, cast.teacher)
    leaving.sweep()
    assert told(cast.social_worker, "action_without_responsible") == 1
    assert Notification.objects.get(code="action_without_responsible").about == mine.public_id
    assert list(leaving.leavers()) == []
    assert PlanAction.objects.count() == 2


def test_what_was_promised_waits_for_the_next_worker_to_be_told(cast, assessment):
    action(assessment, "Soitan", responsible=cast.teacher)
    leave(cast, cast.social_worker)
    leave(cast, cast.teacher)
    change_worker(assessment=fresh(assessment), to=cast.colleague, by=cast.colleague)
    leaving.sweep()
    assert told(cast.colleague, "action_without_responsible") == 1


# --- Whoever must not learn -----------------------------------------------------------------------------------------


def test_an_exclusion_ends_the_part_and_takes_back_what_was_told(cast, assessment):
    Notification.objects.create(
        membership=cast.nurse, code="asked", kind="waits", link="/", dedupe_key="x", about=assessment.public_id
    )
    exclude(young_person=assessment.young_person, agency=cast.health, by=cast.coordinator)
    leaving.sweep()
    assert assessment.participants.get(membership=cast.nurse).state == "ended"
    assert waits(cast.social_worker, "participant_left") == 1
    assert not Notification.objects.filter(membership=cast.nurse).exists()


def test_an_excluded_worker_leaves_it_to_colleagues_who_may_learn(cast, assessment):
    away = cast.member("Sukulainen", "Sosiaali", cast.social)
    for user in (cast.social_worker.user, away.user):
        exclude(young_person=assessment.young_person, user=user, by=cast.coordinator)
    leaving.sweep()
    leaving.sweep()
    codes = [told(one, "assessment_without_worker") for one in (cast.colleague, away, cast.social_worker)]
    assert codes == [1, 0, 0]
    assert not without_worker(away).exists()
    change_worker(assessment=fresh(assessment), to=cast.colleague, by=cast.colleague)
    assert comes_in(cast.colleague, assessment)
