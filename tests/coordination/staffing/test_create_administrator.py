"""The first administrator of an area, from the command line."""

import io
import re
import sys

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from coordination.agencies.models import Area, Membership, Municipality, User
from coordination.agencies.queries import administrators
from tests.cast import PASSWORD

NEW_AREA = [
    "--area",
    "Kuopio",
    "--municipality",
    "kuopio",
    "--phone",
    "017 182 111",
    "--emergency-phone",
    "017 183 671",
]
PERSON = ["--email", "Eka@example.test", "--first-name", "Eeva", "--last-name", "Ensimmäinen"]


@pytest.fixture(autouse=True)
def kuopio(cast):
    county = Municipality.objects.get(code="491").county
    return Municipality.objects.create(
        code="297", name_fi="Kuopio", county=county, region_code="11", language_relation=0
    )


def run(*arguments, typed=None, monkeypatch=None):
    said = io.StringIO()
    if typed is not None:
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    call_command("create_administrator", *arguments, stdout=said)
    return said.getvalue()


def test_an_area_begins_with_its_first_administrator(kuopio, monkeypatch, client):
    said = run(*PERSON, *NEW_AREA, "--password-stdin", typed=f"{PASSWORD}\n", monkeypatch=monkeypatch)
    assert "eka@example.test now administers Kuopio" in said
    user = User.objects.get(email="eka@example.test")
    area = Area.objects.get(name_fi="Kuopio")
    kuopio.refresh_from_db()
    assert kuopio.area == area
    assert administrators(area.pk).get().user == user
    assert (user.is_superuser, user.is_staff) == (False, True)
    assert area.coordinator_phone == "+35817182111"
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert client.get(reverse("admin:index")).status_code == 200


def test_a_link_lets_them_choose_their_own_password(client):
    said = run("--email", "eka@example.test", *NEW_AREA, "--link")
    path = re.search(r"https?://[^/]+(/\S+)", said).group(1)
    assert not User.objects.filter(email="eka@example.test").exists()
    typed = {"first_name": "E", "last_name": "E", "language": "fi", "password": PASSWORD, "password_again": PASSWORD}
    assert client.post(path, typed).url == "/"
    assert Membership.objects.get(user__email="eka@example.test").role == Membership.Role.ADMINISTRATOR


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([*PERSON, "--area", "Kuopio"], "no area Kuopio"),
        ([*PERSON, *NEW_AREA, "--municipality", "Atlantis", "--link"], "no municipality Atlantis"),
        ([*PERSON, *NEW_AREA, "--municipality", "491", "--link"], "already belongs to the area Mikkeli"),
        ([*PERSON, *NEW_AREA, "--phone", "soita", "--link"], "--phone:"),
        (["--email", "nobody", *NEW_AREA, "--link"], "--email:"),
        (["--email", "eka@example.test", *NEW_AREA, "--password-stdin"], "--first-name:"),
        ([*PERSON, "--area", "Mikkeli", "--link"], "has an administrator already"),
        ([*PERSON, *NEW_AREA, "--password-stdin"], "."),
        ([*PERSON, *NEW_AREA], "--password-stdin or --link"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(arguments, sentence, monkeypatch):
    with pytest.raises(CommandError, match=re.escape(sentence)):
        run(*arguments, typed="short\n", monkeypatch=monkeypatch)
    assert not Area.objects.filter(name_fi="Kuopio").exists()
    assert not User.objects.filter(email="eka@example.test").exists()


def test_another_one_is_made_on_purpose_and_an_account_is_kept(cast):
    run("--email", cast.teacher.user.email, "--area", "Mikkeli", "--another")
    assert administrators(cast.mikkeli.pk).count() == 2
    cast.teacher.user.refresh_from_db()
    assert cast.teacher.user.check_password(PASSWORD)
