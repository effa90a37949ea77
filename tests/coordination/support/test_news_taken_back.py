"""Whoever must not learn of a young person keeps no notice of anything in their support."""

import pytest
from celery import current_app

from coordination.agencies.commands import add_membership
from coordination.clocks.rules import today
from coordination.follow_ups.commands import exclude
from coordination.follow_ups.models import FollowUp
from coordination.outbox.models import Notification
from coordination.support.commands import overlaps, overtaken
from coordination.support.commands.permissions import end_talk
from coordination.support.queries.overtaken import spoken_of
from tests.coordination.support.overlapping import asked_to_close, double
from tests.coordination.support.own_pages import opened
from tests.coordination.support.talking import let, told
from tests.coordination.support.working import stands_in, supported

pytestmark = pytest.mark.django_db


@pytest.fixture
def support(cast):
    """The nurse is Aino's one adult, the youth worker stands in, the social worker may talk with them."""
    support = supported(cast)
    stands_in(support, cast.youth_worker)
    let(support, cast.social_worker)
    return support


def kept_from(support, *members, by):
    """The coordinator says so, and the worker comes by."""
    for member in members:
        exclude(follow_up=FollowUp.objects.get(young_person=support.young_person), by=by, user=member.user)
    overtaken.settle()


def read_by(support, *members):
    """What these read of the support in their notices, done or not."""
    found = Notification.objects.filter(about__in=spoken_of(support.young_person), membership__in=members)
    return {(one.membership, one.code) for one in found}


def question(cast, support):
    asked = asked_to_close(double(support, "counselling", cast.social, cast.association), cast.social_worker)
    return overlaps.answer(proposal=asked, agrees=True, hours=2, by=cast.social_worker)


def test_nothing_stays_with_the_adult_who_stands_in_and_who_could_talk(cast, support):
    opened(support, "call").press("call")
    overlaps.close_overlap(proposal=question(cast, support), by=cast.coordinator)
    members = [cast.nurse, cast.youth_worker, cast.social_worker]
    assert {member for member, _code in read_by(support, *members)} == {*members}
    kept_from(support, *members, by=cast.coordinator)
    assert read_by(support, *members) == set()
    assert not Notification.objects.filter(membership__in=members).exists()


def test_nor_what_they_had_agreed_to_or_what_had_ended_before(cast, support):
    question(cast, support)
    end_talk(permission=support.permissions.get(), by=cast.nurse)
    let(support, cast.social_worker)
    kept_from(support, cast.social_worker, by=cast.coordinator)
    assert read_by(support, cast.social_worker) == set()


def test_nor_a_wish_with_a_coordinator(cast, support):
    opened(support, "change").press("wish")
    assert told(cast.second_coordinator, "own_wish") == 1
    kept_from(support, cast.second_coordinator, by=cast.coordinator)
    assert read_by(support, cast.second_coordinator) == set()
    assert told(cast.coordinator, "own_wish") == 1


def test_nor_with_what_they_do_for_another_agency(cast, support):
    of_school = add_membership(
        user=cast.youth_worker.user, agency=cast.school, role="professional", job_title="", started_on=today()
    )
    Notification.objects.create(
        membership=of_school, code="own_call", kind="waits", link="/", dedupe_key="1", about=support.public_id
    )
    kept_from(support, cast.youth_worker, by=cast.coordinator)
    assert read_by(support, of_school) == set()


def test_others_keep_theirs_and_so_do_they_of_somebody_else(cast, support):
    opened(support, "call").press("call")
    other = supported(cast, adult=cast.youth_worker, young_person=other_person(cast))
    opened(other, "call").press("call")
    kept_from(support, cast.youth_worker, by=cast.coordinator)
    assert told(cast.nurse, "own_call") == 1
    assert read_by(other, cast.youth_worker) == {(cast.youth_worker, "own_call")}


def other_person(cast):
    cast.match(first_name="Eero")
    return FollowUp.objects.latest("pk").young_person


def test_it_goes_in_the_moment_after_and_not_at_the_next_round(
    cast, support, monkeypatch, django_capture_on_commit_callbacks
):
    woken = []
    monkeypatch.setattr(current_app, "send_task", lambda name, **_options: woken.append(name))
    with django_capture_on_commit_callbacks(execute=True):
        exclude(follow_up=FollowUp.objects.get(), by=cast.coordinator, user=cast.youth_worker.user)
    assert "coordination.settle_supports" in woken
