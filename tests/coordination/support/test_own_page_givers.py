"""A link to the own page ends with whoever gave it; and what an adult reads and leaves who opens one themselves."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from coordination.activity.models import Event
from coordination.outbox.models import Mail
from coordination.people.access import end_grounds
from coordination.people.commands import exclude
from coordination.support.commands import overtaken
from coordination.support.commands.ending import end_support
from coordination.support.commands.leaving import leave_supports
from coordination.support.commands.own_page import end_link, handle
from coordination.support.commands.substitutes import end_by_date, end_substitute
from coordination.support.models import OwnPage, OwnRequest
from tests.cast import sign_in
from tests.coordination.support.own_pages import Phone, linked, opened, page_of
from tests.coordination.support.talking import told
from tests.coordination.support.working import at, see, stands_in, supported

pytestmark = pytest.mark.django_db
LOST = "because the one who gave the link no longer works with them"


@pytest.fixture
def support(cast):
    """The nurse is Aino's one adult; everybody reads in English."""
    for member in (cast.nurse, cast.coordinator, cast.social_worker):
        member.user.language = "en"
        member.user.save(update_fields=["language"])
    return supported(cast)


def read_by(member, support):
    """The page that a member reads: the coordinators' or the adult's."""
    word = "overview" if member.is_coordinator else "support"
    return sign_in(Client(), member).get(at(word, support)).content.decode()


def timeline_of(member, support):
    return sign_in(Client(), member).get(f"/person/{support.young_person.public_id}/").content.decode()


# --- The adult opens it themselves ----------------------------------------------------------------------------------


def taken_over(support):
    """The adult makes a new link and opens it."""
    _page, secret, code = linked(support)
    mine = Phone(secret)
    assert mine.open(code, "9173").status_code == 302
    return mine


def test_a_new_page_takes_neither_ticks_nor_a_wish_along(support):
    phone = opened(support, "change", "looks", "allowed")
    phone.press("wish")
    assert "You said so" in phone.text
    mine = taken_over(support)
    assert page_of(support).sections == []
    mine.press("choose", sections=["change"])
    text = mine.text
    assert "You said so" not in text
    assert "I would like another adult" in text


def test_pressing_there_answers_as_if_none_waited(cast, support):
    opened(support, "change").press("wish")
    assert told(cast.coordinator, "own_wish") == 1
    mine = taken_over(support)
    mine.press("choose", sections=["change"])
    mine.press("wish")
    # So it would answer without the young person's wish, too.
    assert "You said so" in mine.text
    assert page_of(support).wished_at > OwnRequest.objects.get().at
    assert told(cast.coordinator, "own_wish") == 1


def test_once_it_was_talked_over_no_page_says_that_it_waits(cast, support):
    phone = opened(support, "change")
    phone.press("wish")
    handle(request=OwnRequest.objects.get(), by=cast.coordinator)
    assert "I would like another adult" in phone.text
    assert not OwnPage.objects.exclude(wished_at=None).exists()


def test_coordinators_read_that_it_was_made_and_replaced_and_the_adult_does_not(cast, support):
    opened(support, "adult", by=cast.nurse)
    taken_over(support)
    end_link(support=support, by=cast.nurse)
    kinds = ["own_page_made", "own_page_ended"]
    events = Event.objects.filter(kind__in=kinds).order_by("pk")
    assert [one.kind for one in events] == [kinds[0], kinds[1], kinds[0], kinds[1]]
    assert {(one.by, one.audience, str(one.data)) for one in events} == {(cast.nurse, "coordinators", "{}")}
    words = "A link to the young person&#x27;s own page was made"
    assert timeline_of(cast.coordinator, support).count(words) == 2
    assert words not in timeline_of(cast.nurse, support)
    assert not Mail.objects.filter(user=cast.coordinator.user, kind="immediate").exists()


def test_a_page_that_wrong_pins_ended_is_told_and_a_link_never_opened_is_not(support):
    linked(support)
    end_link(support=support)
    assert not Event.objects.filter(kind="own_page_ended").exists()
    phone = opened(support)
    phone.lock()
    for _try in range(6):
        phone.unlock("9731")
    assert Event.objects.get(kind="own_page_ended").by is None


