"""What was typed when a session locked: kept unreadable, shown again in its form, sent once, by its user alone."""

import json
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from coordination.agencies.commands import add_membership
from coordination.agencies.models import Membership
from coordination.drafts import commands, rules
from coordination.drafts.models import Draft
from coordination.drafts.queries import drafts_of
from flags.flagging.models import Flag
from tests.cast import born
from tests.coordination.drafts.conftest import unlock
from tests.forms.page_forms import NEW, call_data, form_to

FROM_NEW = {"Referer": f"http://testserver{NEW}"}


def flag_form(client, **typed):
    """The flag form as its user filled it."""
    day = born(18)
    boxes = {"birth_date_day": day.day, "birth_date_month": day.month, "birth_date_year": day.year}
    names = {"first_name": "Ainikki", "last_name": "Kuutamoinen", "phone": "040 123 4567", "told_and_allowed": "on"}
    return form_to(client.get(NEW), NEW, NEW).data(**names | boxes | typed)


@pytest.fixture
def locked_out(cast, enter, clock):
    """The teacher pressed the button of a flag form after the session had locked: client, form, answer."""
    client = enter(cast.teacher)
    form = flag_form(client)
    clock.shift(timedelta(minutes=21))
    return client, form, client.post(NEW, form, headers=FROM_NEW)


def back(client, answer):
    """Unlock and follow to the page where the form stood."""
    return client.get(unlock(client, answer).url, follow=True)


def test_nothing_is_done_by_a_locked_session(locked_out):
    assert locked_out[2].status_code == 302
    assert not Flag.objects.exists()


def test_the_page_of_unlocking_says_that_it_is_kept_and_names_nobody(locked_out):
    client, _, answer = locked_out
    page = client.get(answer.url)
    assert "is kept" in page.content.decode()
    assert "Ainikki" not in page.content.decode()
    assert 'class="nav"' not in page.content.decode()
    assert "is kept" in client.post(answer.url, {"password": "väärä"}).content.decode()


def test_after_unlocking_the_form_stands_as_it_was_and_nothing_is_sent(locked_out):
    client, form, answer = locked_out
    page = back(client, answer)
    assert page.redirect_chain[-1][0] == NEW
    again = form_to(page, NEW, NEW).data()
    assert {name: str(value) for name, value in again.items()} == {name: str(value) for name, value in form.items()}
    assert "as you left it" in page.content.decode()
    assert "govuk-error" not in page.content.decode()
    assert not Flag.objects.exists()


def test_it_comes_back_until_it_is_sent_and_is_sent_once(locked_out):
    client, _, answer = locked_out
    for _ in range(2):
        form = form_to(back(client, answer), NEW, NEW).data()
    answers = {client.post(NEW, form, headers=FROM_NEW).url for _ in range(2)}
    assert len(answers) == 1
    assert Flag.objects.count() == 1
    assert not Draft.objects.exists()
    assert "Ainikki" not in client.get(NEW).content.decode()


def test_what_is_sent_with_errors_is_on_the_page_and_no_longer_kept(locked_out):
    client, _, answer = locked_out
    form = form_to(back(client, answer), NEW, NEW).data(birth_date_day="32")
    page = client.post(NEW, form, headers=FROM_NEW)
    assert page.status_code == 200
    assert "Ainikki" in page.content.decode()
    assert not Draft.objects.exists()


def test_thrown_away_it_is_gone(locked_out):
    client, _, answer = locked_out
    back(client, answer)
    draft = Draft.objects.get()
    assert client.post(f"/drafts/{draft.public_id}/throw-away/").url == NEW
    assert not Draft.objects.exists()
    assert "Ainikki" not in client.get(NEW).content.decode()


def test_a_post_that_was_refused_leaves_what_was_typed(locked_out):
    """Signed in again, a page of before has an old token: nothing of it was saved."""
    client, form, answer = locked_out
    back(client, answer)
    client.handler.enforce_csrf_checks = True
    assert client.post(NEW, form | {"csrfmiddlewaretoken": "x" * 64}, headers=FROM_NEW).status_code == 403
    client.handler.enforce_csrf_checks = False
    assert Draft.objects.exists()
    assert "Ainikki" in client.get(NEW).content.decode()


