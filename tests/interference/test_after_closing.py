"""Somebody who took part in a follow-up that is closed learns nothing of the next one, which others began."""

import re

import pytest
from django.test import Client

from coordination.follow_ups.commands import close_follow_up, take_up
from coordination.follow_ups.models import FollowUp
from coordination.people.models import Ground
from tests.cast import Cast, sign_in
from tests.flags.matching.acts import say

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    """The nurse took part with Aino; then it was closed, and she can still see her page for some days."""
    cast = Cast()
    first = cast.match()
    take_up(follow_up=first, by=cast.coordinator)
    say(first, first.asked.get(membership=cast.nurse), "yes", by=cast.coordinator)
    first.refresh_from_db()
    close_follow_up(follow_up=first, by=cast.coordinator, outcome="in_touch", version=first.version)
    return cast, first


def seen_by(member, person):
    """What the member's browser shows of the young person, what changes at every reading left out."""
    client = sign_in(Client(), member)
    pages = [
        client.get(path).content.decode() for path in (f"/person/{person.public_id}/", "/people/", "/", "/notices/")
    ]
    # A form's token, and the seconds that are left until the page locks.
    return [re.sub(r'(name="csrfmiddlewaretoken" value="|data-(?:left|ends)=")[^"]+', r"\1", page) for page in pages]


def test_a_new_match_of_others_changes_nothing(story):
    cast, first = story
    person = first.young_person
    before = seen_by(cast.nurse, person)
    last_activity = Ground.objects.get(membership=cast.nurse, kind="participation").last_activity
    cast.flag(cast.social_worker)
    second = FollowUp.objects.exclude(pk=first.pk).get()
    take_up(follow_up=second, by=cast.second_coordinator)
    say(second, second.asked.get(membership=cast.social_worker), "yes", by=cast.second_coordinator)
    assert seen_by(cast.nurse, person) == before
    assert Ground.objects.get(membership=cast.nurse, kind="participation").last_activity == last_activity


def test_who_is_chosen_now_reads_nothing_of_what_was_before(story):
    cast, first = story
    cast.flag(cast.social_worker)
    second = FollowUp.objects.exclude(pk=first.pk).get()
    take_up(follow_up=second, by=cast.second_coordinator)
    say(second, second.asked.get(membership=cast.social_worker), "yes", by=cast.second_coordinator)
    page = sign_in(Client(), cast.social_worker).get(f"/person/{first.young_person.public_id}/")
    assert {row["name"] for row in page.context["network"]} == {"Kalle Etsivä", "Sanna Sosiaali"}
    assert "Kaisa Etsivä" not in page.content.decode()
