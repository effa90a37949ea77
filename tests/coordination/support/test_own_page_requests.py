"""What the young person asks for on their own page: it acts at once, somebody rings, the adult learns of no wish."""

import re

import pytest
from django.test import Client

from coordination.activity.models import Event
from coordination.agencies.rules import NotNow
from coordination.outbox.models import Notification
from coordination.people.models import YoungPerson
from coordination.support.commands import own_page as commands
from coordination.support.commands.ending import end_support
from coordination.support.models import OwnRequest, Rating
from coordination.support.queries import own_page as queries
from tests.acts import begun
from tests.cast import ROLES, sign_in
from tests.coordination.support.own_pages import linked, opened, page_of
from tests.coordination.support.talking import let, sees, told
from tests.coordination.support.talking import page_of as person_page_of
from tests.coordination.support.working import at, see, stands_in, supported

pytestmark = pytest.mark.django_db


@pytest.fixture
def support(cast):
    """The nurse is Aino's one adult; everybody reads in English."""
    for member in (cast.nurse, cast.coordinator, cast.social_worker, cast.second_coordinator):
        member.user.language = "en"
        member.user.save(update_fields=["language"])
    return supported(cast)


def signed(member):
    return sign_in(Client(), member)


def led_by(support, adult):
    """The support with another adult, who sees the young person because of it."""
    support.adult = adult
    support.save()
    see(support, "support", adult)
    return support


def text_of(client, path):
    """The page without the ids of its forms and the seconds of its lock."""
    text = client.get(path).content.decode()
    return re.sub(r'(csrfmiddlewaretoken" value="|data-(?:left|ends)=")[^"]+', "", text)


# --- A permission ---------------------------------------------------------------------------------------------------


def test_taking_back_acts_at_once_and_asks_the_adult_to_ring(cast, support):
    permission = let(support, cast.social_worker)
    phone = opened(support, "allowed")
    assert sees(cast.social_worker, support)
    answer = phone.press("take_back", permission=str(permission.public_id))
    assert answer.status_code == 302
    assert not sees(cast.social_worker, support)
    assert person_page_of(cast.social_worker, support).status_code == 404
    text = phone.text
    assert "It has ended" in text
    assert "Sanna" not in text
    assert told(cast.nurse, "own_taken_back") == 1
    assert told(cast.social_worker, "talk_ended") == 1
    desk = signed(cast.nurse).get("/").content.decode()
    assert "took a permission back: ring" in desk
    page = signed(cast.nurse).get(at("support", support)).content.decode()
    assert "I have rung" in page


def test_the_timeline_says_that_it_was_the_young_person(cast, support):
    permission = let(support, cast.social_worker)
    opened(support, "allowed").press("take_back", permission=str(permission.public_id))
    page = f"/person/{support.young_person.public_id}/"
    for member in (cast.nurse, cast.coordinator):
        assert "by the young person, on their own page" in signed(member).get(page).content.decode()
    to_them = Event.objects.get(kind=Event.Kind.TALK_ENDED, to_membership=cast.social_worker)
    assert to_them.data == {}


def test_what_is_taken_back_again_or_is_nobody_s_changes_nothing(cast, support):
    permission = let(support, cast.social_worker)
    foreign = let(
        supported(cast, young_person=begun(cast, first_name="Veikko", last_name="Toinen").young_person),
        cast.social_worker,
    )
    phone = opened(support, "allowed")
    for sent in (str(foreign.public_id), "no-id", "", str(permission.public_id), str(permission.public_id)):
        assert phone.press("take_back", permission=sent).status_code == 302
    foreign.refresh_from_db()
    assert foreign.ended_at is None
    assert OwnRequest.objects.count() == 1


# --- A call ---------------------------------------------------------------------------------------------------------


def test_a_call_is_asked_for_once_and_done_by_the_adult(cast, support):
    phone = opened(support, "call")
    for _press in range(2):
        phone.press("call")
    request = OwnRequest.objects.get()
    assert "You asked for a call" in phone.text
    assert told(cast.nurse, "own_call") == 1
    assert told(cast.coordinator, "own_call") == 0
    assert "asks to be rung" in signed(cast.nurse).get("/").content.decode()
    done = at("handle_request", support, request_id=request.public_id)
    assert signed(cast.coordinator).post(done).status_code == 404
    for _press in range(2):
        assert signed(cast.nurse).post(done).status_code == 302
    request.refresh_from_db()
    assert (request.handled_by, told(cast.nurse, "own_call")) == (cast.nurse, 0)
    assert "Ask my adult to ring me" in phone.text
    assert "asks to be rung" not in signed(cast.nurse).get("/").content.decode()


def test_who_stands_in_is_asked_too(cast, support):
    stands_in(support, cast.social_worker)
    opened(support, "call").press("call")
    assert told(cast.nurse, "own_call") == told(cast.social_worker, "own_call") == 1
    done = at("handle_request", support, request_id=OwnRequest.objects.get().public_id)
    assert signed(cast.social_worker).post(done).status_code == 302


