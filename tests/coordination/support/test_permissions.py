"""With whom the one adult may talk: by name, about what, until when, and never a moment longer."""

from datetime import timedelta

import pytest
from django.utils import timezone

from config import leaving
from config.pages.queries import person_page
from coordination.clocks.rules import today
from coordination.follow_ups.commands import exclude, refuse_adult
from coordination.follow_ups.models import FollowUp
from coordination.outbox.models import Notification
from coordination.people.drifting import drift
from coordination.support.commands import overtaken
from coordination.support.commands.ending import end_support
from coordination.support.commands.permissions import end_talk, remind_of_ends
from coordination.support.models import Support, TalkPermission
from coordination.support.queries import permissions as queries
from coordination.use_log.models import Look
from tests.acts import say
from tests.cast import Cast
from tests.coordination.support.talking import let, page_of, sees, told
from tests.coordination.support.working import stands_in, supported
from tests.flags.together import together

pytestmark = pytest.mark.django_db


@pytest.fixture
def support(cast):
    """The nurse is Aino's one adult."""
    return supported(cast)


# --- What a permission gives ------------------------------------------------------------------------------------------


def test_the_professional_sees_the_adult_and_their_own_row(cast, support):
    say(FollowUp.objects.get(), cast.teacher, by=cast.coordinator)
    let(support, cast.social_worker)
    page = person_page(support.young_person, cast.social_worker)
    assert [row["name"] for row in page["network"]] == ["Niina Hoitaja", "Sanna Sosiaali"]
    assert page["support"].matters == ["housing", "money"]
    assert not page["contact"].phone
    assert not page["next"]
    assert "work" not in page["support"].matters
    assert told(cast.social_worker, "talk_allowed") == 1


def test_it_is_passed_on_and_said_to_whom_it_concerns(cast, support):
    let(support, cast.social_worker)
    assert Look.objects.latest("pk").passed_on == ["identity", "one_adult"]
    for member in (cast.nurse, cast.coordinator, cast.social_worker):
        lines = person_page(support.young_person, member)["events"]
        assert [line["note"].split(",")[0] for line in lines if "allowed talking" in str(line["text"])] == ["housing"]


def test_whoever_takes_part_reads_nothing_of_it(cast, support):
    say(FollowUp.objects.get(), cast.teacher, by=cast.coordinator)
    before = [row["name"] for row in person_page(support.young_person, cast.teacher)["network"]]
    let(support, cast.social_worker)
    page = person_page(support.young_person, cast.teacher)
    assert [row["name"] for row in page["network"]] == before == ["Niina Hoitaja", "Kaisa Etsivä", "Tiina Opettaja"]
    assert not any("talk" in str(line["text"]) for line in page["events"])


def test_it_ends_with_its_last_day(cast, support, time_machine):
    permission = let(support, cast.social_worker, days=3)
    time_machine.move_to(timezone.now() + timedelta(days=3))
    assert sees(cast.social_worker, support)
    time_machine.shift(timedelta(days=1))
    assert not sees(cast.social_worker, support)
    overtaken.settle()
    permission.refresh_from_db()
    assert permission.ended_at
    assert told(cast.social_worker, "talk_ended") == 1


# --- Taking it back ---------------------------------------------------------------------------------------------------


def test_taken_back_it_ends_the_same_moment(cast, support):
    permission = let(support, cast.social_worker)
    assert page_of(cast.social_worker, support).status_code == 200
    end_talk(permission=permission, by=cast.nurse)
    assert page_of(cast.social_worker, support).status_code == 404
    assert not list(drift())
    end_talk(permission=permission, by=cast.nurse)
    assert (told(cast.social_worker, "talk_allowed"), told(cast.social_worker, "talk_ended")) == (0, 1)


def test_another_permission_and_a_part_stay(cast, support):
    say(FollowUp.objects.get(), cast.teacher, by=cast.coordinator)
    first, _second = let(support, cast.teacher), let(support, cast.social_worker)
    end_talk(permission=first, by=cast.nurse)
    assert sees(cast.teacher, support)
    assert sees(cast.social_worker, support)


def test_all_end_with_the_support(cast, support):
    permission = let(support, cast.social_worker)
    end_support(support=support, reason=Support.EndReason.NOT_NEEDED, by=cast.coordinator)
    permission.refresh_from_db()
    assert permission.ended_at
    assert not sees(cast.social_worker, support)


# --- Saying it again --------------------------------------------------------------------------------------------------


def test_the_same_again_changes_nothing(cast, support):
    assert let(support, cast.social_worker) == let(support, cast.social_worker)
    assert TalkPermission.objects.count() == 1
    assert told(cast.social_worker, "talk_allowed") == 1


