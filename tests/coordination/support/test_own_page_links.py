"""The adult's side of the young person's own page: the link shown once, ended, made anew, and what stays at the end."""

import re

import pytest
from django.test import Client

from coordination.agencies.models import User
from coordination.support.commands.ending import end_support
from coordination.support.commands.own_page import make_link
from coordination.support.models import OwnPage
from tests.cast import sign_in
from tests.coordination.support.own_pages import Phone, linked, opened, page_of
from tests.coordination.support.working import at, supported

pytestmark = pytest.mark.django_db


@pytest.fixture
def support(cast):
    """The nurse is Aino's one adult."""
    return supported(cast)


def test_the_adult_reads_link_and_code_once(cast, support):
    client = sign_in(Client(), cast.nurse)
    made = client.post(at("own_page", support), {"language": "sv"}).content.decode()
    secret = re.search(r"/o/([\w-]{30,})/", made)[1]
    code = re.search(r'class="code">(\d{3} \d{3})<', made)[1]
    assert secret not in client.get(at("own_page", support)).content.decode()
    phone = Phone(secret)
    assert phone.open(code).status_code == 302
    assert page_of(support).language == "sv"
    assert "Opened on" in in_english(client, at("own_page", support))
    client.post(at("end_own_page", support))
    client.post(at("end_own_page", support))
    assert "Your PIN" not in in_english(phone.client, phone.address)
    assert page_of(support).ended_at is not None


def in_english(client, address):
    """The page in English, whatever its reader has chosen."""
    User.objects.update(language="en")
    return client.get(address).content.decode()


def test_a_new_link_ends_the_earlier_one(support):
    phone = opened(support, "adult")
    _page, secret, code = linked(support)
    assert "Niina" not in phone.text
    assert OwnPage.objects.filter(ended_at=None).count() == 1
    assert Phone(secret).open(code).status_code == 302


def test_with_the_support_it_says_whom_to_ring_and_nothing_else(cast, support):
    phone = opened(support, "adult", "looks", "call", "change", "rate", "around", "allowed")
    end_support(support=support, reason="wish", by=cast.coordinator)
    text = phone.text
    assert cast.mikkeli.coordinator_phone in text
    assert "116 111" in text
    assert "Niina" not in text
    assert 'name="do"' not in text
    phone.press("call")
    phone.press("choose", sections=["adult"])
    assert not support.own_requests.exists()
    phone.lock()
    assert "116 111" not in phone.text  # behind the PIN, too


def test_the_next_adult_gives_a_link_of_their_own(cast, support):
    phone = opened(support, "adult")
    end_support(support=support, reason="wish", by=cast.coordinator)
    following = supported(cast, adult=cast.social_worker, young_person=support.young_person, days=0)
    _page, secret, code = make_link(support=following, language="en", by=cast.social_worker)
    assert "116 111" not in phone.text
    later = Phone(secret)
    later.open(code)
    later.press("choose", sections=["adult"])
    assert "Sanna Sosiaali" in later.text