def test_two_tabs_get_back_each_its_own(cast, enter, clock):
    client = enter(cast.coordinator)
    forms = {NEW: {"first_name": "Ainikki"}, "/follow-ups/begin/": {"first_name": "Eerikki"}}
    clock.shift(timedelta(minutes=21))
    answers = [client.post(path, form, headers={"Referer": f"http://testserver{path}"}) for path, form in forms.items()]
    for answer in answers:
        back(client, answer)
    for path, form in forms.items():
        assert f'value="{form["first_name"]}"' in client.get(path).content.decode()
    client.post(NEW, flag_form(client), headers=FROM_NEW)
    assert [rules.Kept.of(draft).page for draft in Draft.objects.all()] == ["/follow-ups/begin/"]


def test_of_one_page_the_newest_is_kept(cast, enter, clock):
    client = enter(cast.teacher)
    clock.shift(timedelta(minutes=21))
    for name in ("Ainikki", "Eerikki"):
        client.post(NEW, {"first_name": name}, headers=FROM_NEW)
    assert rules.Kept.of(Draft.objects.get()).form()["first_name"] == "Eerikki"


def test_a_sheet_that_another_saved_meanwhile_is_met_as_ever(cast, enter, clock):
    """The version that its user saw comes back with it, so nothing of another's is overwritten unawares."""
    follow_up = cast.match()
    client = enter(cast.coordinator)
    sheet = follow_up.get_absolute_url()
    client.post(f"{sheet}take-up/")
    form = form_to(client.get(sheet), sheet, sheet).data(safe_hours="ma-ke 14-16")
    clock.shift(timedelta(minutes=21))
    other = enter(cast.second_coordinator)
    theirs = call_data(other, sheet) | {"safe_hours": "to 9-11"}
    assert other.post(sheet, theirs).status_code == 302
    referer = {"Referer": f"http://testserver{sheet}"}
    # Pressed beside the call, whose address has no page of its own.
    page = back(client, client.post(f"{sheet}close/", form, headers={"Referer": f"http://testserver{sheet}close/"}))
    again = form_to(page, sheet, sheet).data()
    assert (again["safe_hours"], again["version"]) == ("ma-ke 14-16", form["version"])
    answer = client.post(sheet, again, headers=referer)
    assert answer.status_code == 200
    assert "to 9-11" in answer.content.decode()
    assert not Draft.objects.exists()


# --- Who gets it ----------------------------------------------------------------------------------------------------


def test_nobody_else_gets_it(cast, enter, locked_out):
    draft = Draft.objects.get()
    nurse = enter(cast.nurse)
    assert nurse.get(f"/drafts/{draft.public_id}/").status_code == 404
    assert nurse.post(f"/drafts/{draft.public_id}/throw-away/").status_code == 404
    session = nurse.session
    session["drafts"] = {str(draft.public_id): [rules.place_of(NEW)] * 2}
    session.save()
    assert "Ainikki" not in nurse.get(NEW).content.decode()
    assert Draft.objects.exists()


def test_it_is_gone_after_a_day(cast, enter, clock, locked_out):
    draft = Draft.objects.get()
    clock.shift(timedelta(hours=23, minutes=59))
    assert drafts_of(cast.teacher.user).exists()
    commands.erase_expired()
    clock.shift(timedelta(minutes=2))
    assert enter(cast.teacher).get(f"/drafts/{draft.public_id}/").status_code == 404
    commands.erase_expired()
    assert not Draft.objects.exists()


def test_it_comes_back_only_to_who_acts_for_the_same_agency(cast, enter, clock):
    second = add_membership(user=cast.teacher.user, agency=cast.health)
    client = enter(cast.teacher)
    client.post("/acting/for/", {"membership": str(cast.teacher.public_id)})
    clock.shift(timedelta(minutes=21))
    answer = client.post(NEW, {"first_name": "Ainikki"}, headers=FROM_NEW)
    resume = unlock(client, answer).url
    client.get(resume)
    client.post("/acting/for/", {"membership": str(second.public_id)})
    assert "Ainikki" not in client.get(NEW).content.decode()
    page = client.get(resume).content.decode()
    assert cast.school.name in page
    assert "Ainikki" not in page
    client.post("/acting/for/", {"membership": str(cast.teacher.public_id)})
    assert "Ainikki" in client.get(NEW).content.decode()
    Membership.objects.filter(pk=cast.teacher.pk).update(ended_on=cast.teacher.started_on)
    assert "no longer act" in client.get(resume).content.decode()


