"""Who gets in at the young person's own page, and who doesn't: the code guessed, the link forwarded, a second device,
the step back after a lock, a guardian with the phone in hand."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone

from coordination.support import opening
from coordination.support.commands.ending import end_support
from coordination.support.commands.own_page import end_link
from coordination.support.models import OwnPage
from tests.acts import begun
from tests.cast import sign_in
from tests.coordination.support.own_pages import PIN, Phone, linked, opened, page_of, tells_nothing
from tests.coordination.support.working import supported

pytestmark = pytest.mark.django_db


@pytest.fixture
def support(cast):
    """The nurse is Aino's one adult."""
    return supported(cast)


def words(answer):
    """What the page shows, without what differs between any two answers."""
    text = re.sub(r'(csrfmiddlewaretoken" value="|/o/)[^"/]+', "", answer.content.decode())
    return answer.status_code, re.sub(r'value="\d{6}"', "", text)


def wrong(code):
    return f"{(int(code) + 1) % 1_000_000:06}"


@pytest.mark.parametrize("path", ["/o/", "/o/some/thing/", "/o/some/x/", "/o/some/thing/x/"])
def test_whatever_is_typed_below_the_address_names_no_product(client, path):
    answer = client.get(path)
    if path.endswith("/x/"):
        assert "rinnalla" not in answer.headers["Location"]
    else:
        assert answer.status_code == 200
        assert tells_nothing(answer.content.decode())
        assert client.post(path, {"code": "123456", "pin": PIN, "pin_again": PIN}).status_code == 200


# --- The first time -------------------------------------------------------------------------------------------------


def test_the_code_opens_it_once_and_then_the_pin_alone(support):
    page, secret, code = linked(support)
    phone = Phone(secret)
    assert phone.open(f"{code[:3]} {code[3:]}").status_code == 302
    assert "Choose what shows here" in phone.text
    page.refresh_from_db()
    assert page.code_hash is None
    phone.lock()
    assert "Choose what shows here" not in phone.text
    assert phone.unlock("9999").status_code == 200
    assert phone.unlock().status_code == 302
    assert "Choose what shows here" in phone.text


def test_nothing_is_listed_before_it_is_ticked(support):
    phone = opened(support)
    text = phone.text
    assert "Nothing shows here before you choose it." in text
    assert "Niina" not in text
    phone.press("choose", sections=["adult"])
    text = phone.text
    assert "Niina Hoitaja" in text
    assert "Ring me" not in text
    phone.press("choose")
    assert "Niina" not in phone.text


@pytest.mark.parametrize("pin", ["123", "123456789", "1111", "2345", "8765", "12a4", ""])
def test_a_pin_that_anybody_tries_first_is_refused(support, pin):
    _page, secret, code = linked(support)
    phone = Phone(secret)
    assert phone.open(code, pin).status_code == 200
    assert page_of(support).opened_at is None
    assert phone.open(code).status_code == 302


@pytest.mark.parametrize("form", ["%d%m", "%m%d", "%Y", "%d%m%y", "%d%m%Y", "%y%m%d", "code"])
def test_a_pin_that_the_family_knows_is_refused_and_the_code_stays(support, form):
    _page, secret, code = linked(support)
    birth_date = support.young_person.birth_date.replace(day=27, month=5)
    type(support.young_person).objects.update(birth_date=birth_date)
    phone = Phone(secret)
    pin = code if form == "code" else f"{birth_date:{form}}"
    answer = phone.open(code, pin)
    assert answer.status_code == 200
    assert page_of(support).tries == 0
    assert phone.open(code, "4862").status_code == 302


def test_both_pins_must_be_the_same(support):
    _page, secret, code = linked(support)
    phone = Phone(secret)
    answer = phone.client.post(phone.address, {"code": code, "pin": PIN, "pin_again": "4863"})
    assert "The two are not the same" in answer.content.decode()
    assert page_of(support).opened_at is None


def test_a_look_at_the_address_uses_nothing_up(support):
    _page, secret, _code = linked(support)
    before = OwnPage.objects.values().get()
    phone = Phone(secret)
    assert phone.answer.status_code == phone.client.head(phone.address).status_code == 200
    assert OwnPage.objects.values().get() == before


# --- Guessed, forwarded, on a second device -------------------------------------------------------------------------


def test_six_wrong_codes_end_it_for_the_right_one_too(support):
    _page, secret, code = linked(support)
    phone = Phone(secret)
    for _try in range(6):
        assert phone.open(wrong(code)).status_code == 200
    assert phone.open(code).status_code == 200
    assert page_of(support).opened_at is None
    assert page_of(support).ended_at is not None


def test_six_wrong_pins_end_it_and_the_adult_gives_a_new_link(support):
    phone = opened(support, "adult")
    phone.lock()
    for _try in range(6):
        phone.unlock("9731")
    assert phone.unlock().status_code == 200
    assert "Niina" not in phone.text
    _page, secret, code = linked(support)
    again = Phone(secret)
    assert again.open(code).status_code == 302
    assert "Nothing shows here before you choose it." in again.text


def test_whoever_typed_wrong_pins_before_is_told_of_once(support):
    phone = opened(support)
    phone.lock()
    for _try in range(3):
        phone.unlock("9731")
    phone.unlock()
    assert "typed 3 times before you" in phone.text
    assert "wrong PIN" not in phone.text


