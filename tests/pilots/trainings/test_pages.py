"""The pages of trainings: who is let in, what stands there, and the same statements however much there is."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from coordination.clocks.rules import today
from coordination.interface import pdf
from pilots.trainings.commands.attendance import give_certificates
from pilots.trainings.models import Certificate, TrainingEvent
from tests.cast import english
from tests.pilots.registry.pages import Browser, day, is_refused
from tests.pilots.trainings.training import held, joined, made, only, signed_up

pytestmark = pytest.mark.django_db
NEW = "/trainings/new/"


def new_form(**typed):
    tomorrow = today() + timedelta(days=1)
    said = {"kind": "team", "title_en": "Team", "about_en": "We meet.", "begins": "9.15", "ends": "10"}
    return said | {"language": "en", "every_weeks": "0"} | day("day", tomorrow) | typed


def test_a_recurring_meeting_is_made_by_a_rule(coordinator, cast):
    answer = coordinator.send(NEW, **new_form(every_weeks="2", times="6", places="12"))
    training = only()
    assert answer.headers["Location"] == training.get_absolute_url()
    assert training.occasions.count() == 6
    assert (training.leader, training.places, training.title) == (cast.coordinator, 12, "Team")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"title_en": ""}, "Write the title in this language, too."),
        ({"title_en": "", "about_en": ""}, "at least one language"),
        ({"ends": "9"}, "It can't end before it begins."),
        ({"every_weeks": "1"}, "Say how many times"),
        ({"places": "many"}, "Write it in numbers"),
        ({"gives_right": "on"}, "Only a training for the own area"),
        ({"video_link": "javascript:alert(1)"}, "with https:// at its beginning"),
        ({"begins": "soon"}, "Enter the time like"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(coordinator, typed, words):
    assert is_refused(coordinator.send(NEW, **new_form(**typed)), words)
    assert not TrainingEvent.objects.exists()


def test_a_professional_is_not_asked_what_they_may_not_say(client, cast):
    browser = Browser(client, cast.teacher)
    assert not {"gives_right", "leader"} & set(browser.form(NEW))
    browser.send(NEW, **new_form(gives_right="on", leader=str(cast.nurse.public_id), kind="training"))
    assert (only().leader, only().gives_right) == (cast.teacher, False)


def test_what_is_written_in_another_language_stays_when_it_is_changed(coordinator, cast):
    training = made(cast.coordinator, title_sv="Verkstad", about_sv="Vi övar.", for_whom_sv="Alla")
    path = f"{training.get_absolute_url()}change/"
    assert coordinator.send(path, place="Kirjasto", title_en="Workshop", about_en="We try.").status_code == 302
    training = only()
    assert (training.title_sv, training.about_sv, training.for_whom_sv) == ("Verkstad", "Vi övar.", "Alla")
    assert (training.place, training.title_fi, training.title_en) == ("Kirjasto", "Työpaja", "Workshop")


def test_an_old_page_changes_nothing_and_shows_what_is_there_now(coordinator, cast):
    training = made(cast.coordinator)
    path = f"{training.get_absolute_url()}change/"
    old = coordinator.form(path)
    coordinator.send(path, place="Kirjasto")
    answer = coordinator.client.post(path, old | {"place": "Muualla"})
    assert is_refused(answer, "This was changed meanwhile.")
    assert "Kirjasto" in answer.content.decode()
    assert only().place == "Kirjasto"


def test_signing_up_and_cancelling_on_the_page(cast):
    training = made(cast.coordinator, places=1, video_link="https://video.example/huone")
    path = training.get_absolute_url()
    first, second = Browser(english(cast.teacher), cast.teacher), cast.nurse
    assert "video.example" not in first.text(path)
    assert "You have a place." in press(english(cast.teacher), path, "sign-up")
    assert "video.example" in first.text(path)
    waiting = press(english(second), path, "sign-up")
    assert "as number 1" in waiting
    assert "video.example" not in waiting
    assert "Tiina" not in waiting
    press(english(cast.teacher), path, "cancel")
    assert "You have a place." in english(second).get(path).content.decode()


def press(client, path, what):
    """Press this on the page of a training, and read what comes."""
    return client.post(f"{path}{what}/", {"token": uuid4()}, follow=True).content.decode()


def test_others_have_no_way_to_what_is_managed(cast):
    training = made(cast.teacher)
    path = training.get_absolute_url()
    for page in ("manage", "change", "times", "people/names"):
        assert english(cast.teacher).get(f"{path}{page}/").status_code == 200
        assert english(cast.nurse).get(f"{path}{page}/").status_code == 404
    assert english(cast.stranger).get(path).status_code == 404


def test_a_name_that_the_leader_may_not_know_stays_unsaid(cast):
    training = made(cast.teacher)
    signed_up(training, cast.therapist)
    page = english(cast.teacher).get(f"{training.get_absolute_url()}manage/").content.decode()
    assert "Pia" not in page
    assert "a professional (1)" in page
    assert "Pia" in english(cast.coordinator).get(f"{training.get_absolute_url()}manage/").content.decode()


def test_the_list_and_the_spreadsheet_of_names(cast):
    training = made(cast.coordinator)
    signed_up(training, cast.teacher)
    joined(training, name="=1+1")
    held(training, cast.teacher)
    client, path = english(cast.coordinator), training.get_absolute_url()
    assert "Tiina Opettaja" in client.get(f"{path}people/names/").content.decode()
    book = load_workbook(BytesIO(client.get(f"{path}people/participants.xlsx").content))
    rows = list(book.active.iter_rows(min_row=2))
    assert [row[0].value for row in rows] == ["Tiina Opettaja", "=1+1"]
    assert rows[1][0].data_type == "s"
    assert [row[2].value for row in rows] == ["came", "did not come"]


@pytest.mark.skipif(bool(pdf.unavailable()), reason="no PDF on this machine")
def test_a_certificate_is_ones_own(cast):
    training = made(cast.coordinator)
    signed_up(training, cast.teacher)
    held(training, cast.teacher)
    give_certificates(training=training, by=cast.coordinator)
    path = f"/trainings/certificate/{Certificate.objects.get().public_id}/"
    answer = english(cast.teacher).get(path)
    assert answer.headers["Content-Type"] == pdf.CONTENT_TYPE
    assert answer.content.startswith(b"%PDF")
    assert english(cast.nurse).get(path).status_code == 404


def test_filters(cast):
    full = made(cast.coordinator, places=1, title_fi="Täysi")
    signed_up(full, cast.teacher)
    held(made(cast.coordinator, title_fi="Mennyt"))
    made(cast.coordinator, kind="team", title_fi="Tiimi")
    made(cast.other_coordinator, title_fi="Keravan oma")
    made(cast.other_coordinator, title_fi="Kaikkien", open_to_all=True)
    client = english(cast.teacher)
    for query, names in {
        "": {"Täysi", "Tiimi", "Kaikkien"},
        "kind=team": {"Tiimi"},
        "when=past": {"Mennyt"},
        "whose=own": {"Täysi"},
        "whose=led": set(),
        "with_room=on": {"Tiimi", "Kaikkien"},
        "kind=nonsense&pilot=x": {"Täysi", "Tiimi", "Kaikkien"},
    }.items():
        page = client.get(f"/trainings/?{query}").content.decode()
        found = {name for name in ("Täysi", "Mennyt", "Tiimi", "Keravan oma", "Kaikkien") if f">{name}</a>" in page}
        assert found == names, query


@pytest.mark.parametrize("page", ["/trainings/", "/trainings/mine/", "manage/", ""])
def test_the_same_statements_for_one_and_for_thirty(cast, page):
    training = made(cast.coordinator)
    path = page if page.startswith("/") else f"{training.get_absolute_url()}{page}"
    counts = []
    for more in (1, 29):
        for number in range(more):
            member = cast.member(f"Osallistuja{more}x{number}", "Monta", cast.school)
            signed_up(training, member)
            signed_up(made(cast.coordinator), cast.coordinator)
        client = english(cast.coordinator)
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
