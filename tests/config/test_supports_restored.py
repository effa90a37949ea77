"""What a support that a backup brought back takes along when its end is done again."""

import pytest

from config.replaying import replay
from coordination.outbox.models import Notification
from coordination.people import access
from tests.coordination.support.overlapping import asked_to_close, double
from tests.coordination.support.own_pages import opened
from tests.coordination.support.talking import let, told
from tests.coordination.support.working import Kind, stands_in, supported

pytestmark = pytest.mark.django_db


def test_with_the_support_that_ended_nobody_is_asked_and_nothing_waits(cast, restored):
    support = supported(cast)
    stands_in(support, cast.youth_worker)
    opened(support, "call").press("call")
    let(support, cast.social_worker)
    question = asked_to_close(double(support, "counselling", cast.social, cast.association), cast.social_worker)
    with restored():
        access.end_grounds(young_person=support.young_person, source=support.public_id, kind=Kind.SUPPORT)
    replay()
    question.refresh_from_db()
    assert question.state == "withdrawn"
    assert support.own_requests.get().handled_at
    for member in (cast.nurse, cast.youth_worker, cast.social_worker):
        assert (told(member, "own_call"), told(member, "overlap_asked")) == (0, 0)
    before = list(Notification.objects.order_by("pk").values_list("pk", "done_at"))
    replay()
    assert list(Notification.objects.order_by("pk").values_list("pk", "done_at")) == before