def test_whatever_is_wrong_the_answer_is_one(support):
    _page, secret, code = linked(support)
    nothing, first_page = words(Phone("no-such").open(code)), words(Phone("no-such").answer)

    def same(secret):
        assert words(Phone(secret).answer) == first_page
        assert words(Phone(secret).open(code)) == nothing

    assert words(Phone(secret).answer) == first_page
    assert words(Phone(secret).open(wrong(code)))[0] == 200
    assert words(Phone(secret).press("call")) == first_page
    phone = Phone(secret)
    assert phone.open(code).status_code == 302
    same(secret)  # forwarded, with the code that is dead
    end_link(support=support)
    same(secret)
    assert words(phone.answer) == first_page
    page, secret, code = linked(support)
    with time_machine.travel(page.code_until + timedelta(minutes=1)):
        same(secret)
    end_support(support=support, reason="wish", by=support.named_by)
    same(secret)


def test_a_forwarded_link_opens_nowhere_else_and_shuts_nobody_out(support):
    page, secret, code = linked(support)
    phone = Phone(secret)
    phone.open(code)
    other = Phone(secret)
    for _try in range(7):
        other.open(code)
        other.unlock()
    assert "Choose what shows here" not in other.text
    phone.lock()
    assert phone.unlock().status_code == 302
    page.refresh_from_db()
    assert (page.tries, page.ended_at) == (0, None)


def test_a_device_or_an_open_page_can_not_be_made_up(cast, support):
    phone = opened(support, "adult")
    other = Client()
    other.cookies["own_device"] = "made-up"
    other.cookies["own_open"] = phone.client.cookies["own_open"].value
    assert "Niina" not in other.get(phone.address).content.decode()
    # The open page of one young person opens no other's.
    second = supported(cast, young_person=begun(cast, first_name="Veikko", last_name="Toinen").young_person)
    second_phone = opened(second, "adult")
    second_phone.lock()
    second_phone.client.cookies["own_open"] = phone.client.cookies["own_open"].value
    assert "Your PIN" in second_phone.text


# --- Left alone, locked, in a guardian's hand -----------------------------------------------------------------------


def test_after_five_minutes_the_pin_is_asked_for_and_what_was_pressed_is_not_done(support):
    phone = opened(support, "adult", "call")
    assert "Niina" in phone.text
    later = timezone.now() + timedelta(seconds=opening.IDLE + 1)
    with time_machine.travel(later, tick=False):
        assert phone.press("call").status_code == 302
        assert "Your PIN" in phone.text
        assert "Niina" not in phone.text
        assert not support.own_requests.exists()
        phone.unlock()
        assert "Niina" in phone.text


def test_each_request_keeps_it_open(support):
    phone = opened(support, "adult")
    begun = timezone.now()
    for minutes in (4, 8, 12):
        with time_machine.travel(begun + timedelta(minutes=minutes), tick=False):
            assert "Niina" in phone.text


def test_the_step_back_after_leaving_shows_nothing(support):
    phone = opened(support, "adult")
    answer = phone.answer
    assert "no-store" in answer.headers["Cache-Control"]
    assert int(answer.headers["Refresh"]) > opening.IDLE
    left = phone.lock()
    assert (left.status_code, left.headers["Location"]) == (302, "https://www.ilmatieteenlaitos.fi/")
    assert "no-store" in left.headers["Cache-Control"]
    assert "Niina" not in phone.text


def test_a_guardian_with_the_phone_reads_nothing_and_not_even_what_it_is(support):
    phone = opened(support, "adult", "looks")
    phone.lock()
    text = phone.text
    assert "<title>My page</title>" in text
    assert tells_nothing(text)
    assert tells_nothing(phone.unlock("0852").content.decode())
    assert tells_nothing(Phone("no-such").text)


def test_title_and_address_stay_neutral_when_it_is_open(support):
    phone = opened(support, "adult", "around", "allowed", "looks", "call", "change", "rate")
    answer = phone.answer
    assert "<title>My page</title>" in answer.content.decode()
    assert "Rinnalla" not in answer.content.decode().replace("css/rinnalla.css", "")
    # Everything is asked for under the one address.
    actions = set(re.findall(r'action="([^"]+)"', answer.content.decode()))
    assert actions <= {"/language/"}
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert 'id="leave"' in answer.content.decode()


def test_cookies_are_out_of_reach_of_scripts_and_of_other_pages(support):
    phone = opened(support)
    for name in ("own_device", "own_open"):
        cookie = phone.client.cookies[name]
        assert (cookie["httponly"], cookie["path"]) == (True, "/o/")


def test_a_professional_who_is_signed_in_gets_no_further(cast, support):
    _page, secret, _code = linked(support)
    for member in (cast.nurse, cast.coordinator):
        text = sign_in(Client(), member).get(f"/o/{secret}/").content.decode()
        assert "Aino" not in text
        assert "site-header" not in text


def test_nothing_that_opens_it_can_be_read_from_the_database(support):
    _page, secret, code = linked(support)
    phone = Phone(secret)
    phone.open(code)
    with connection.cursor() as cursor:
        cursor.execute("SELECT coordination_ownpage::text FROM coordination_ownpage")
        row = cursor.fetchone()[0]
        cursor.execute("SELECT string_agg(auditlog_logentry::text, ' ') FROM auditlog_logentry")
        history = cursor.fetchone()[0]
    for found in (row, history):
        assert secret not in found
        assert code not in found
        assert "pin" not in re.sub(r"opin|spin", "", history)
