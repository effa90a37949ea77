"""Own sessions: a list, ending the others; and what ends a user's sessions without asking them (P11)."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.urls import reverse

from coordination.agencies.models import Membership, User
from coordination.staffing import commands
from coordination.tasks import forget_sessions
from coordination.templatetags.sessions import browser

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile Safari/604.1"
SESSIONS = "/account/sessions/"


def is_in(client):
    return client.get("/").status_code == 200


def test_each_session_is_listed_and_this_one_marked(cast, enter):
    office, phone = (
        enter(cast.nurse, headers={"user-agent": FIREFOX}),
        enter(cast.nurse, headers={"user-agent": IPHONE}),
    )
    enter(cast.teacher)
    page = phone.get(SESSIONS).content.decode()
    assert "Firefox, Windows" in page
    assert "Safari, iPhone" in page
    assert page.count("from 127.0.0.1") == 2
    assert page.index("Safari, iPhone") < page.index("this one")
    assert is_in(office)


def test_the_others_are_ended(cast, enter):
    office, phone, other = enter(cast.nurse), enter(cast.nurse), enter(cast.teacher)
    assert phone.post(SESSIONS).url == SESSIONS
    assert [is_in(client) for client in (office, phone, other)] == [False, True, True]
    assert "nowhere else" in phone.get(SESSIONS).content.decode()


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (FIREFOX, "Firefox, Windows"),
        (IPHONE, "Safari, iPhone"),
        ("curl/8", "a browser"),
        ("", "a browser"),
        (None, "a browser"),
    ],
)
def test_browsers_in_short(said, shown):
    assert browser(said) == shown


def test_a_disabled_user_s_sessions_stay_ended(cast, enter):
    client = enter(cast.nurse)
    commands.disable_user(user=cast.nurse.user, by=cast.administrator)
    assert not is_in(client)
    user = User.objects.get(pk=cast.nurse.user_id)
    user.is_active = True
    commands.save_user(user=user, by=cast.administrator)
    assert not is_in(client)
    assert is_in(enter(cast.nurse))


def test_a_changed_role_ends_all_sessions_of_its_user(cast, enter):
    client, other = enter(cast.nurse), enter(cast.teacher)
    cast.nurse.role = Membership.Role.COORDINATOR
    commands.save_membership(membership=cast.nurse, by=cast.administrator)
    assert [is_in(client), is_in(other)] == [False, True]


def test_an_ended_membership_ends_them_too(cast, enter):
    client = enter(cast.nurse)
    commands.end_membership(membership=cast.nurse, by=cast.administrator)
    assert client.get("/account/password/change/").url.startswith("/account/login/")


def test_a_changed_job_title_does_not(cast, enter):
    client = enter(cast.nurse)
    cast.nurse.job_title = "kouluterveydenhoitaja"
    commands.save_membership(membership=cast.nurse, by=cast.administrator)
    assert is_in(client)


def test_what_is_kept_of_sessions_goes_when_they_are_over(cast, enter, clock):
    enter(cast.nurse)
    clock.shift(timedelta(hours=9))
    forget_sessions()
    assert UserSession.objects.exists()
    clock.shift(timedelta(hours=4))
    forget_sessions()
    assert not UserSession.objects.exists()
    assert not Session.objects.exists()


def test_a_new_password_leaves_this_session_open(cast, enter):
    from tests.cast import PASSWORD

    client, other = enter(cast.nurse), enter(cast.nurse)
    new = "aivan-uusi-salasana-26"
    typed = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert client.post(reverse("account_change_password"), typed).status_code == 302
    assert [is_in(client), is_in(other)] == [True, False]