# --- What is kept, and how ------------------------------------------------------------------------------------------


def everything_stored():
    """Drafts and sessions, as somebody with the tables would read them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coordination_draft::text FROM coordination_draft")
        rows = [text for (text,) in cursor.fetchall()]
    return " ".join([*rows, *(json.dumps(session.get_decoded()) for session in Session.objects.all())])


def test_it_is_unreadable_in_the_tables_and_not_in_the_session(locked_out):
    client, _, answer = locked_out
    back(client, answer)
    stored = everything_stored()
    assert str(Draft.objects.get().public_id) in stored
    for secret in ("Ainikki", "Kuutamoinen", "040 123", "401234567", "flags/new"):
        assert secret not in stored, secret


def test_another_site_writes_no_draft(cast, enter, clock):
    client = enter(cast.teacher)
    clock.shift(timedelta(minutes=21))
    client.handler.enforce_csrf_checks = True
    for path in (NEW, "/drafts/lock/"):
        fields = {"first_name": "Ainikki", "page": NEW, "action": NEW, "typed": "first_name=Ainikki"}
        assert client.post(path, fields).status_code == 403
    assert not Draft.objects.exists()


@pytest.mark.parametrize("path", ["/account/password/change/", "/account/login/", "/account/password/reset/"])
def test_passwords_are_never_kept(cast, enter, clock, path):
    client = enter(cast.teacher)
    clock.shift(timedelta(minutes=21))
    client.post(path, {"oldpassword": "salainen", "code": "123456"}, headers={"Referer": f"http://testserver{path}"})
    client.post(NEW, {"password": "salainen"}, headers=FROM_NEW)
    assert not Draft.objects.exists()


def test_what_is_too_long_is_said_not_to_be_kept(cast, enter, clock):
    client = enter(cast.teacher)
    clock.shift(timedelta(minutes=21))
    answer = client.post(NEW, {"first_name": "x" * 300_000}, headers=FROM_NEW)
    assert not Draft.objects.exists()
    assert "could not be kept" in client.get(answer.url).content.decode()
    assert unlock(client, answer).url == NEW


def test_files_and_nul_do_no_harm(cast, enter, clock):
    client = enter(cast.administrator)
    clock.shift(timedelta(minutes=21))
    path = "/admin/coordination/training/add/"
    fields = {"user": "x\0", "held_on_0": "\0", "file": SimpleUploadedFile("a.txt", b"content")}
    page = back(client, client.post(path, fields))
    assert page.status_code == 200
    assert page.redirect_chain[-1][0] == path


def test_a_user_has_few_drafts_at_a_time(cast, clock):
    for number in range(rules.MOST + 3):
        clock.shift(timedelta(seconds=1))
        commands.keep(user=cast.teacher.user, page=f"/{number}", action="/", typed="a=b", membership=None)
    pages = [rules.Kept.of(draft).page for draft in drafts_of(cast.teacher.user)]
    assert pages == [f"/{number}" for number in range(rules.MOST + 2, 2, -1)]


def test_the_script_hands_over_what_was_not_sent(cast, enter, clock):
    client = enter(cast.teacher)
    form = urlencode(flag_form(client))
    fields = {"page": NEW, "action": NEW, "typed": f"{form}&csrfmiddlewaretoken=x"}
    answer = client.post("/drafts/lock/", fields)
    assert "csrfmiddlewaretoken" not in rules.Kept.of(Draft.objects.get()).typed
    clock.shift(timedelta(minutes=1))
    assert 'value="Ainikki"' in back(client, answer).content.decode()


def test_of_somebody_kept_out_nothing_is_kept(cast, locked_out):
    from coordination.staffing.commands import disable_user

    disable_user(user=cast.teacher.user, by=cast.administrator)
    assert not Draft.objects.exists()


def test_it_takes_no_session_to_be_refused(cast, locked_out):
    draft = Draft.objects.get()
    assert Client().get(f"/drafts/{draft.public_id}/").url.startswith("/account/login/")
