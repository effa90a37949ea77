"""A question to close a double names the one adult: it is nothing for somebody to whom the adult doesn't show."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coordination.activity.models import Event
from coordination.agencies.rules import NotNow
from coordination.follow_ups.models import FollowUp
from coordination.support.commands import overlaps, overtaken
from coordination.support.commands.ending import close
from coordination.support.commands.rows import held
from coordination.support.queries import overlaps as queries
from tests.acts import begun, say
from tests.cast import sign_in
from tests.coordination.support.overlapping import asked_to_close, double
from tests.coordination.support.talking import let, page_of, told
from tests.coordination.support.working import supported

pytestmark = pytest.mark.django_db


@pytest.fixture
def follow_up(cast):
    """The nurse and the social worker take part in Aino's follow-up, and know each other."""
    follow_up = begun(cast)
    say(follow_up, cast.nurse, cast.social_worker, by=cast.coordinator)
    return follow_up


@pytest.fixture
def support(cast, follow_up):
    return supported(cast, young_person=follow_up.young_person)


@pytest.fixture
def question(cast, support):
    return asked_to_close(double(support, "counselling", cast.social, cast.association), cast.social_worker)


@pytest.fixture
def asked(cast):
    """The browser of whoever is asked."""
    return sign_in(Client(), cast.social_worker)


def address(question, word="overlap"):
    return reverse(f"support:{word}", args=[question.public_id])


@pytest.mark.parametrize("who", ["nurse", "social_worker"])
def test_kept_apart_the_question_opens_no_more_and_is_taken_back(cast, follow_up, question, asked, who):
    name = cast.nurse.user.get_full_name()
    assert name in asked.get(address(question)).content.decode()
    assert address(question) in page_of(cast.social_worker, question.support).content.decode()
    say(follow_up, getattr(cast, who), by=cast.coordinator, apart=True)
    assert asked.get(address(question)).status_code == 404
    assert asked.post(address(question), {"answer": "no"}).status_code == 404
    page = page_of(cast.social_worker, question.support).content.decode()
    assert address(question) not in page
    assert name not in page
    for _twice in range(2):
        overtaken.settle()
    question.refresh_from_db()
    assert question.state == "withdrawn"
    assert (told(cast.social_worker, "overlap_asked"), told(cast.social_worker, "overlap_taken_back")) == (0, 1)


def test_who_may_talk_with_the_adult_knows_them_though_kept_apart(cast, follow_up, support, question, asked):
    let(support, cast.social_worker)
    say(follow_up, cast.social_worker, by=cast.coordinator, apart=True)
    overtaken.settle()
    question.refresh_from_db()
    assert question.state == "proposed"
    assert asked.get(address(question)).status_code == 200


def test_what_they_agreed_to_is_closed_without_them(cast, follow_up, question, asked):
    overlaps.answer(proposal=question, agrees=True, hours=2, by=cast.social_worker)
    say(follow_up, cast.social_worker, by=cast.coordinator, apart=True)
    overtaken.settle()
    assert asked.get(address(question)).status_code == 404
    assert asked.post(address(question, "close_overlap")).status_code == 404
    assert overlaps.close_overlap(proposal=question, by=cast.nurse).state == "closed"
    assert told(cast.social_worker, "overlap_closed") == 0


def test_their_own_timeline_names_nobody_of_it(cast, question):
    overlaps.answer(proposal=question, agrees=True, hours=2, by=cast.social_worker)
    overlaps.close_overlap(proposal=question, by=cast.nurse)
    own = Event.objects.filter(to_membership=cast.social_worker, kind__startswith="overlap")
    assert [one.by for one in own] == [None, None]
    others = Event.objects.filter(kind__startswith="overlap", audience="everyone")
    assert [one.by for one in others] == [cast.nurse, cast.nurse]


def test_what_is_settled_names_nobody_and_has_no_telephone(cast, question, asked):
    cast.nurse.phone = "+358401234567"
    cast.nurse.save()
    name = cast.nurse.user.get_full_name()
    overlaps.answer(proposal=question, agrees=True, hours=2, by=cast.social_worker)
    page = asked.get(address(question)).content.decode()
    assert name in page
    assert "tel:" in page
    overlaps.close_overlap(proposal=question, by=cast.nurse)
    page = asked.get(address(question)).content.decode()
    assert name not in page
    assert "tel:" not in page


def test_of_a_support_that_began_after_their_follow_up_nobody_is_asked(cast, follow_up):
    support = supported(cast, young_person=follow_up.young_person)
    closing = double(support, "counselling", cast.social, cast.association)
    assert [one for one, _words in queries.could_be_asked(closing, cast.nurse)] == [cast.social_worker]
    FollowUp.objects.update(closed_at=follow_up.opened_at, state="closed", outcome="one_adult")
    support.began_at = follow_up.opened_at + timedelta(seconds=1)
    support.save()
    closing.refresh_from_db()
    assert queries.could_be_asked(closing, cast.nurse) == []
    with pytest.raises(NotNow):
        asked_to_close(closing, cast.social_worker)


def test_in_an_ended_support_nothing_is_answered_or_closed(cast, support, question):
    """Its questions end with it; this is for the one that was asked in the same moment."""
    rows = type(question).objects.filter(pk=question.pk)
    close(held(support), reason="moved", by=cast.coordinator, sees_on=False)
    rows.update(state="proposed")
    with pytest.raises(NotNow, match="päättynyt|ended"):
        overlaps.answer(proposal=question, agrees=True, hours=2, by=cast.social_worker)
    rows.update(state="agreed", answered_at=timezone.now())
    with pytest.raises(NotNow, match="päättynyt|ended"):
        overlaps.close_overlap(proposal=question, by=cast.nurse)
