"""What is left of a joint plan leads back to no assessment, and is theirs alone whom the young person chose."""

import pytest

from config import erasing
from coordination.assessments.commands import leaving, plans, summaries
from coordination.assessments.models import Assessment, PlanAction
from coordination.assessments.queries import plans as queries
from coordination.outbox.models import Notification
from coordination.people import access
from coordination.people.models import Ground
from tests.coordination.assessments.handing import afresh
from tests.coordination.assessments.planned import action, columns_of, fresh, ready, signed

pytestmark = pytest.mark.django_db


def sees(member, assessment, kind, *, area=None):
    """This member, or an area's coordinators, see the young person because of something else than the assessment."""
    holder = {"area": area} if area else {"membership": member}
    access.give_ground(young_person=assessment.young_person, kind=kind, source=assessment.log_key, **holder)


@pytest.mark.parametrize(
    ("kind", "stays"), [("participation", True), ("support", True), ("talk", True), ("coordination", False)]
)
def test_it_stays_with_whom_the_young_person_chose_themselves(cast, kind, stays):
    assessment = ready(cast, others=[cast.coordinator])
    todo = action(assessment, cast.coordinator, what="Soittaa nuorelle")
    signed(assessment)
    sees(cast.coordinator, assessment, kind, area=None if stays else cast.mikkeli)
    assert access.may(cast.coordinator, "view_network", assessment.young_person)
    erasing.erase_assessment(assessment.pk)
    assert PlanAction.objects.filter(pk=todo.pk).exists() == stays
    assert bool(queries.actions_of(cast.coordinator)) == stays
    erasing.erase_what_ended()
    assert PlanAction.objects.filter(pk=todo.pk).exists() == stays


def test_no_notice_about_it_leads_back(cast):
    assessment = ready(cast, others=[cast.nurse, cast.youth_worker])
    todo = action(assessment, cast.nurse)
    signed(assessment)
    access.end_all_of(cast.nurse)
    leaving.leave_assessments(leaver=cast.nurse)
    summaries.reopen(assessment=fresh(assessment), why="Hoitaja lähti", by=cast.social_worker)
    mark, changed = queries.mark_of_action(fresh(todo)), columns_of(todo, responsible=cast.youth_worker)
    plans.change_action(action=fresh(todo), mark=mark, by=cast.social_worker, **changed)
    signed(afresh(assessment))
    access.end_all_of(cast.youth_worker)
    leaving.leave_assessments(leaver=cast.youth_worker)
    sees(cast.youth_worker, assessment, Ground.Kind.SUPPORT)
    assert Notification.objects.filter(about=todo.public_id).exists()
    erasing.erase_assessment(assessment.pk)
    assert not Assessment.objects.exists()
    assert fresh(todo).assessment is None
    assert not Notification.objects.filter(link__contains=str(assessment.public_id)).exists()
