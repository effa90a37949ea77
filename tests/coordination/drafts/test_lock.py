"""P11: idle for 20 minutes a session is locked, not signed out; after ten hours it ends, whatever is done."""

from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.urls import reverse

from coordination.drafts.models import Draft
from coordination.drafts.queries import drafts_of
from tests.cast import PASSWORD
from tests.coordination.drafts.conftest import UNLOCK, unlock

DESK = "/"
PULSE = "/drafts/pulse/"


def is_open(client, path=DESK):
    """Whether the page itself is shown."""
    return client.get(path).status_code == 200


@pytest.mark.parametrize(
    ("idle", "shown"), [({"minutes": 19, "seconds": 59}, True), ({"minutes": 20, "seconds": 1}, False)]
)
def test_idle_for_twenty_minutes_locks(cast, enter, clock, idle, shown):
    client = enter(cast.teacher)
    assert is_open(client)
    clock.shift(timedelta(**idle))
    assert is_open(client) is shown


def test_each_page_begins_the_twenty_minutes_anew(cast, enter, clock):
    client = enter(cast.teacher)
    for _ in range(5):
        clock.shift(timedelta(minutes=19))
        assert is_open(client)


def test_the_limit_is_a_setting(cast, enter, clock, settings):
    settings.LOCK_AFTER_MINUTES = 5
    client = enter(cast.teacher)
    clock.shift(timedelta(minutes=6))
    assert not is_open(client)


def test_locked_is_not_signed_out(cast, enter, clock):
    client = enter(cast.teacher)
    clock.shift(timedelta(minutes=21))
    answer = client.get("/flags/mine/?page=2")
    assert answer.status_code == 302
    assert unquote(answer.url) == f"{UNLOCK}?next=/flags/mine/?page=2"
    page = client.get(answer.url).content.decode()
    assert cast.teacher.user.get_full_name() in page
    assert 'class="nav"' not in page
    assert unlock(client, answer).url == "/flags/mine/?page=2"
    assert is_open(client)


def test_the_wrong_password_unlocks_nothing_and_few_tries_are_let_through(cast, enter, clock):
    client = enter(cast.teacher)
    clock.shift(timedelta(minutes=21))
    answer = client.get(DESK)
    for _ in range(6):
        assert unlock(client, answer, "väärä").status_code in (200, 429)
        assert not is_open(client)
    assert unlock(client, answer).status_code in (200, 429)
    assert not is_open(client)
    clock.shift(timedelta(minutes=6))
    assert unlock(client, answer).status_code == 302
    assert is_open(client)


