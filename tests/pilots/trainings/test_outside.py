"""People without an account: one answer for all, a letter to the address, nothing kept once they cancel."""

import json
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from coordination.agencies.rules import NotNow
from coordination.outbox.letters import _texts
from coordination.outbox.models import Mail
from pilots.trainings import rules
from pilots.trainings.commands.erasing import look_after_trainings
from pilots.trainings.commands.outside import cancel_outside, sign_up_outside
from pilots.trainings.commands.signing_up import remove
from pilots.trainings.commands.trainings import close_address, open_address
from pilots.trainings.models import SignUp
from tests.forms.page_forms import forms_of
from tests.pilots.trainings.training import held, joined, made, now, signed_up, states

pytestmark = pytest.mark.django_db


def letters():
    return [json.loads(mail.letter) for mail in Mail.objects.filter(kind=Mail.Kind.LETTER).order_by("pk")]


@pytest.fixture
def training(cast):
    """A workshop of one place with an address for others."""
    return open_address(training=made(cast.coordinator, places=1), by=cast.coordinator)


def post(training, email, **more):
    """Sign up in a browser as somebody without an account; gives the answer and the page that follows."""
    client = Client()
    client.post("/language/", {"language": "en"})
    path = f"/trainings/join/{training.secret}/"
    (form, *_rest) = [one for one in forms_of(client.get(path), path) if "email" in one.fields]
    answer = client.post(path, form.data(name="Ulla", email=email, agency="Kylä", **more))
    return answer, client.get(path)


def test_one_answer_for_an_address_that_is_known_one_that_is_not_and_a_full_training(training):
    answers = [post(training, email) for email in ("a@example.test", "a@example.test", "b@example.test")]
    assert {(answer.status_code, answer.headers["Location"]) for answer, _page in answers} == {
        (302, f"/trainings/join/{training.secret}/")
    }
    pages = {strip(page) for _answer, page in answers}
    assert len(pages) == 1
    assert "Look at your mail" in pages.pop()
    assert states(training) == ["in", "waiting"]
    assert [(one["to"], one["context"]["what"]) for one in letters()] == [
        ("a@example.test", "in"),
        ("b@example.test", "waiting"),
    ]


def strip(page):
    """The page without what is random in it."""
    text = page.content.decode()
    return re.sub(r'value="[^"]{30,}"', "", text)


def test_whoever_signs_up_again_is_written_to_again_on_another_day(training):
    joined(training, "a@example.test")
    joined(training, "A@example.test")
    assert len(letters()) == 1
    SignUp.objects.update(mailed_at=timezone.now() - timedelta(days=2))
    joined(training, "a@example.test")
    assert len(letters()) == 2
    assert SignUp.objects.count() == 1


def test_name_and_address_are_unreadable_in_the_database(training):
    from django.db import connection

    joined(training, "a@example.test", name="Ulla Ulkopuolinen")
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, email, agency, secret FROM pilots_signup")
        stored = str(cursor.fetchall())
    assert "Ulla" not in stored
    assert "example.test" not in stored


def test_cancelling_by_the_own_page_erases_who_they_were_and_the_next_is_written_to(training):
    first, second = joined(training, "a@example.test"), joined(training, "b@example.test")
    client = Client()
    path = f"/trainings/place/{first.secret}/"
    assert client.get(path).status_code == 200
    assert client.post(f"{path}give-up/").headers["Location"] == "/trainings/given-up/"
    gone = now(first)
    assert (gone.name, gone.email, gone.agency, gone.secret, gone.secret_hash) == ("", "", "", "", None)
    assert client.get(path).status_code == client.post(f"{path}give-up/").status_code == 404
    assert now(second).state == "in"
    assert letters()[-1]["to"] == "b@example.test"
    assert letters()[-1]["context"]["what"] == "freed"
    with pytest.raises(NotNow):
        cancel_outside(sign_up=first)


def test_whoever_is_taken_off_the_list_is_written_to_and_erased(cast, training):
    row = joined(training, "a@example.test")
    remove(sign_up=row, by=cast.coordinator)
    assert (now(row).email, now(row).state) == ("", "cancelled")
    assert letters()[-1]["to"] == "a@example.test"
    assert letters()[-1]["context"] == {"what": "removed", "link": ""}


def test_every_letter_can_be_written_in_each_language(training):
    joined(training)
    for what in ("in", "waiting", "freed", "changed", "called_off", "removed", "certificate"):
        for language in ("fi", "sv", "en"):
            link = "" if what == "removed" else "https://rinnalla.example/x"
            _subject, text, html = _texts("training_letter", language, {"what": what, "link": link})
            assert ("rinnalla.example" in text) == ("rinnalla.example" in html) == bool(link)


def test_opening_the_page_or_the_address_does_nothing(training):
    row = joined(training)
    before = SignUp.objects.values().get()
    for path in (f"join/{training.secret}/", f"place/{row.secret}/", f"place/{row.secret}/give-up/"):
        assert Client().get(f"/trainings/{path}").status_code in (200, 302)
    assert SignUp.objects.values().get() == before


def test_a_new_address_ends_the_old_and_a_closed_one_opens_nothing(cast, training):
    old = training.secret
    new = open_address(training=training, by=cast.coordinator).secret
    assert Client().get(f"/trainings/join/{old}/").status_code == 404
    assert Client().get(f"/trainings/join/{new}/").status_code == 200
    training.secret = old
    with pytest.raises(NotNow):
        sign_up_outside(training=training, name="U", email="u@example.test", agency="", language="fi", token=uuid4())
    close_address(training=training, by=cast.coordinator)
    assert Client().get(f"/trainings/join/{new}/").status_code == 404
    with pytest.raises(NotNow):
        open_address(training=training, by=cast.nurse)


def test_so_many_a_day_and_no_more(training):
    for number in range(rules.OUTSIDERS_A_DAY):
        joined(training, f"{number}@example.test")
    with pytest.raises(NotNow):
        joined(training, "more@example.test")
    assert SignUp.objects.count() == rules.OUTSIDERS_A_DAY


def test_who_they_were_is_erased_after_the_days(training, settings):
    settings.TRAINING_OUTSIDERS_DAYS = 90
    row = joined(training)
    held(training, row, days_ago=89)
    look_after_trainings()
    assert now(row).email
    held(training, row, days_ago=91)
    look_after_trainings()
    assert (now(row).name, now(row).email, now(row).agency, now(row).secret) == ("", "", "", "")
    assert now(row).state == "in"


def test_nobody_waits_for_what_is_over(cast, training):
    signed_up(training, cast.teacher)
    waiting = joined(training)
    held(training, days_ago=1)
    look_after_trainings()
    assert states(training) == ["in", "not_needed"]
    assert now(waiting).state == "not_needed"