# --- Whoever gave it works there no more ----------------------------------------------------------------------------


def test_a_substitutes_page_ends_with_the_standing_in(cast, support):
    substitution = stands_in(support, cast.social_worker)
    mine = opened(support, "adult", "allowed", by=cast.social_worker)
    assert "Niina" in mine.text
    end_substitute(substitution=substitution)
    assert "Niina" not in mine.text
    assert page_of(support).ended_at is not None
    assert LOST in read_by(cast.nurse, support)
    linked(support)
    assert LOST not in read_by(cast.nurse, support)


def test_so_does_a_code_that_waits_and_the_adults_page_stays(cast, support):
    substitution = stands_in(support, cast.social_worker)
    _page, secret, code = linked(support, by=cast.social_worker)
    end_substitute(substitution=substitution)
    assert Phone(secret).open(code).status_code == 200
    assert page_of(support).opened_at is None
    again = stands_in(support, cast.social_worker)
    phone = opened(support, "adult")
    end_substitute(substitution=again)
    assert "Niina" in phone.text
    assert LOST not in read_by(cast.nurse, support)


def test_on_the_day_after_the_last_it_opens_no_more_before_any_task_ran(cast, support):
    substitution = stands_in(support, cast.social_worker)
    mine = opened(support, "adult", by=cast.social_worker)
    yesterday = timezone.localdate() - timedelta(days=1)
    support.young_person.grounds.filter(membership=cast.social_worker).update(until=yesterday)
    type(substitution).objects.update(until=yesterday)
    assert "Niina" not in mine.text
    assert page_of(support).ended_at is None
    end_by_date()
    assert page_of(support).ended_at is not None


def test_an_exclusion_ends_it_at_once(cast, support):
    stands_in(support, cast.social_worker)
    mine = opened(support, "adult", by=cast.social_worker)
    exclude(young_person=support.young_person, by=cast.coordinator, user=cast.social_worker.user)
    assert "Niina" not in mine.text
    assert mine.press("call").status_code == 200
    assert not OwnRequest.objects.exists()
    overtaken.settle()
    assert page_of(support).ended_at is not None


def test_what_only_the_task_finds_is_ended_by_it(cast, support):
    """Sight that another step ended, with no row of a standing in that could tell."""
    see(support, "support", cast.social_worker)
    opened(support, "adult", by=cast.social_worker)
    end_grounds(young_person=support.young_person, source=support.public_id, membership=cast.social_worker)
    overtaken.settle()
    overtaken.settle()
    assert page_of(support).ended_at is not None
    assert Event.objects.filter(kind="own_page_ended").count() == 1


def test_an_adult_who_was_excluded_leaves_a_page_that_says_whom_to_ring(cast, support):
    phone = opened(support, "adult")
    exclude(young_person=support.young_person, by=cast.coordinator, user=cast.nurse.user)
    assert "Niina" not in phone.text
    overtaken.settle()
    text = phone.text
    assert "116 111" in text
    assert "Niina" not in text


@pytest.mark.parametrize("settled", [True, False])
def test_an_adult_who_left_while_somebody_stands_in(cast, support, settled):
    stands_in(support, cast.social_worker)
    phone = opened(support, "adult")
    cast.nurse.ended_on = timezone.localdate() - timedelta(days=1)
    cast.nurse.save()
    if settled:
        leave_supports(leaver=cast.nurse)
        assert page_of(support).ended_at is not None
    assert not re.search("Niina|Sanna", phone.text)
    assert LOST in read_by(cast.social_worker, support)
    assert LOST in read_by(cast.coordinator, support)


def test_the_page_of_a_support_that_ended_says_whom_to_ring_whoever_gave_it(cast, support):
    stands_in(support, cast.social_worker)
    mine = opened(support, "adult", by=cast.social_worker)
    end_support(support=support, reason="wish", by=cast.coordinator)
    overtaken.settle()
    assert "116 111" in mine.text
    assert "Niina" not in mine.text