@pytest.mark.parametrize(
    "forged", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_unlocking_leads_nowhere_else(cast, enter, clock, forged):
    client = enter(cast.teacher)
    clock.shift(timedelta(minutes=21))
    assert client.get(UNLOCK, {"next": forged}).status_code == 200
    answer = client.post(UNLOCK, {"password": PASSWORD, "next": forged})
    assert answer.url == "/"


def test_signing_out_and_the_language_stay_within_reach(cast, enter, clock):
    client = enter(cast.teacher)
    clock.shift(timedelta(minutes=21))
    assert client.post("/language/", {"language": "sv", "next": UNLOCK}).status_code == 302
    assert not is_open(client)
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session


def test_a_locked_session_is_kept_by_no_browser(cast, enter, clock):
    client = enter(cast.teacher)
    assert client.get(DESK).headers["Cache-Control"] == "no-store"
    clock.shift(timedelta(minutes=21))
    assert client.get(DESK).headers["Cache-Control"] == "no-store"
    assert client.get(UNLOCK).headers["Cache-Control"] == "no-store"


# --- Locked by hand, and the page's script --------------------------------------------------------------------------


def test_locked_by_hand_at_once(cast, enter, clock):
    client = enter(cast.teacher)
    clock.shift(timedelta(seconds=5))
    answer = client.post("/drafts/lock/", headers={"Referer": "http://testserver/flags/mine/"})
    assert unquote(answer.url) == f"{UNLOCK}?next=/flags/mine/"
    assert not is_open(client)
    clock.shift(timedelta(seconds=5))
    assert unlock(client, answer).url == "/flags/mine/"
    assert is_open(client)


def test_asking_how_long_prolongs_nothing(cast, enter, clock):
    client = enter(cast.teacher)
    client.get(DESK)
    for minutes in range(1, 20):
        clock.shift(timedelta(minutes=1))
        answer = client.post(PULSE, {"idle": minutes * 60}).json()
        assert answer["left"] == (20 - minutes) * 60
    clock.shift(timedelta(minutes=1, seconds=1))
    assert client.post(PULSE, {"idle": 0}).json()["left"] == 0
    assert not is_open(client)


def test_typing_counts_from_when_somebody_typed(cast, enter, clock):
    client = enter(cast.teacher)
    client.get(DESK)
    clock.shift(timedelta(minutes=15))
    assert client.post(PULSE, {"idle": 60}).json()["left"] == 19 * 60
    clock.shift(timedelta(minutes=18))
    assert is_open(client)


@pytest.mark.parametrize("idle", ["-1", "x", "", "9" * 40])
def test_a_forged_report_changes_nothing(cast, enter, clock, idle):
    client = enter(cast.teacher)
    client.get(DESK)
    clock.shift(timedelta(minutes=10))
    assert client.post(PULSE, {"idle": idle}).json()["left"] == 600


def test_a_locked_page_can_still_hand_over_what_was_typed(cast, enter, clock):
    client = enter(cast.teacher)
    clock.shift(timedelta(minutes=21))
    typed = {"page": "/flags/new/", "action": "/flags/new/", "typed": "first_name=Aino"}
    answer = client.post("/drafts/lock/", typed, headers={"Accept": "application/json"})
    assert unquote(answer.json()["unlock"]) == f"{UNLOCK}?next=/drafts/{Draft.objects.get().public_id}/"
    assert not is_open(client)


@pytest.mark.parametrize(
    "forged",
    ["//evil.example/", "https://evil.example/", "/no/such/page/", "/account/password/change/", "/\\evil", "["],
)
def test_what_is_typed_elsewhere_is_not_kept(cast, enter, forged):
    client = enter(cast.teacher)
    for fields in ({"page": forged, "action": "/flags/new/"}, {"page": "/flags/new/", "action": forged}):
        answer = client.post("/drafts/lock/", fields | {"typed": "a=b"}, headers={"Accept": "application/json"})
        assert "evil" not in answer.json()["unlock"]
    assert not Draft.objects.exists()


# --- Ten hours ------------------------------------------------------------------------------------------------------


def test_ten_hours_after_signing_in_it_is_over_whatever_is_done(cast, enter, clock):
    client = enter(cast.teacher)
    for _ in range(39):
        clock.shift(timedelta(minutes=15))
        assert is_open(client)
    clock.shift(timedelta(minutes=14))
    assert is_open(client)
    clock.shift(timedelta(minutes=2))
    answer = client.get("/flags/mine/")
    assert unquote(answer.url) == "/account/login/?next=/flags/mine/"
    assert "_auth_user_id" not in client.session
    assert "so long that you need to sign in again" in client.get(answer.url).content.decode()


def test_unlocking_does_not_begin_the_ten_hours_anew(cast, enter, clock):
    client = enter(cast.teacher)
    clock.shift(timedelta(hours=9, minutes=55))
    assert unlock(client, client.get(DESK)).status_code == 302
    assert is_open(client)
    clock.shift(timedelta(minutes=6))
    assert client.get(DESK).url.startswith("/account/login/")


def test_what_was_typed_outlives_the_session(cast, enter, clock):
    client = enter(cast.teacher)
    clock.shift(timedelta(hours=10, minutes=1))
    answer = client.post("/flags/new/", {"first_name": "Aino"}, headers={"Referer": "http://testserver/flags/new/"})
    assert unquote(answer.url).startswith("/account/login/?next=/drafts/")
    assert "kept for you" in client.get(answer.url).content.decode()
    draft = drafts_of(cast.teacher.user).get()
    following = f"/drafts/{draft.public_id}/"
    back = client.post("/account/login/", {"login": cast.teacher.user.email, "password": PASSWORD, "next": following})
    assert back.url == following
    assert client.get(following).url == "/flags/new/"
    assert 'value="Aino"' in client.get("/flags/new/").content.decode()


def test_the_desk_offers_what_was_typed(cast, enter, clock):
    client = enter(cast.teacher)
    clock.shift(timedelta(hours=10, minutes=1))
    client.post("/flags/new/", {"first_name": "Aino"})
    again = enter(cast.teacher)
    desk = again.get(DESK).content.decode()
    draft = Draft.objects.get()
    assert f"/drafts/{draft.public_id}/" in desk
    assert "Aino" not in desk
    assert f"/drafts/{draft.public_id}/" not in enter(cast.nurse).get(DESK).content.decode()
    assert again.post(f"/drafts/{draft.public_id}/throw-away/?to=desk").url == "/"
    assert not Draft.objects.exists()
