"""A flag that is refused says why, keeps what was typed, and leaves nothing behind."""

import pytest
from django.utils.html import escape

from coordination.people.models import YoungPerson
from tests.cast import born
from tests.forms.page_forms import form_to
from tests.forms.trying import MEGABYTE, rows

pytestmark = pytest.mark.django_db

FLAG = {"first_name": "Uusi", "last_name": "Nuorikko", "told_and_allowed": "on", "phone": "040 765 4321"}
BAD_FLAGS = {
    "impossible date": {"birth_date_day": "31", "birth_date_month": "2"},
    "future date": {"birth_date_year": "2090"},
    "letters for a date": {"birth_date_day": "kaksi"},
    "no day": {"birth_date_day": ""},
    "wrong check character": {"hetu": "010108A901X"},
    "not a code": {"hetu": "010108Q9011"},
    "emoji": {"first_name": "🙂"},
    "right to left": {"last_name": "Nuo\u202erikko"},
    "digits": {"first_name": "4ino"},
    "a name of a megabyte": {"last_name": MEGABYTE},
    "no telephone": {"phone": "soita"},
    "no such town": {"municipality": "Mordor"},
    "a forged ground": {"legal_ground": "999999999999999999999999"},
    "until yesterday": {"until_year": "2001"},
    "until much later": {"until_year": "2099"},
    "a mangled token": {"token": "x"},
    "no token": {"token": ""},
}


@pytest.mark.parametrize("what", BAD_FLAGS)
def test_a_refused_flag_says_why_and_keeps_what_was_typed(world, what):
    world.cast.mikkeli.hetu_allowed = True
    world.cast.mikkeli.save()
    client, day = world.client("flagger"), born(19)
    form = form_to(client.get("/flags/new/"), "/flags/new/", "/flags/new/")
    typed = FLAG | {"birth_date_day": day.day, "birth_date_month": day.month, "birth_date_year": day.year}
    bad = BAD_FLAGS[what]
    before, people = rows(), YoungPerson.objects.count()
    response = client.post("/flags/new/", form.data(**typed | bad))
    assert response.status_code == 200, response.status_code
    text = response.content.decode()
    assert "govuk-error-summary" in text
    kept = {name: value for name, value in (typed | bad).items() if name not in ("token", "legal_ground")}
    for name, value in kept.items():
        if name != "told_and_allowed":
            assert escape(str(value)) in text, f"{name} is lost"
    assert rows() == before
    assert YoungPerson.objects.count() == people
