"""Who comes into an assessment: its worker, whoever takes part, and nobody else."""

import pytest
from django.test import Client
from django.urls import reverse

from coordination.agencies.rules import NotNow
from coordination.assessments.commands import assessments, reports
from coordination.assessments.models import Assessment, ReportDeadline
from coordination.assessments.queries import rooms
from coordination.outbox.models import Notification
from coordination.people.commands import exclude
from coordination.people.models import Ground
from tests.cast import sign_in
from tests.coordination.assessments.planned import ready, signed
from tests.coordination.assessments.reporting import fresh, sent, waits
from tests.coordination.assessments.rooming import begun, invited

pytestmark = pytest.mark.django_db


def answer(member, assessment):
    """What this member's browser gets for the room."""
    return sign_in(Client(), member).get(assessment.get_absolute_url()).status_code


def test_only_the_worker_and_whoever_takes_part_come_in(cast):
    assessment = begun(cast.social_worker, by=cast.teacher)
    invited(assessment, cast.nurse)
    everybody = [cast.social_worker, cast.nurse, cast.teacher, cast.colleague, cast.coordinator, cast.administrator]
    assert [answer(one, assessment) for one in everybody] == [200, 200, 404, 404, 404, 404]


def test_an_exclusion_ends_the_sight_at_once(cast):
    assessment = begun(cast.social_worker, by=cast.teacher)
    invited(assessment, cast.nurse)
    exclude(young_person=assessment.young_person, user=cast.nurse.user, by=cast.coordinator)
    assert answer(cast.nurse, assessment) == 404
    assert rooms.rooms_of(cast.nurse).count() == 0


def test_an_assessment_of_a_flagged_child_tells_its_worker_of_no_flag(cast):
    flag = cast.flag(cast.nurse)
    assessment = begun(cast.social_worker, first_name="Aino", last_name="Virtanen", birth_date=flag.birth_date)
    assert assessment.young_person_id == flag.young_person_id
    kinds = Ground.objects.open().filter(membership=cast.social_worker).values_list("kind", flat=True)
    assert list(kinds) == [Ground.Kind.ASSESSMENT]
    page = reverse("pages:person", args=[assessment.young_person.public_id])
    assert sign_in(Client(), cast.social_worker).get(page).status_code == 404


def test_a_second_notification_leads_to_the_assessment_that_is_under_way(cast):
    first = begun(cast.social_worker, by=cast.teacher)
    assert begun(cast.colleague, by=cast.nurse) == first
    assert Assessment.objects.get().worker == cast.social_worker
    assert first.reports.count() == 2


def test_the_worker_hears_of_what_joins_until_it_is_signed(cast):
    assessment = ready(cast)
    assert waits(cast.social_worker, "report_joined") == 0
    begun(cast.social_worker, by=cast.nurse)
    assert waits(cast.social_worker, "report_joined") == 0, "who said so knows"
    begun(cast.colleague, by=cast.nurse)
    begun(cast.colleague, by=cast.youth_worker)
    told = Notification.objects.filter(code="report_joined")
    assert {(one.membership, one.about, one.link) for one in told} == {
        (cast.social_worker, assessment.public_id, assessment.get_absolute_url())
    }
    assert waits(cast.social_worker, "report_joined") == 2
    signed(assessment)
    assert waits(cast.social_worker, "report_joined") == 0


def test_a_worker_who_must_not_learn_of_the_child_is_not_told_that_something_joins(cast):
    assessment = begun(cast.social_worker, by=cast.teacher)
    exclude(young_person=assessment.young_person, user=cast.social_worker.user, by=cast.coordinator)
    assert begun(cast.colleague, by=cast.nurse) == assessment
    assert waits(cast.social_worker, "report_joined") == 0


def test_the_last_day_belongs_to_the_worker(cast):
    report = sent(cast.teacher)
    reports.receive(report=report, by=cast.colleague)
    reports.judge(report=report, urgency="not_urgent", why="x", by=cast.colleague)
    reports.decide(report=report, assess=True, scope="special_support", why="", by=cast.colleague)
    assessment = reports.begin(report=report, by=cast.social_worker).assessment
    assert ReportDeadline.objects.filter(report=report, what="finish", done_at=None).count() == 1
    assert rooms.worker_of(fresh(report)) == [assessment.worker] == [cast.social_worker]


def test_a_colleague_answers_for_it_from_now_on(cast):
    assessment = begun(cast.social_worker, by=cast.teacher)
    assessments.change_worker(assessment=assessment, to=cast.colleague, by=cast.social_worker)
    assert [answer(one, assessment) for one in (cast.social_worker, cast.colleague)] == [404, 200]
    assert waits(cast.colleague, "your_assessment") == 1
    with pytest.raises(NotNow):
        assessments.change_worker(assessment=assessment, to=cast.social_worker, by=cast.social_worker)
    with pytest.raises(NotNow):
        assessments.change_worker(assessment=assessment, to=cast.nurse, by=cast.colleague)


def test_only_what_nobody_answers_for_can_be_taken(cast):
    assessment = begun(cast.social_worker, by=cast.teacher)
    take = reverse("assessments:take", args=[assessment.public_id])
    assert sign_in(Client(), cast.colleague).post(take).status_code == 404
    cast.social_worker.user.is_active = False
    cast.social_worker.user.save()
    assert sign_in(Client(), cast.nurse).post(take).status_code == 404
    assert sign_in(Client(), cast.colleague).post(take).status_code == 302
    assert answer(cast.colleague, assessment) == 200
