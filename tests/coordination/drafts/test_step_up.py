"""P12: what reaches far asks once more who one is, unless that was shown within a quarter of an hour."""

from datetime import timedelta

import pytest
from django.urls import reverse

from coordination.drafts.models import Draft
from coordination.follow_ups.commands import exclude
from coordination.people.models import Exclusion, LikelyDouble, YoungPerson
from tests.cast import born
from tests.coordination.drafts.conftest import UNLOCK, unlock
from tests.coordination.staffing.pages import change, posted


def later(client, clock, minutes=16):
    """At work all the time, but some minutes after signing in."""
    for _ in range(minutes):
        clock.shift(timedelta(minutes=1))
        client.get("/")


@pytest.fixture
def administrator(cast, enter, clock):
    client = enter(cast.administrator)
    later(client, clock)
    return client


def rename(cast, client, name):
    """The answer to a change of the school's name."""
    path = change(cast.school)
    return client.post(path, posted(client.get(path), name_fi=name), headers={"Referer": f"http://testserver{path}"})


def test_signing_in_counts(cast, enter, clock):
    client = enter(cast.administrator)
    later(client, clock, minutes=14)
    assert rename(cast, client, "Uusi koulu").url == reverse("admin:coordination_agency_changelist")
    cast.school.refresh_from_db()
    assert cast.school.name_fi == "Uusi koulu"


def test_a_change_in_the_administration_asks_and_brings_the_form_back(cast, administrator):
    answer = rename(cast, administrator, "Uusi koulu")
    assert answer.url.startswith(UNLOCK)
    cast.school.refresh_from_db()
    assert cast.school.name_fi == "Päämajakoulu"
    asked = administrator.get(answer.url).content.decode()
    assert "Show that it is you" in asked
    assert 'class="nav"' in asked
    page = administrator.get(unlock(administrator, answer).url, follow=True)
    assert page.redirect_chain[-1][0] == change(cast.school)
    assert 'value="Uusi koulu"' in page.content.decode()
    cast.school.refresh_from_db()
    assert cast.school.name_fi == "Päämajakoulu"
    rename(cast, administrator, "Uusi koulu")
    cast.school.refresh_from_db()
    assert cast.school.name_fi == "Uusi koulu"
    assert not Draft.objects.exists()


def test_what_was_posted_is_not_put_into_the_session(cast, administrator):
    rename(cast, administrator, "Uusi koulu")
    assert "Uusi" not in str(dict(administrator.session))
    assert "account_reauthentication_state" not in administrator.session


def test_the_wrong_password_does_not_do(cast, administrator):
    answer = rename(cast, administrator, "Uusi koulu")
    assert unlock(administrator, answer, "väärä").status_code == 200
    assert rename(cast, administrator, "Uusi koulu").url.startswith(UNLOCK)


def test_reading_in_the_administration_asks_nothing(cast, administrator):
    assert administrator.get(change(cast.school)).status_code == 200
    assert administrator.post(reverse("admin:logout")).url == reverse("account_login")


def test_a_page_that_is_not_ones_own_asks_nobody(cast, enter, clock):
    teacher = enter(cast.teacher)
    later(teacher, clock)
    assert teacher.post(change(cast.school)).status_code == 404
    assert teacher.get(f"/person/{cast.match().young_person.public_id}/looks/").status_code == 404


def test_who_has_looked(cast, enter, clock):
    path = reverse("pages:looks", args=[cast.match().young_person.public_id])
    client = enter(cast.coordinator)
    assert client.get(path).status_code == 200
    later(client, clock)
    answer = client.get(path)
    assert unlock(client, answer).url == path
    assert client.get(path).status_code == 200
    later(client, clock)
    assert client.get(path).status_code == 302


def test_deciding_a_double(cast, enter, clock):
    cast.flag(cast.teacher, first_name="Eerikki", last_name="Tuulispää", birth_date=born(20))
    cast.flag(cast.nurse, first_name="Eerikkö", last_name="Tuulispää", birth_date=born(20))
    double = LikelyDouble.objects.get()
    page, path = (reverse(f"pages:{name}", args=[double.public_id]) for name in ("double", "decide_double"))
    client = enter(cast.coordinator)
    later(client, clock)
    pressed = {"path": path, "data": {"decision": "not_same"}, "headers": {"Referer": f"http://testserver{page}"}}
    answer = client.post(**pressed)
    shown = client.get(unlock(client, answer).url, follow=True)
    assert shown.redirect_chain[-1][0] == page
    assert "Nothing has been sent or saved yet" in shown.content.decode()
    double.refresh_from_db()
    assert double.state == LikelyDouble.State.WAITING
    assert client.post(**pressed).url == reverse("pages:doubles")
    double.refresh_from_db()
    assert double.state == LikelyDouble.State.NOT_SAME


def test_erasing_what_is_known(cast, enter, clock):
    """It is the one deed that nothing takes back."""
    person = cast.match().young_person
    path = reverse("pages:erase", args=[person.public_id])
    pressed = {"path": path, "data": {"asked": "on"}, "headers": {"Referer": f"http://testserver{path}"}}
    client = enter(cast.coordinator)
    later(client, clock)
    assert client.get(path).url.startswith(UNLOCK)
    answer = client.post(**pressed)
    shown = client.get(unlock(client, answer).url, follow=True)
    assert shown.redirect_chain[-1][0] == path
    assert "Nothing has been sent or saved yet" in shown.content.decode()
    assert not YoungPerson.objects.get(pk=person.pk).erase_asked_at
    assert client.post(**pressed).url == reverse("follow_ups:list")
    assert YoungPerson.objects.get(pk=person.pk).erase_asked_at


def test_ending_an_exclusion(cast, enter, clock):
    follow_up = cast.match()
    exclusion = exclude(follow_up=follow_up, by=cast.coordinator, user=cast.youth_worker.user)
    client = enter(cast.coordinator)
    later(client, clock)
    path = reverse("follow_ups:end_exclusion", args=[follow_up.public_id, exclusion.public_id])
    assert client.post(path).url.startswith(UNLOCK)
    assert Exclusion.objects.filter(ended_at=None).exists()


def test_the_librarys_own_pages_ask_in_the_same_way_and_keep_nothing(cast, enter, clock):
    client = enter(cast.teacher)
    later(client, clock)
    path = reverse("mfa_activate_totp")
    answer = client.post(path, {"code": "123456"}, headers={"Referer": f"http://testserver{path}"})
    assert unlock(client, answer).url == path
    assert not Draft.objects.exists()
    assert "123456" not in str(dict(client.session))
