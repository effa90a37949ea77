"""What the desk, the list of young people and the timeline tell of follow-ups."""

import pytest
from django.template import Context, Template
from django.test import Client
from django.urls import reverse

from coordination.follow_ups import commands
from coordination.use_log.models import Look
from tests.cast import born, sign_in
from tests.coordination.follow_ups.conftest import REACHED, asked, decides, opened, step, url
from tests.coordination.follow_ups.test_begin import posted

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("+358401234567", "040 123 4567"),
        ("+35815191234", "015 191 234"),
        ("+46701234567", "+46 701 234 567"),
        ("+372512345", "+372 512 345"),
        ("015 000 000", "015 000 000"),
        ("", ""),
    ],
)
def test_numbers_are_grouped(number, shown):
    assert Template("{% load ui %}{{ number|phone }}").render(Context({"number": number})) == shown


def test_a_number_of_two_adults_is_shown_once(cast, kaisa):
    text = kaisa.get(url("sheet", cast.match(phone="+358501112223"))).content.decode()
    assert text.count("tel:+358501112223") == 1
    assert "Tiina Opettaja, Niina Hoitaja" in text


def test_the_area_list_says_the_first_name_only_until_taken_up(kaisa, cast, waiting):
    page = kaisa.get(reverse("people:mine")).content.decode()
    assert "Aino" in page
    assert "Virtanen" not in page
    commands.take_up(follow_up=waiting, by=cast.coordinator)
    assert "Aino Virtanen" in kaisa.get(reverse("people:mine")).content.decode()


def test_the_desk_says_who_wants_the_reader_along(cast, kaisa, taken_up):
    person = taken_up.young_person
    kaisa.post(
        url("sheet", taken_up),
        opened(kaisa, taken_up) | REACHED | step() | decides(asked(taken_up, cast.teacher), "yes"),
    )
    teacher = sign_in(Client(), cast.teacher)
    page = teacher.get("/")
    assert [notice.who for notice in page.context["waiting"]] == ["Aino"]
    assert person.log_keys[0] in Look.objects.latest("pk").person_keys
    assert "Tiina Opettaja" in [line["text"][:14] for line in _events(teacher, person)]
    kaisa.post(url("sheet", taken_up), opened(kaisa, taken_up) | decides(asked(taken_up, cast.nurse), "yes"))
    kaisa.post(url("sheet", taken_up), opened(kaisa, taken_up) | decides(asked(taken_up, cast.nurse), "no"))
    assert not any("Niina" in line["text"] for line in _events(teacher, person))
    assert sum("Niina" in line["text"] for line in _events(kaisa, person)) == 2


def _events(client, person):
    return client.get(reverse("pages:person", args=[person.public_id])).context["events"]


def test_the_desk_tells_the_same_first_names_apart(cast, kaisa, waiting):
    other = cast.match(last_name="Korhonen")
    assert other.young_person != waiting.young_person
    names = {face["name"] for face in kaisa.get("/").context["faces"]}
    assert names == {"Aino V.", "Aino K."}


def test_own_follow_ups_are_split_by_week(cast, kaisa, taken_up):
    kaisa.post(url("sheet", taken_up), opened(kaisa, taken_up) | step(days=20))
    page = kaisa.get("/")
    assert [row.pk for row in page.context["own_later"]] == [taken_up.pk]
    assert page.context["own_this_week"] == []
    assert reverse("follow_ups:begin") in page.content.decode()


def test_beginning_outside_the_age_band_or_twice(cast, kaisa):
    refused = posted(kaisa, birth_date=born(45))
    assert refused.status_code == 200
    assert refused.context["form"].non_field_errors()
    opened_now, opened_already = (
        [str(message) for message in kaisa.get(posted(kaisa).url).context["messages"]] for _ in range(2)
    )
    assert opened_now
    assert opened_already
    assert opened_now != opened_already
