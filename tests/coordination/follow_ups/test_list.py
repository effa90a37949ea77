"""The coordinators' list, and beginning from a telephone call."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from coordination.clocks.rules import today
from coordination.follow_ups import commands, queries
from coordination.follow_ups.models import FollowUp
from coordination.people.commands import exclude
from coordination.use_log.models import Look
from tests.cast import sign_in

pytestmark = pytest.mark.django_db
LIST, BEGIN = reverse("follow_ups:list"), reverse("follow_ups:begin")


def test_what_stands_still_comes_first_then_by_day(cast, kaisa):
    soon, late, later = (cast.match(first_name=name) for name in ("Aino", "Bertta", "Cecilia"))
    for follow_up, days in ((soon, 1), (late, -1), (later, 9)):
        FollowUp.objects.filter(pk=follow_up.pk).update(contact_by=today() + timedelta(days=days))
    assert kaisa.get(LIST).context["rows"] == [late, soon, later]


def test_every_open_one_stands_on_one_page_and_in_its_place(cast, kaisa, monkeypatch):
    """Late ones of both sorts first, the day of one of which is still to come; pages cut the whole order, not each
    sort's."""
    monkeypatch.setattr(queries, "PAGE", 2)
    days = {"Aino": 2, "Bertta": 7, "Cecilia": -1, "Dina": 3, "Eeva": 5}
    found = {name: cast.match(first_name=name) for name in days}
    for name, follow_up in found.items():
        reached_at = timezone.now() if name == "Eeva" else None
        contact_by = today() + timedelta(days=days[name])
        FollowUp.objects.filter(pk=follow_up.pk).update(contact_by=contact_by, reached_at=reached_at)
    pages = [queries.desk(cast.coordinator, page=page) for page in (1, 2, 3)]
    assert [[row.young_person.first_name for row in rows] for rows, _more in pages] == [
        ["Cecilia", "Eeva"],
        ["Aino", "Dina"],
        ["Bertta"],
    ]
    assert [more for _rows, more in pages] == [True, True, False]
    assert [row.late for rows, _more in pages for row in rows] == [True, True, False, False, False]


def test_last_names_show_once_it_is_taken_up(cast, kaisa, waiting):
    assert "Virtanen" not in kaisa.get(LIST).content.decode()
    commands.take_up(follow_up=waiting, by=cast.coordinator)
    assert "Aino Virtanen" in kaisa.get(LIST).content.decode()


def test_an_empty_list_says_what_to_do(kaisa):
    text = kaisa.get(LIST).content.decode()
    assert 'class="empty"' in text
    assert BEGIN in text


def test_closed_ones_stay_below_for_a_time(cast, kaisa, taken_up):
    commands.close_follow_up(follow_up=taken_up, by=cast.coordinator, outcome="in_touch", version=taken_up.version)
    page = kaisa.get(LIST)
    assert page.context["rows"] == []
    assert page.context["closed"] == [taken_up]
    assert "Aino Virtanen" in page.content.decode()


def test_nobody_else_has_a_list(client, cast, waiting):
    for who in (cast.teacher, cast.administrator):
        assert sign_in(client, who).get(LIST).status_code == 404
        assert client.get(BEGIN).status_code == 404
    assert sign_in(client, cast.other_coordinator).get(LIST).context["rows"] == []


def test_the_excluded_coordinator_sees_no_row(cast, kaisa, kalle, waiting):
    exclude(young_person=waiting.young_person, by=cast.coordinator, user=cast.second_coordinator.user)
    assert kaisa.get(LIST).context["rows"] == [waiting]
    assert kalle.get(LIST).context["rows"] == []


def test_the_list_is_one_look_at_everybody_on_it(cast, kaisa):
    people = [cast.match(first_name=name).young_person for name in ("Aino", "Bertta")]
    looks = Look.objects.count()
    kaisa.get(LIST)
    assert Look.objects.count() == looks + 1
    assert {person.log_keys[0] for person in people} == set(Look.objects.latest("pk").person_keys)


@pytest.mark.parametrize("rows", [1, 12])
def test_the_list_costs_the_same_for_one_and_for_many(cast, kaisa, rows, django_assert_max_num_queries):
    for number in range(rows):
        cast.match(first_name=f"Aino{'abcdefghijkl'[number]}")
    kaisa.get(LIST)
    with django_assert_max_num_queries(14):
        kaisa.get(LIST)


def call(**typed):
    values = {
        "first_name": "Onni",
        "last_name": "Soittaja",
        "birth_date_day": "3",
        "birth_date_month": "2",
        "birth_date_year": "2008",
        "phone": "040 111 2222",
    }
    return values | typed


def test_a_telephone_call_begins_a_follow_up_of_ones_own(cast, kaisa):
    data = call()
    response = kaisa.post(BEGIN, data)
    follow_up = FollowUp.objects.get()
    assert response.url == follow_up.get_absolute_url()
    assert (follow_up.owner, follow_up.origin, follow_up.state) == (cast.coordinator, "call", "taken_up")
    assert follow_up.young_person.phone == "+358401112222"
    assert kaisa.post(BEGIN, data).url == response.url
    assert FollowUp.objects.count() == 1


def test_a_call_about_somebody_known_comes_to_the_open_follow_up(cast, kaisa, kalle):
    kaisa.post(BEGIN, call())
    follow_up = FollowUp.objects.get()
    response = kalle.post(BEGIN, call(phone="040 999 9999"), follow=True)
    assert response.redirect_chain[-1][0] == follow_up.get_absolute_url()
    follow_up.refresh_from_db()
    assert follow_up.owner == cast.coordinator
    assert follow_up.young_person.phone == "+358401112222"


@pytest.mark.parametrize("typed", [{"first_name": ""}, {"last_name": "\0"}, {"birth_date_day": "31"}, {"phone": "x"}])
def test_what_is_wrong_is_said(kaisa, typed):
    response = kaisa.post(BEGIN, call(**typed))
    assert response.status_code == 200
    assert response.context["form"].errors
    assert not FollowUp.objects.exists()
