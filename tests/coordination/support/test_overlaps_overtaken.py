"""What overtakes a question to close a double: taken back, sight that ends, leaving, the end of all of it."""

import pytest

from coordination.agencies.rules import NotNow
from coordination.outbox.models import Notification
from coordination.people.commands import exclude
from coordination.people.erasing import erase_rows
from coordination.support.commands import overlaps, overtaken
from coordination.support.commands.ending import end_support
from coordination.support.commands.leaving import leave_supports
from coordination.support.commands.permissions import end_talk
from coordination.support.models import ClientRelationship, OverlapProposal
from coordination.support.queries import overlaps as queries
from tests.acts import begun
from tests.coordination.support.overlapping import asked_to_close, double, numbers, tick
from tests.coordination.support.talking import let, told
from tests.coordination.support.working import supported

pytestmark = pytest.mark.django_db


@pytest.fixture
def support(cast):
    """The nurse is Aino's one adult; the social worker may talk with her."""
    support = supported(cast)
    let(support, cast.social_worker)
    return support


@pytest.fixture
def question(cast, support):
    """The social worker is asked to close the counselling, which the association does, too."""
    return asked_to_close(double(support, "counselling", cast.social, cast.association), cast.social_worker)


def test_taken_back_it_leaves_no_trace_but_that_it_was(cast, support, question):
    overlaps.withdraw(proposal=question, by=cast.nurse)
    assert told(cast.social_worker, "overlap_asked") == 0
    assert told(cast.social_worker, "overlap_taken_back") == 1
    assert queries.around(support, cast.nurse).proposals == []


def test_with_the_permission_the_question_ends_in_the_same_moment(cast, support, question):
    end_talk(permission=support.permissions.get(), by=cast.nurse)
    question.refresh_from_db()
    assert question.state == "withdrawn"
    assert not Notification.objects.of(cast.social_worker).filter(about=question.public_id).exists()


def test_who_has_agreed_already_is_not_needed_for_the_closing(cast, support, question):
    overlaps.answer(proposal=question, agrees=True, hours=2, by=cast.social_worker)
    end_talk(permission=support.permissions.get(), by=cast.nurse)
    assert overlaps.close_overlap(proposal=question, by=cast.nurse).hours_freed == 2
    assert told(cast.social_worker, "overlap_closed") == 0


def test_an_exclusion_takes_every_trace(cast, support, question):
    exclude(young_person=support.young_person, by=cast.coordinator, user=cast.social_worker.user)
    overtaken.settle()
    question.refresh_from_db()
    assert question.state == "withdrawn"
    assert not Notification.objects.of(cast.social_worker).filter(about=question.public_id).exists()


def test_who_leaves_their_work_is_asked_no_more(cast, support, question):
    leave_supports(leaver=cast.social_worker)
    question.refresh_from_db()
    assert question.state == "withdrawn"


def test_the_end_of_the_support_ends_the_questions_and_keeps_the_numbers(cast, support, question):
    end_support(support=support, reason="not_needed", by=cast.coordinator)
    question.refresh_from_db()
    support.refresh_from_db()
    assert question.state == "withdrawn"
    assert numbers(support, cast.coordinator, coordinates=True) == (2, 2, 2, 2)
    with pytest.raises(NotNow):
        tick(support, (cast.school, "guidance"))


def test_all_of_it_is_erased_with_the_support(cast, support, question):
    erase_rows(support)
    assert not ClientRelationship.objects.exists()
    assert not OverlapProposal.objects.exists()
    assert not Notification.objects.filter(about=question.public_id).exists()


def test_another_support_has_a_list_of_its_own(cast, support):
    tick(support, (cast.social, "money"))
    other = supported(cast, adult=cast.youth_worker, young_person=begun(cast, first_name="Eero").young_person)
    assert numbers(other, cast.youth_worker) == (0, 0, 0, 0)