def test_what_was_said_before_gives_way(cast, support):
    let(support, cast.social_worker, days=90)
    let(support, cast.social_worker, days=5, matters=["work"])
    (row,) = queries.shown(support, cast.nurse, coordinates=False)
    assert (row["matters"], row["until"]) == (["work"], today() + timedelta(days=5))
    (ground,) = support.young_person.grounds.filter(membership=cast.social_worker, ended_at=None)
    assert ground.until == today() + timedelta(days=5)


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_row_is_open(transactional_db):
    cast = Cast()
    support = supported(cast)
    stands_in(support, cast.youth_worker)
    together(
        lambda: let(support, cast.social_worker),
        lambda: let(support, cast.social_worker, by=cast.youth_worker),
        lambda: let(support, cast.social_worker, days=9, by=cast.coordinator),
    )
    open_rows = TalkPermission.objects.filter(ended_at=None)
    assert len(open_rows) == 1
    (ground,) = support.young_person.grounds.filter(kind="talk", ended_at=None)
    assert (ground.source, ground.until) == (open_rows[0].public_id, open_rows[0].until)
    together(
        lambda: end_talk(permission=open_rows[0], by=cast.nurse),
        lambda: end_talk(permission=open_rows[0], by=cast.coordinator),
    )
    assert not sees(cast.social_worker, support)
    assert not list(drift())


# --- What overtakes it ------------------------------------------------------------------------------------------------


def test_an_exclusion_ends_it_without_a_word(cast, support):
    permission = let(support, cast.social_worker)
    exclude(follow_up=FollowUp.objects.get(), by=cast.coordinator, user=cast.social_worker.user)
    assert page_of(cast.social_worker, support).status_code == 404
    assert not Notification.objects.filter(membership=cast.social_worker).exists()
    assert queries.shown(support, cast.nurse, coordinates=False) == []
    overtaken.settle()
    permission.refresh_from_db()
    assert permission.ended_at
    assert not Notification.objects.filter(membership=cast.social_worker).exists()


def test_a_refusal_ends_it(cast, support):
    follow_up = FollowUp.objects.get()
    say(follow_up, cast.social_worker, by=cast.coordinator, takes_part="no")
    let(support, cast.social_worker)
    adult = follow_up.asked.get(membership=cast.social_worker)
    refuse_adult(follow_up=follow_up, adult=adult, said_by="young_person", by=cast.coordinator)
    assert not sees(cast.social_worker, support)
    assert not list(drift())
    overtaken.settle()
    assert not TalkPermission.objects.filter(ended_at=None).exists()


def test_the_adult_who_must_not_learn_any_more_is_the_adult_no_more(cast, support):
    let(support, cast.social_worker)
    exclude(follow_up=FollowUp.objects.get(), by=cast.coordinator, agency=cast.health)
    assert page_of(cast.nurse, support).status_code == 404
    overtaken.settle()
    support.refresh_from_db()
    assert (support.state, support.end_reason) == ("ended", "wish")
    assert told(cast.coordinator, "without_adult") == 1
    assert not Notification.objects.filter(membership=cast.nurse).exists()
    assert not sees(cast.social_worker, support)
    overtaken.settle()
    assert told(cast.coordinator, "without_adult") == 1


def test_so_does_whoever_stands_in_and_the_adult_stays(cast, support):
    row = stands_in(support, cast.youth_worker)
    exclude(follow_up=FollowUp.objects.get(), by=cast.coordinator, user=cast.youth_worker.user)
    overtaken.settle()
    row.refresh_from_db()
    support.refresh_from_db()
    assert row.ended_at
    assert support.state == "active"
    assert not Notification.objects.filter(membership=cast.youth_worker).exists()


def test_whoever_leaves_their_work_leaves_no_permission(cast, support):
    permission = let(support, cast.social_worker)
    cast.social_worker.ended_on = today()
    cast.social_worker.save()
    assert cast.social_worker in leaving.leavers()
    leaving.settle(leaver=cast.social_worker)
    permission.refresh_from_db()
    assert permission.ended_at
    assert cast.social_worker not in leaving.leavers()


# --- The reminder -----------------------------------------------------------------------------------------------------


def test_the_adult_and_who_stands_in_are_reminded_once(cast, support, time_machine):
    let(support, cast.social_worker, days=30)
    stands_in(support, cast.youth_worker, days=60)
    remind_of_ends()
    assert told(cast.nurse, "talk_ends_soon") == 0
    time_machine.move_to(timezone.now() + timedelta(days=30 - cast.mikkeli.days_before_end_of_permission))
    remind_of_ends()
    remind_of_ends()
    assert told(cast.nurse, "talk_ends_soon") == told(cast.youth_worker, "talk_ends_soon") == 1
    assert told(cast.social_worker, "talk_ends_soon") == 0
    let(support, cast.social_worker, days=200)
    assert told(cast.nurse, "talk_ends_soon") == 0


def test_a_short_permission_needs_no_reminder(cast, support, time_machine):
    let(support, cast.social_worker, days=5)
    time_machine.move_to(timezone.now() + timedelta(days=1))
    remind_of_ends()
    assert told(cast.nurse, "talk_ends_soon") == 0