# --- Another adult --------------------------------------------------------------------------------------------------


def test_a_wish_for_another_adult_reaches_the_coordinators_and_never_the_adult(cast, support):
    stands_in(support, cast.social_worker)
    phone = opened(support, "change", "call")
    paths = ["/", "/notices/", at("support", support), f"/person/{support.young_person.public_id}/"]
    paths += [at("own_page", support), "/people/"]
    readers = [signed(cast.nurse), signed(cast.social_worker)]
    before = [[text_of(reader, path) for path in paths] for reader in readers]
    phone.press("wish")
    phone.press("wish")
    assert [[text_of(reader, path) for path in paths] for reader in readers] == before
    assert told(cast.coordinator, "own_wish") == told(cast.second_coordinator, "own_wish") == 1
    assert not Notification.objects.filter(code="own_wish", membership__in=[cast.nurse, cast.social_worker]).exists()
    wish = OwnRequest.objects.get()
    done = at("handle_request", support, request_id=wish.public_id)
    for reader in readers:
        assert reader.post(done).status_code == 404
    coordinator = signed(cast.coordinator)
    assert "Wish for another adult" in coordinator.get("/").content.decode()
    assert "We have talked it over" in coordinator.get(at("overview", support)).content.decode()
    assert coordinator.post(done).status_code == 302
    assert "Wish for another adult" not in coordinator.get("/").content.decode()
    assert "I would like another adult" in phone.text


def test_an_adult_who_coordinates_is_left_out_while_others_do(cast, support):
    both = cast.member("Kirsi", "Molempi", cast.outreach, role=ROLES.COORDINATOR, language="en")
    support = led_by(support, both)
    phone = opened(support, "change")
    assert "Your adult is not told." in phone.text
    phone.press("wish")
    assert told(cast.coordinator, "own_wish") == 1
    assert told(both, "own_wish") == 0
    assert "Wish for another adult" not in signed(both).get("/").content.decode()
    assert "We have talked it over" not in signed(both).get(at("overview", support)).content.decode()
    done = at("handle_request", support, request_id=OwnRequest.objects.get().public_id)
    assert signed(both).post(done).status_code == 404


def test_where_nobody_else_coordinates_the_young_person_is_told_so_first(cast, support):
    cast.second_coordinator.user.is_active = False
    cast.second_coordinator.user.save()
    support = led_by(support, cast.coordinator)
    phone = opened(support, "change")
    assert "this reaches them too" in phone.text
    phone.press("wish")
    assert [one.support for one in queries.asked_of_coordinator(cast.coordinator)[0]] == [support]
    assert told(cast.coordinator, "own_wish") == 1


# --- How it has gone ------------------------------------------------------------------------------------------------


def test_a_rating_is_kept_and_never_shown_to_the_adult(cast, support):
    phone = opened(support, "rate")
    paths = ["/", at("support", support), f"/person/{support.young_person.public_id}/"]
    before = [text_of(signed(cast.nurse), path) for path in paths]
    assert phone.press("rate", stars="2").status_code == 302
    assert "Thank you" in phone.text
    assert Rating.objects.get().stars == 2
    assert [text_of(signed(cast.nurse), path) for path in paths] == before


@pytest.mark.parametrize("stars", ["0", "6", "x", ""])
def test_a_rating_beyond_the_stars_is_refused(support, stars):
    phone = opened(support, "rate")
    assert phone.press("rate", stars=stars).status_code == 200
    assert not Rating.objects.exists()


@pytest.mark.parametrize("do", ["", "nothing", "choose", "take_back"])
def test_a_forged_press_does_no_harm(support, do):
    phone = opened(support, "adult")
    assert phone.press(do, sections=["adult", "everything"]).status_code < 500
    assert page_of(support).sections == ["adult"]


# --- The end, doubles, erasing --------------------------------------------------------------------------------------


def test_what_was_asked_for_waits_no_more_once_the_support_has_ended(cast, support):
    phone = opened(support, "call", "change")
    phone.press("call")
    phone.press("wish")
    end_support(support=support, reason="not_needed", by=cast.coordinator)
    assert not OwnRequest.objects.filter(handled_at=None).exists()
    assert told(cast.nurse, "own_call") == told(cast.coordinator, "own_wish") == 0
    with pytest.raises(NotNow):
        commands.ask(page=page_of(support), kind="call_me")


def test_after_an_end_of_the_link_nothing_can_be_asked_for(support):
    page, _secret, _code = linked(support)
    commands.end_link(support=support)
    with pytest.raises(NotNow):
        commands.ask(page=page, kind="call_me")


def test_whoever_asked_to_be_erased_has_no_page_any_more(cast, support):
    phone = opened(support, "adult")
    YoungPerson.objects.update(erase_asked_at=support.named_at)
    assert "Niina" not in phone.text
